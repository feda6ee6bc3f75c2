package io.depthcast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway;
import io.depthcast.session.LimitSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the dashboard says when something is not as it should be. */
@NeedsBrowser
@NeedsSockets
@Timeout(180)
class ScreenFaultsTest extends BrowserBench {
    private static final int EVENTS_PER_SECOND = 2_000;
    private static final String BOOK = "#ladder[data-symbol=%s][data-proved=true] tr[data-price]";

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        gateway = RunningGateway.start(EVENTS_PER_SECOND, LimitSettings.DEFAULT);
    }

    private static Page open(RunningGateway on, String view) {
        Page page = chromium.open();
        page.navigate("http://127.0.0.1:" + on.port() + "/#" + view);
        return page;
    }

    private static void awaitHash(Page page, String hash) {
        page.waitForFunction("hash => location.hash === hash", hash);
    }

    @Test
    void shouldSayThatThereIsNoSuchInstrumentAndGoBackToOneThatIs() {
        try (Page page = open(gateway, "BTC-USD")) {
            page.waitForSelector(BOOK.formatted("BTC-USD"));
            page.evaluate("() => depthcast.address.choose({ symbols: ['NOPE'], depth: 100 })");
            page.waitForFunction(
                    "() => document.querySelector('#quote-status').textContent === 'no such instrument here'");
            awaitHash(page, "#NOPE&depth=100");
            page.goBack();
            page.waitForSelector(BOOK.formatted("BTC-USD"));
            assertThat(page.locator("#ladder tr[data-price]")).hasCount(50);
        }
    }

    @Test
    void shouldSayThatItIsFrozenAndHowFarBehind() {
        try (Page page = open(gateway, "BTC-USD")) {
            page.waitForSelector(BOOK.formatted("BTC-USD"));
            page.keyboard().press("p");
            page.waitForSelector("#state[data-state=frozen]");
            assertThat(page.locator("#state").textContent())
                    .contains("FROZEN")
                    .contains("since")
                    .contains("behind");
            page.waitForFunction("() => document.title.startsWith('❄ frozen')");
            page.keyboard().press("p");
            page.waitForSelector("#state[data-state=connected]");
        }
    }

    @Test
    void shouldHaveEventsStandInWhereNoWebSocketComesThrough() {
        try (Page page = chromium.open()) {
            page.routeWebSocket(url -> true, socket -> socket.close());
            page.addInitScript("""
                    globalThis.WebSocket = class extends EventTarget {
                      readyState = 0;
                      constructor() { super(); setTimeout(() => this.onclose?.({ code: 1006, reason: '' }), 1); }
                      close() {}
                    };
                    """);
            page.navigate("http://127.0.0.1:" + gateway.port() + "/#BTC-USD,ETH-USD");
            page.waitForSelector(BOOK.formatted("BTC-USD"));
            page.waitForSelector("#tape tr[data-trade]");
            page.waitForFunction("() => document.querySelector('#state-detail').textContent.startsWith('by events')");
            assertThat(page.evaluate("() => depthcast.client.counters.gaps")).isEqualTo(0);
        }
    }

    @Test
    void shouldMarkTheTitleOnceTheGatewayIsGoneAndHaveWordsAllAlong() {
        RunningGateway other = RunningGateway.start(EVENTS_PER_SECOND, LimitSettings.DEFAULT);
        try (Page page = open(other, "ETH-USD")) {
            page.waitForFunction("() => /^[\\d,.]+ ETH-USD/.test(document.title)");
            other.close();
            page.waitForFunction("() => document.title.startsWith('⚠ resuming')");
            page.waitForFunction(
                    "() => /nothing answers.*attempt \\d/.test(document.querySelector('#state-detail').textContent)");
        } finally {
            other.close();
        }
    }

    @Test
    void shouldSlowDownWhenItIsToldToAndSayWhatTheGatewayDoes() {
        try (Page page = open(gateway, "BTC-USD&depth=500&pace=0")) {
            page.waitForSelector(BOOK.formatted("BTC-USD"));
            page.locator("#link-panel").evaluate("panel => { panel.open = true; }");
            page.selectOption("#limit", "5000");
            page.waitForFunction(
                    "() => document.querySelector('#limit-effect').textContent.startsWith('5 kB/s in force')");
            // Both at once, for it may be over at any time.
            page.waitForFunction("() => document.querySelector('#state').dataset.state === 'conflating'"
                    + " && depthcast.client.state === 'conflating'");
        }
    }

    @Test
    void shouldPutAnotherInstrumentBesideByKeyAndTakeItAwayAgain() {
        try (Page page = open(gateway, "BTC-USD")) {
            page.waitForSelector(BOOK.formatted("BTC-USD"));
            page.keyboard().press("a");
            page.waitForSelector("#ladder-1[data-symbol=ETH-USD][data-proved=true]");
            awaitHash(page, "#BTC-USD,ETH-USD");
            page.keyboard().press("x");
            page.waitForFunction("() => document.querySelectorAll('.pane').length === 1");
            awaitHash(page, "#BTC-USD");
        }
    }
}
