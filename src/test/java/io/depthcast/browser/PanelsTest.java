package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.book.Side;
import io.depthcast.http.RunningGateway;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every panel of the dashboard against what REST has, on a market that stands still between two changes. */
@NeedsBrowser
@NeedsSockets
@Timeout(120)
class PanelsTest {
    private static final int LEVELS = 40;
    private static final int MIDDLE = 1_000;

    private static final String ROWS = """
            () => [...document.querySelectorAll('#ladder tr[data-price][data-size]')].map(row => `${row.dataset.price} ${row.dataset.size}`)
            """;

    private static final ToldSource SOURCE = new ToldSource();
    private static RunningGateway gateway;
    private static Chromium chromium;
    private static Dashboard dashboard;

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        SOURCE.list("ALPHA", ToldSource.TENTH, MIDDLE);
        SOURCE.list("BETA", ToldSource.TENTH, 2 * MIDDLE);
        SOURCE.book("ALPHA", MIDDLE, LEVELS);
        for (int i = 0; i < 30; i++) {
            SOURCE.trades("ALPHA", i % 2 == 0 ? Side.BID : Side.ASK, MIDDLE, 1 + i % 3, 1);
        }
        SOURCE.trades("ALPHA", Side.BID, MIDDLE, 400, 3);
        gateway = RunningGateway.start(Clock.systemUTC(), openingMicros -> SOURCE);
        dashboard = Dashboard.open(chromium, gateway.port(), "ALPHA");
    }

    @AfterAll
    static void stop() {
        if (dashboard != null) {
            dashboard.close();
        }
        if (gateway != null) {
            gateway.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    /** Waits until a function of the page and of an answer of REST says the same for both. */
    private static void awaitSame(String path, String ofPage, String ofRest) {
        Page page = dashboard.page();
        page.waitForFunction(
                "async ([path]) => { const answer = await fetch(path); if (!answer.ok) return false;"
                        + " const rest = await answer.json();"
                        + " const seen = (" + ofPage + ")(); const told = (" + ofRest + ")(rest);"
                        + " globalThis.compared = [seen, told]; return told.length > 0 && seen.join() === told.join(); }",
                List.of(path));
    }

    @Test
    void shouldShowTheBookOfRest() {
        dashboard.awaitBookOfRest("ALPHA");
        SOURCE.book("ALPHA", MIDDLE + 2, LEVELS);
        dashboard.page().waitForSelector("#ladder tr[data-side=bid][data-price='100.1']");
        dashboard.awaitBookOfRest("ALPHA");
        SOURCE.book("ALPHA", MIDDLE, LEVELS);
        dashboard.page().waitForSelector("#ladder tr[data-side=ask][data-price='100.1']");
    }

    @Test
    void shouldShowTheGatheredBookOfRest() {
        dashboard.page().selectOption("#group", "10");
        awaitSame("/v1/book/ALPHA?depth=25&group=10", ROWS, """
                ({ bids, asks }) => [...asks.reverse(), ...bids].map(level => level.join(' '))
                """);
        assertThat(dashboard.counter("gaps")).isZero();
        dashboard.page().selectOption("#group", "1");
        // Until it is there the one before is shown, which is of the same version.
        dashboard.page().waitForSelector("#ladder tr[data-side=bid][data-price='99.9'][data-size]");
        dashboard.awaitBookOfRest("ALPHA");
    }

    @Test
    void shouldShowTheTapeOfRest() {
        dashboard.page().locator("#tape-gather").click();
        try {
            awaitSame("/v1/trades/ALPHA?limit=80", """
                    () => [...document.querySelectorAll('#tape tr[data-trade]')].map(row =>
                      [row.dataset.trade, row.dataset.side, ...[...row.cells].slice(1, 3).map(cell => cell.textContent)].join(' '))
                    """, """
                    ({ trades }) => trades.reverse().map(({ id, side, price, size }) => [id, side, price, size].join(' '))
                    """);
        } finally {
            dashboard.page().locator("#tape-gather").click();
        }
    }

    @Test
    void shouldGatherThePrintsOfOneOrderAndMarkTheLargeOnes() {
        dashboard.page().waitForFunction("() => document.querySelectorAll('#tape tr[data-large=true]').length === 1");
        assertThat(dashboard.text("#tape tr[data-large=true] .side")).isEqualTo("▲ Buy ×3");
        assertThat(dashboard.text("#tape tr[data-large=true] .size")).isEqualTo("1,203");
        assertThat(dashboard.text("#tape tr[data-large=true] .time")).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}");
        dashboard.page().fill("#tape-least", "1000");
        dashboard.page().waitForFunction("() => document.querySelectorAll('#tape tr[data-trade]').length === 1");
        dashboard.page().fill("#tape-least", "");
        dashboard.page().waitForFunction("() => document.querySelectorAll('#tape tr[data-trade]').length > 20");
    }

    @Test
    void shouldShowTheCandlesOfRest() {
        dashboard.page().locator("#intervals [data-interval='1m']").click();
        awaitSame("/v1/candles/ALPHA?interval=1m&limit=500", """
                () => depthcast.workspace.active.candles.candles.map(({ startMicros, openTicks, highTicks, lowTicks, closeTicks,
                  volumeLots, trades, closed }) => [startMicros, openTicks, highTicks, lowTicks, closeTicks, volumeLots, trades, closed])
                """, """
                ({ candles }) => candles.map(({ start, open, high, low, close, volume, trades, closed }) =>
                  [start, ...[open, high, low, close].map(price => Math.round(price * 10)), Number(volume), trades, closed])
                """);
        awaitSame("/v1/candles/ALPHA?interval=1m&limit=1", """
                () => [document.querySelector('#candle-readout').textContent.trim()]
                """, """
                ({ candles: [{ open, high, low, close, volume }] }) => {
                  const change = (close - open) / open * 100;
                  const size = Math.abs(change).toFixed(2);
                  const signed = `${size === '0.00' ? '' : change < 0 ? '−' : '+'}${size} %`;
                  return [`O ${open} H ${high} L ${low} C ${close} ${signed} V ${Number(volume).toLocaleString('en')}`];
                }
                """);
    }

    @Test
    void shouldShowTheWatchlistOfRest() {
        awaitSame("/v1/tickers", """
                () => [...document.querySelectorAll('#watchlist tr[data-symbol]')].map(row =>
                  [row.dataset.symbol, ...['.last-price', '.change'].map(name => row.querySelector(name).textContent)])
                """, """
                ({ tickers }) => tickers.map(({ symbol, last, open }) => {
                  const change = (last - open) / open * 100;
                  const size = Math.abs(change).toFixed(2);
                  return [symbol, last, `${size === '0.00' ? '' : change < 0 ? '−' : '+'}${size} %`];
                })
                """);
    }

    @Test
    void shouldShowTheDepthOfRestSymmetricallyAroundTheMiddle() {
        awaitSame("/v1/book/ALPHA?depth=25", """
                () => [document.querySelector('#depth-readout').textContent]
                """, """
                ({ bids, asks }) => {
                  const sum = levels => levels.reduce((all, [, size]) => all + Number(size), 0).toLocaleString('en');
                  return [`Bids ${sum(bids)}   Asks ${sum(asks)}`];
                }
                """);
        awaitSame("/v1/book/ALPHA?depth=25", """
                () => { const [from, to] = depthcast.workspace.active.depthChart.range; return [from + to, to > from]; }
                """, """
                ({ bids: [[bid]], asks: [[ask]] }) => [Math.round(bid * 10) + Math.round(ask * 10), true]
                """);
    }

    @Test
    void shouldShowTheQuoteOfRest() {
        awaitSame("/v1/ticker/ALPHA", """
                () => ['#quote-last', '#quote-touch'].map(name => document.querySelector(name).textContent)
                  .map((text, i) => i === 0 ? text.split(' ')[0] : text.replaceAll('\u00a0', ' '))
                """, """
                ({ last, bid, ask }) => [last, `Bid ${bid[0]}   Ask ${ask[0]}`]
                """);
        awaitSame("/v1/ticker/ALPHA", """
                () => [document.querySelector('#quote-day').textContent.trim()]
                """, """
                ({ last, open, high, low, volume }) => {
                  const change = (last - open) / open * 100;
                  const size = Math.abs(change).toFixed(2);
                  const signed = `${size === '0.00' ? '' : change < 0 ? '−' : '+'}${size} %`;
                  const turnover = (last * volume).toLocaleString('en', {
                    notation: 'compact', minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
                  return [`24 h ${signed} Range ${low} – ${high} Volume ${turnover}`];
                }
                """);
    }

    @Test
    void shouldSortTheWatchlistBothWaysAndListFavouritesOnly() {
        Page page = dashboard.page();
        awaitListed("ALPHA,BETA");
        page.click("[data-sort='symbol']");
        page.click("[data-sort='symbol']");
        awaitListed("BETA,ALPHA");
        page.waitForSelector("th[aria-sort='descending'] [data-sort='symbol']");
        page.click("[data-sort='symbol']");
        page.click("#watchlist tr[data-symbol='BETA'] .star button");
        page.click("#starred");
        awaitListed("BETA");
        page.click("#starred");
        page.click("#watchlist tr[data-symbol='BETA'] .star button");
    }

    private static void awaitListed(String symbols) {
        dashboard.page().waitForFunction("""
                symbols => [...document.querySelectorAll('#watchlist tr[data-symbol]')].filter(row => !row.hidden)
                  .map(row => row.dataset.symbol).join() === symbols
                """, symbols);
    }
}
