package io.depthcast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.http.RunningGateway;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dashboard in a browser, while instruments come, change and go. */
@NeedsBrowser
@NeedsSockets
@Timeout(120)
class ListingOnDashboardTest {
    private static Chromium chromium;

    private final ToldSource source = new ToldSource();
    private RunningGateway gateway;
    private Page page;
    private Complaints complaints;

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
    void open() {
        source.list("ALPHA", ToldSource.TENTH, 1_000);
        source.list("BETA", ToldSource.TENTH, 2_000);
        gateway = RunningGateway.start(Clock.systemUTC(), openingMicros -> source);
        page = chromium.open();
        complaints = new Complaints(page);
        page.navigate("http://127.0.0.1:" + gateway.port() + "/#ALPHA");
        page.waitForSelector("#ladder[data-symbol=ALPHA][data-proved=true] tr[data-side=bid][data-price='99.9']");
        assertThat(row("ALPHA").locator(".last-price")).hasText("100.0");
    }

    @AfterEach
    void close() {
        page.close();
        gateway.close();
        complaints.assertNone();
    }

    @Test
    void shouldListAnInstrumentThatIsNew() {
        source.list("GAMMA", ToldSource.TENTH, 3_000);
        row("GAMMA").click();
        page.waitForSelector("#ladder[data-symbol=GAMMA][data-proved=true] tr[data-side=ask][data-price='300.1']");
        assertThat(row("GAMMA").locator(".last-price")).hasText("300.0");
        assertThat(page.locator("#watchlist tr[data-symbol]")).hasCount(3);
    }

    @Test
    void shouldSayOfAnInstrumentWithoutTradesThatThereAreNone() {
        source.quote("DELTA", ToldSource.TENTH, 4_000);
        row("DELTA").click();
        page.waitForSelector("#ladder[data-symbol=DELTA][data-proved=true] tr[data-side=ask][data-price='400.1']");
        assertThat(page.locator("#candle-readout")).hasText("no trades yet");
        source.trades("DELTA", Side.BID, 4_000, 1, 1);
        assertThat(page.locator("#candle-readout")).containsText("O 400.0");
    }

    @Test
    void shouldSayThatAnInstrumentIsHalted() {
        source.status("ALPHA", InstrumentStatus.HALTED);
        page.waitForSelector("#watchlist tr[data-symbol=ALPHA][data-status=halted]");
        assertThat(row("ALPHA").locator(".symbol").evaluate("element => getComputedStyle(element, '::after').content"))
                .isEqualTo("\"■ halted\"");
        assertThat(page.locator("#quote-status")).hasText("halted");
        assertThat(row("BETA")).hasAttribute("data-status", "open");
        source.status("ALPHA", InstrumentStatus.OPEN);
        page.waitForSelector("#watchlist tr[data-symbol=ALPHA][data-status=open]");
        assertThat(page.locator("#quote-status")).isHidden();
    }

    @Test
    void shouldShadeWhatIsStale() {
        assertThat(page.locator("#ladder-scroll")).hasCSS("filter", "none");
        source.disconnect();
        page.waitForSelector("#watchlist tr[data-symbol=ALPHA][data-status=stale]");
        page.waitForSelector("#watchlist tr[data-symbol=BETA][data-status=stale]");
        assertThat(page.locator("#quote-status")).hasText("stale");
        assertThat(page.locator("#ladder-scroll")).hasCSS("filter", "grayscale(1)");
        assertThat(page.locator("#watchlist tr[data-symbol=BETA]")).hasCSS("filter", "grayscale(1)");

        source.list("ALPHA", ToldSource.TENTH, 1_010);
        page.waitForSelector("#watchlist tr[data-symbol=ALPHA][data-status=open]");
        page.waitForSelector("#ladder tr[data-side=bid][data-price='100.9']");
        assertThat(page.locator("#ladder-scroll")).hasCSS("filter", "none");
        assertThat(page.locator("#watchlist tr[data-symbol=BETA]")).hasCSS("filter", "grayscale(1)");
    }

    @Test
    void shouldDropAnInstrumentThatIsRemoved() {
        source.remove("ALPHA");
        row("ALPHA").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        assertThat(page.locator("#quote-status")).hasText("removed");
        assertThat(page.locator("#watchlist tr[data-symbol]")).hasCount(1);
        source.list("ALPHA", ToldSource.TENTH, 1_020);
        page.waitForSelector("#ladder[data-symbol=ALPHA][data-proved=true] tr[data-side=bid][data-price='101.9']");
        assertThat(page.locator("#quote-status")).isHidden();
    }

    @Test
    void shouldShowThePricesOfAChangedStep() {
        source.list("ALPHA", ToldSource.WHOLE, 100);
        page.waitForSelector("#ladder[data-symbol=ALPHA][data-proved=true] tr[data-side=bid][data-price='99']");
        assertThat(row("ALPHA").locator(".last-price")).hasText("100");
        assertThat(page.locator("#quote-touch")).hasText("Bid 99   Ask 101");
        assertThat(page.locator("#quote-last")).containsText("100");
        assertThat(page.locator("#tape tr[data-trade]")).hasCount(1);
        assertThat(page.evaluate("() => depthcast.client.counters.gaps")).isEqualTo(0);
    }

    private Locator row(String symbol) {
        return page.locator("#watchlist tr[data-symbol=" + symbol + "]");
    }
}
