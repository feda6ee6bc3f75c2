package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway;
import io.depthcast.session.LimitSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dashboard in several tabs, and in one that nobody sees. */
@NeedsBrowser
@NeedsSockets
@Timeout(120)
class TabsTest {
    private static final int EVENTS_PER_SECOND = 2_000;
    private static final String BOOK = "\"channel\":\"book\"";
    private static final String TURN = """
            visibility => {
              Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """;

    private static RunningGateway gateway;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        gateway = RunningGateway.start(EVENTS_PER_SECOND, LimitSettings.DEFAULT);
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void shouldShowTheSameInTwoTabsAndWhatEachOfThemChose() {
        try (Dashboard first = Dashboard.open(chromium, gateway.port(), "BTC-USD");
                Dashboard second = Dashboard.open(chromium, gateway.port(), "ETH-USD,BTC-USD")) {
            first.awaitBookOfRest("BTC-USD");
            second.awaitBookOfRest("ETH-USD");
            second.page().waitForSelector("#ladder-1[data-symbol=BTC-USD][data-proved=true] tr[data-price]");
            second.page().keyboard().press("x");
            second.page().waitForSelector(".panes[data-count='1']");
            first.awaitBookOfRest("BTC-USD");
            assertThat(first.page().locator(".pane").count()).isEqualTo(1);
            assertThat(List.of(first.counter("gaps"), second.counter("gaps"))).isEqualTo(List.of(0, 0));
        }
    }

    @Test
    void shouldAskForLittleWhileNobodySeesItAndBeWholeAtOnceWhenItIsShown() {
        try (Dashboard dashboard = Dashboard.open(chromium, gateway.port(), "BTC-USD")) {
            Page page = dashboard.page();
            int told = dashboard.awaitCommand(0, BOOK, "\"intervalMillis\":100");
            page.evaluate(TURN, "hidden");
            told = dashboard.awaitCommand(told, BOOK, "\"intervalMillis\":1000");
            String title = page.title();
            page.waitForFunction("title => document.title !== title && !document.title.includes('⚠')", title);
            page.evaluate(TURN, "visible");
            dashboard.awaitCommand(told, BOOK, "\"intervalMillis\":100");
            dashboard.awaitBookOfRest("BTC-USD");
            assertThat(dashboard.counter("gaps")).isZero();
        }
    }

    /** A laptop that was shut: its clocks jump, and the silence of a minute says that the connection may be gone. */
    @Test
    void shouldComeBackWithTheBookOfRestAfterAMinuteOfSleep() {
        List<String> opened = new ArrayList<>();
        try (Page page = chromium.open()) {
            page.onWebSocket(socket -> opened.add(socket.url()));
            page.clock().install();
            page.navigate("http://127.0.0.1:" + gateway.port() + "/#BTC-USD");
            page.waitForSelector("#ladder[data-proved=true] tr[data-price]");
            page.evaluate(TURN, "hidden");
            page.clock().fastForward(60_000);
            page.evaluate(TURN, "visible");
            page.waitForFunction(
                    "() => depthcast.client.counters.reconnects >= 1 && depthcast.client.state === 'live'");
            page.waitForSelector("#state[data-state=connected]");
            assertThat(page.evaluate("() => depthcast.client.counters.gaps")).isEqualTo(0);
            assertThat(opened).hasSizeGreaterThan(1);
        }
    }
}
