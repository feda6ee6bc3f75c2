package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway;
import io.depthcast.session.LimitSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dashboard behind a network that is slow, and in front of a gateway that is killed and replaced. */
@NeedsBrowser
@NeedsSockets
@Timeout(180)
class BadNetworkTest {
    private static final int EVENTS_PER_SECOND = 2_000;
    private static final String VIEW = "BTC-USD&depth=500&pace=0";
    /** A fraction of what that view takes. */
    private static final int THROTTLED = 8_000;

    private static final int PATIENT_SECONDS = 300;

    private static Chromium chromium;
    private RunningGateway gateway;
    private CuttingProxy proxy;

    @BeforeAll
    static void launch() {
        chromium = Chromium.launch();
    }

    @AfterAll
    static void quit() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        startToCloseTheSlowAfter(PATIENT_SECONDS);
    }

    private void startToCloseTheSlowAfter(int seconds) throws Exception {
        start(RunningGateway.start(
                EVENTS_PER_SECOND,
                LimitSettings.DEFAULT,
                RunningGateway.pace(Map.of("slowSeconds", seconds, "slowCloseSeconds", seconds))));
    }

    private void start(RunningGateway started) throws IOException {
        gateway = started;
        proxy = new CuttingProxy(started.port());
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        gateway.close();
    }

    private boolean hasClosedTheSlow() {
        try {
            return gateway.metrics()
                    .lines()
                    .filter(line -> line.startsWith("depthcast_closes_total") && line.contains("4000"))
                    .anyMatch(line -> !line.endsWith(" 0.0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldBeLiveAgainWithTheBookOfRestOnceTheNetworkIsFastAgain() {
        try (Dashboard dashboard = Dashboard.open(chromium, proxy.port(), VIEW)) {
            proxy.throttle(THROTTLED);
            dashboard.awaitState("conflating");
            dashboard.page().waitForFunction("() => !document.title.includes('⚠')");
            proxy.release();
            dashboard.awaitState("connected");
            assertThat(dashboard.counter("gaps")).isZero();
            dashboard.page().selectOption("#depth", "25");
            dashboard.awaitBookOfRest("BTC-USD");
        }
    }

    @Test
    void shouldSayThatItWasClosedForBeingSlowAndComeBack() throws Exception {
        stop();
        startToCloseTheSlowAfter(1);
        try (Dashboard dashboard = Dashboard.open(chromium, proxy.port(), VIEW)) {
            Page page = dashboard.page();
            proxy.throttle(1);
            page.waitForSelector("html[data-stale=true]");
            page.waitForCondition(this::hasClosedTheSlow);
            proxy.release();
            page.waitForFunction("() => depthcast.client.counters.reconnects >= 1");
            dashboard.awaitState("connected");
            page.locator("#link-panel").evaluate("panel => { panel.open = true; }");
            page.waitForFunction("() => /slow/.test(document.querySelector('#link-close').textContent)");
            dashboard.page().selectOption("#depth", "25");
            dashboard.awaitBookOfRest("BTC-USD");
            assertThat(dashboard.counter("gaps")).isZero();
            dashboard.forgive();
        }
    }

    @Test
    void shouldTakeUpTheBooksOfTheGatewayThatReplacesOneThatWasKilled() {
        try (Dashboard dashboard = Dashboard.open(chromium, proxy.port(), "BTC-USD")) {
            Page page = dashboard.page();
            page.waitForSelector("#tape tr[data-trade]");
            Object before = page.evaluate("() => depthcast.client.books.get('BTC-USD').epoch");
            proxy.cut();
            gateway.close();
            page.waitForSelector("html[data-stale=true]");
            gateway = RunningGateway.start(EVENTS_PER_SECOND, LimitSettings.DEFAULT);
            proxy.passTo(gateway.port());
            page.waitForFunction("before => depthcast.client.books.get('BTC-USD').epoch > before", before);
            dashboard.awaitState("connected");
            dashboard.awaitBookOfRest("BTC-USD");
            assertThat(dashboard.counter("gaps")).isZero();
            // None of the tape's trades is of the dead gateway and of the living one.
            assertThat(page.evaluate("""
                    () => {
                      const times = depthcast.workspace.active.trades.trades.map(({ timeMicros, id }) => `${timeMicros} ${id}`);
                      return new Set(times).size === times.length;
                    }
                    """)).isEqualTo(true);
            dashboard.forgive();
        }
    }
}
