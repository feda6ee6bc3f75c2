package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway;
import io.depthcast.session.LimitSettings;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dashboard without a mouse. */
@NeedsBrowser
@NeedsSockets
@Timeout(120)
class KeyboardTest {
    private static final int EVENTS_PER_SECOND = 2_000;

    /** What can be operated and seen, and is not reached by arrow keys from its neighbour instead. */
    private static final String OPERABLE = """
            () => [...document.querySelectorAll('button, select, input, a[href], summary, [tabindex]')]
              .filter(element => element.tabIndex >= 0 && !element.disabled && element.checkVisibility())
            """;

    private static RunningGateway gateway;
    private static Chromium chromium;
    private Dashboard dashboard;
    private Page page;

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

    @BeforeEach
    void open() {
        dashboard = Dashboard.open(chromium, gateway.port(), "BTC-USD");
        page = dashboard.page();
        page.waitForFunction("() => Number(document.querySelector('#candle-chart').dataset.candles) > 0");
    }

    @AfterEach
    void close() {
        dashboard.close();
    }

    private void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    private void awaitHash(String hash) {
        page.waitForFunction("hash => location.hash === hash", hash);
    }

    @Test
    void shouldFindAnInstrumentAndPutOthersBeside() {
        press("/");
        page.keyboard().type("sol");
        press("Enter");
        dashboard.awaitBook("SOL-USD");
        press("ArrowDown");
        page.waitForFunction("() => !location.hash.includes('SOL')");
        press("a", "[", "f");
        page.waitForSelector(".panes[data-count='2']");
        page.waitForSelector("#watchlist tr[aria-selected=true] .star button[aria-pressed=true]");
        press("]", "x");
        page.waitForSelector(".panes[data-count='1']");
        page.goBack();
        page.waitForSelector(".panes[data-count='2']");
    }

    @Test
    void shouldChangeEverythingThatIsShown() {
        press("3", "g", "l", "t");
        awaitHash("#BTC-USD&group=2&candles=5m&ladder=price&theme=light");
        page.waitForSelector("#ladder[data-mode=price] tr[data-price][data-size]");
        press("G", "l", "m");
        page.waitForSelector("html[data-theme=light]");
        awaitHash("#BTC-USD&candles=5m&theme=light");
        press("1");
        page.waitForFunction("() => Number(document.querySelector('#candle-chart').dataset.candles) > 2");
        press("+", "+", "ArrowLeft");
        page.waitForSelector("#candle-chart[data-live=false]");
        press("0");
        page.waitForSelector("#candle-chart[data-live=true]");
        press("c");
        page.waitForSelector("html[data-palette=blue-orange]");
        press("c");
    }

    @Test
    void shouldSayThatTheScreenIsFrozenSinceWhenAndHowFarBehind() {
        press("p");
        dashboard.awaitState("frozen");
        assertThat(dashboard.text("#state-text")).isEqualTo("FROZEN");
        assertThat(dashboard.text("#state-detail")).matches("since \\d\\d:\\d\\d:\\d\\d, .* behind");
        page.waitForFunction("() => document.title.startsWith('❄ frozen')");
        String version = page.locator("#ladder").getAttribute("data-version");
        page.waitForFunction("version => depthcast.workspace.active.book.version !== version", version);
        assertThat(page.locator("#ladder").getAttribute("data-version")).isEqualTo(version);
        press("p");
        dashboard.awaitState("connected");
        dashboard.awaitBookOfRest("BTC-USD");
    }

    @Test
    void shouldListItsKeysAndLeaveThemAgain() {
        press("?");
        page.waitForSelector("#keys[open]");
        assertThat(page.locator("#keys-list dt").count()).isGreaterThan(15);
        press("p", "Escape");
        page.waitForSelector(
                "#keys:not([open])", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
        dashboard.awaitState("connected");
    }

    @Test
    void shouldReachEverythingByTab() {
        page.locator("#link-panel").evaluate("panel => { panel.open = true; }");
        int operable = (int) page.evaluate("() => (" + OPERABLE + ")().length");
        page.evaluate(
                "() => { globalThis.visited = new Set(); document.addEventListener('focusin', ({ target }) => visited.add(target)); }");
        for (int i = 0; i < operable + 5; i++) {
            press("Tab");
        }
        assertThat(
                        page.evaluate(
                                "() => (" + OPERABLE
                                        + ")().filter(element => !visited.has(element)).map(element => element.outerHTML.slice(0, 90))"))
                .isEqualTo(List.of());
        assertThat(operable).isGreaterThan(20);
    }
}
