package io.depthcast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway;
import io.depthcast.session.LimitSettings;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dashboard in a browser, against a gateway. */
@NeedsBrowser
@NeedsSockets
@Timeout(120)
class DashboardTest extends BrowserBench {
    private static final int EVENTS_PER_SECOND = 2_000;

    /** Quiet enough that what changes during a reconnect is smaller than a snapshot. */
    private static final String QUIET_SYMBOL = "PAXG-USD";

    private static final int RECONNECTS = 20;

    private Complaints complaints;

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        gateway = RunningGateway.start(EVENTS_PER_SECOND, LimitSettings.DEFAULT);
    }

    @Test
    void shouldShowTheBookOfRestAtTheSameVersion() {
        try (Dashboard dashboard = Dashboard.open(chromium, gateway.port(), "BTC-USD")) {
            for (int round = 0; round < 5; round++) {
                dashboard.awaitBookOfRest("BTC-USD");
                assertThat(dashboard.page().locator("#ladder tr[data-price]")).hasCount(50);
            }
        }
    }

    @Test
    void shouldResumeWithoutASnapshotAfterACut() {
        Page page = open(QUIET_SYMBOL);
        page.waitForFunction("() => depthcast.client.counters.deltas > 2");
        // What a pause of this machine makes larger than a snapshot comes as one: then once more.
        assertThat(IntStream.range(0, RECONNECTS).anyMatch(again -> hasResumedWithoutASnapshot(page)))
                .isTrue();
        assertThat(counter(page, "gaps")).isZero();
        assertThat(page.evaluate("symbol => depthcast.client.books.get(symbol).proved", QUIET_SYMBOL))
                .isEqualTo(true);
        end(page);
    }

    private static boolean hasResumedWithoutASnapshot(Page page) {
        int snapshots = counter(page, "snapshots");
        int reconnects = counter(page, "reconnects");
        double sequence = sequence(page);
        page.evaluate("() => depthcast.client.reconnect()");
        page.waitForFunction(
                "before => depthcast.client.state === 'live' && depthcast.client.counters.reconnects > before",
                reconnects);
        page.waitForFunction(
                "([symbol, before]) => depthcast.client.books.get(symbol).sequence > before",
                List.of(QUIET_SYMBOL, sequence));
        return counter(page, "snapshots") == snapshots;
    }

    @Test
    void shouldFollowAnotherInstrumentWhenItIsChosen() {
        Page page = open("BTC-USD");
        page.click("#watchlist tr[data-symbol=ETH-USD]");
        page.waitForSelector("#ladder[data-symbol=ETH-USD][data-proved=true] tr[data-side=bid][data-price]");
        page.waitForSelector("#tape tr[data-trade]");
        assertThat(page.locator("#watchlist tr[aria-selected=true]")).hasAttribute("data-symbol", "ETH-USD");
        end(page);
    }

    @Test
    void shouldFillEveryPanelAndLetTheChartBePulledBackAndGo() {
        Page page = open("BTC-USD");
        page.waitForFunction("() => Number(document.querySelector('#candle-chart').dataset.candles) >= 12");
        assertThat(page.locator("#watchlist tr[data-symbol]")).hasCount(24);
        assertThat(page.locator("#ladder tr[data-price]")).hasCount(50);
        page.waitForFunction("() => document.querySelectorAll('#tape tr[data-trade]').length > 20");
        // It may be behind for a moment while the machine is busy.
        page.waitForSelector("#state[data-state=connected]");
        BoundingBox chart = page.locator("#candle-chart").boundingBox();
        double middle = chart.x + chart.width / 2;
        double height = chart.y + chart.height / 2;
        page.mouse().move(middle, height);
        page.mouse().down();
        page.mouse().move(middle + chart.width / 4, height);
        page.mouse().up();
        page.waitForSelector("#candle-chart[data-live=false]");
        page.mouse().dblclick(middle, height);
        page.waitForSelector("#candle-chart[data-live=true]");
        end(page);
    }

    private Page open(String symbol) {
        Page page = chromium.open();
        complaints = new Complaints(page);
        page.navigate("http://127.0.0.1:" + gateway.port() + "/#" + symbol);
        page.waitForSelector("#ladder[data-symbol=" + symbol + "][data-proved=true]");
        return page;
    }

    private void end(Page page) {
        page.close();
        complaints.assertNone();
    }

    private static int counter(Page page, String name) {
        return (int) page.evaluate("name => depthcast.client.counters[name]", name);
    }

    /** A double, because that is what a number is to the browser. */
    private static double sequence(Page page) {
        Object sequence = page.evaluate("symbol => depthcast.client.books.get(symbol).sequence", QUIET_SYMBOL);
        return ((Number) sequence).doubleValue();
    }
}
