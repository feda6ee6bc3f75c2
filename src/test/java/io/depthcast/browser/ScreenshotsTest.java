package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway;
import io.depthcast.session.LimitSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The dashboard at the widths of a phone, a laptop, a desk and a wall, in both themes, and the README's picture; they are in
 * target/screenshots, to be looked at. {@code mvn -Pquick test -Dtest=ScreenshotsTest -Dscreenshots.readme=src/docs/dashboard.png}
 * makes them and puts the README's where it belongs.
 */
@NeedsBrowser
@NeedsSockets
@Timeout(400)
class ScreenshotsTest extends BrowserBench {
    private static final int EVENTS_PER_SECOND = 2_000;
    private static final Path FOLDER = Path.of("target", "screenshots");
    private static final String README_KEY = "screenshots.readme";
    private static final Path README = Path.of(System.getProperty(README_KEY, "target/screenshots/dashboard.png"));
    private static final int README_WIDTH = 1440;
    /** The README's shall look as the market does after some minutes. */
    private static final int README_CANDLES = System.getProperty(README_KEY) == null ? 10 : 200;

    private static final int PATIENCE_MILLIS = 300_000;

    /** Whatever size the panes have by now. */
    private static final String MARKET_IN_VIEW = """
            () => [...document.querySelectorAll('.ladder[data-mode=levels]')].every(ladder => {
              const [market, view] = [ladder.querySelector('.middle'), ladder.closest('.scroll')]
                .map(element => element.getBoundingClientRect());
              return market.top >= view.top && market.bottom <= view.bottom;
            })
            """;

    /** Of a candle: each is seen whole, on the one line there is, or not at all. */
    private static final String CUT_FIGURES = """
            () => [...document.querySelectorAll('.ohlc')].flatMap(line => {
              const box = line.getBoundingClientRect();
              const figures = [...line.children].map(figure => figure.getBoundingClientRect());
              const seen = figures.filter(({ top }) => top < box.bottom);
              return seen.length < 5 || seen.some(({ right, top }) => right > box.right + 1 || top !== seen[0].top)
                ? [line.textContent] : [];
            })
            """;

    /** Of books, tapes and heads: what is on another's place, or on none. */
    private static final String CROWDED = """
            () => {
              const seen = element => {
                const range = document.createRange();
                range.selectNodeContents(element);
                const [box, text] = [element, range].map(each => each.getBoundingClientRect());
                return getComputedStyle(element).overflowX === 'visible'
                  ? text : { left: box.left, right: Math.min(box.right, text.right), width: text.width };
              };
              const crowds = boxes => boxes.filter(({ width }) => width > 0)
                .some(({ left }, at, all) => at > 0 && left < all[at - 1].right);
              const rows = [...document.querySelectorAll(':is(.ladder, .prints, #watchlist tbody) tr')].filter(row => crowds([...row.children].map(seen)));
              const heads = [...document.querySelectorAll('.pane .panel-head, .pane .intervals')].filter(head =>
                crowds([...head.children].map(part => part.getBoundingClientRect())) || head.scrollWidth > head.clientWidth);
              return [...rows, ...heads].map(element => element.textContent);
            }
            """;

    /** All that is found once every text is as wide as it can get: what the market happens to show decides nothing. */
    private static final String WIDEST = """
            () => {
              const kept = [];
              const put = (selector, ...texts) => document.querySelectorAll(selector).forEach((element, i) => {
                const text = element.firstChild;
                kept.push([text, text.data]);
                text.data = texts[i %% texts.length];
              });
              put('tr[data-price] .price, tr[data-trade] .price, #watchlist .last-price', '100,000.00');
              put('tr[data-price] .size, tr[data-trade] .size, .touch-bid, .touch-ask', '9,999.9999');
              put('tr[data-price] .total', '99,999.9999');
              put('tr[data-trade] .side', '▼ Sell ×99');
              put('tr[data-trade] .time', '23:59:59.999');
              put('.middle .spread', 'Spread 1,000.00');
              put('.mid', 'Mid 100,000.005');
              put('.weight', '100 : 0');
              put('.ohlc b', '99,999.9', '99,999.9', '99,999.9', '99,999.9', '+12.34 %%', '1,234,567.8');
              put('.last', '100,000.00 ▲');
              put('.touch', 'Bid\u00a0100,000.00   Ask\u00a0100,000.00');
              put('.day b', '+12.34 %%', '99,999.99 – 99,999.99', '123M');
              put('td.change', '+12.34 %%');
              put('td.volume', '123M');
              put('#watchlist td.spread', '9,999');
              put('.meters dd', '123 ms', '9,999/s', '9,999.9 kB/s');
              const found = [...(%s)(), ...(%s)(), `${document.documentElement.scrollWidth} wide`];
              for (const [text, data] of kept) text.data = data;
              return found;
            }
            """.formatted(CUT_FIGURES, CROWDED);

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        gateway = RunningGateway.start(EVENTS_PER_SECOND, LimitSettings.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "1440, 900, BTC-USD,",
        "390, 844, BTC-USD, BTC-USD",
        "1280, 800, BTC-USD, BTC-USD",
        "1366, 768, BTC-USD;ETH-USD;SOL-USD;XRP-USD;DOGE-USD;ADA-USD,",
        "1920, 1080, BTC-USD, BTC-USD;ETH-USD&ladder=price",
        "2560, 1440, BTC-USD, BTC-USD;ETH-USD;SOL-USD;XRP-USD;DOGE-USD;ADA-USD",
    })
    void shouldFitTheScreen(int width, int height, String dark, @Nullable String light) {
        try (Page page = chromium.open()) {
            page.setViewportSize(width, height);
            page.navigate(at(dark));
            shouldFit(page, width, dark, ColorScheme.DARK);
            if (light != null) {
                page.navigate(at(light));
                shouldFit(page, width, light, ColorScheme.LIGHT);
            }
        }
    }

    private static String at(String view) {
        return "http://127.0.0.1:" + gateway.port() + "/#" + view.replace(';', ',');
    }

    private static void shouldFit(Page page, int width, String view, ColorScheme theme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
        int panes = view.split(";", -1).length;
        page.waitForFunction("count => document.querySelectorAll('.pane').length === count", panes);
        page.waitForSelector(".pane:last-child .ladder[data-proved=true] tr[data-price]");
        page.waitForFunction(
                "least => [...document.querySelectorAll('[data-part=candle-chart]')].every(({ dataset }) => Number(dataset.candles) >= least)",
                width == README_WIDTH ? README_CANDLES : 10,
                new Page.WaitForFunctionOptions().setTimeout(PATIENCE_MILLIS));
        page.waitForFunction("() => parseInt(document.querySelector('#link-updates').textContent) > 0");
        page.waitForSelector(".pane:last-child .prints tr[data-trade]");
        page.waitForFunction("() => document.querySelector('#state-detail').textContent === ''");
        page.waitForFunction(MARKET_IN_VIEW);
        assertThat(page.evaluate(WIDEST)).isEqualTo(List.of(width + " wide"));
        String name = "%d-%s.png".formatted(width, theme.name().toLowerCase(Locale.ROOT));
        page.screenshot(new Page.ScreenshotOptions().setPath(width == README_WIDTH ? README : FOLDER.resolve(name)));
    }
}
