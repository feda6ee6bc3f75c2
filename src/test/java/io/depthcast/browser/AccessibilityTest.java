package io.depthcast.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.http.RunningGateway;
import io.depthcast.session.LimitSettings;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What axe-core, and arithmetic where it gives up, find to be hard to read or to operate: nothing. */
@NeedsBrowser
@NeedsSockets
@Timeout(180)
class AccessibilityTest {
    /** Some trades a second in each book, and time left for axe on the thread that paints them. */
    private static final int EVENTS_PER_SECOND = 500;

    private static final List<ColorScheme> SCHEMES = List.of(ColorScheme.DARK, ColorScheme.LIGHT);

    private static final String FIND = """
            async where => {
              const { violations } = await axe.run(where, { resultTypes: ['violations'] });
              return violations.map(({ id, impact, nodes }) =>
                `${impact} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).slice(0, 3).join('; ')}`);
            }
            """;

    /** Pairs of a text and what is behind it that have less than 4.5 to 1, also once their colour is taken away. */
    private static final String FAINT = """
            () => {
              const probe = document.body.appendChild(document.createElement('i'));
              const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
              const color = names => {
                context.clearRect(0, 0, 1, 1);
                for (const name of names) {
                  probe.style.color = `var(${name})`;
                  context.fillStyle = getComputedStyle(probe).color;
                  context.fillRect(0, 0, 1, 1);
                }
                return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
              };
              const grey = ([r, g, b]) => Array(3).fill(0.2126 * r + 0.7152 * g + 0.0722 * b);
              const linear = part => part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;
              const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
              const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
              const texts = ['--text', '--muted', '--accent', '--warn', '--bid', '--ask'];
              const plain = [['--panel'], ['--raised'], ['--page']];
              const sides = ['bid', 'ask'].flatMap(side => [[`--${side}-fill`], [`--${side}-fill`, `--${side}-bar`]]);
              const found = [];
              const check = (text, behind) => {
                for (const seen of [part => part, grey]) {
                  const is = ratio(seen(color([text])), seen(color(behind)));
                  if (is < 4.5) found.push(`${text} on ${behind.join(' + ')}${seen === grey ? ', grey' : ''}: ${is.toFixed(2)}`);
                }
              };
              for (const text of texts) for (const behind of plain) check(text, behind);
              for (const fills of sides) {
                const side = fills[0].slice(2, 5);
                for (const text of ['--text', '--muted', `--${side}`]) check(text, ['--panel', ...fills]);
              }
              probe.remove();
              return found;
            }
            """;

    private static RunningGateway gateway;
    private static Chromium chromium;
    private static String axe;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.launch();
        gateway = RunningGateway.start(EVENTS_PER_SECOND, LimitSettings.DEFAULT);
        try (InputStream in = Objects.requireNonNull(AccessibilityTest.class.getResourceAsStream("/axe.min.js"))) {
            axe = new String(in.readAllBytes(), UTF_8);
        }
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

    private static void assertAxeFindsNothing(Page page) {
        page.evaluate(axe);
        assertAxeFindsNothing(page, "html");
    }

    /** In a part of a page that axe has been through. */
    private static void assertAxeFindsNothing(Page page, String selector) {
        assertThat(page.evaluate(FIND, selector)).isEqualTo(List.of());
    }

    private static void look(Page page, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    @Test
    void shouldLeaveAxeNothingToFindOnTheDashboardAndWhenItIsFrozenOrStale() {
        try (Dashboard dashboard = Dashboard.open(chromium, gateway.port(), "BTC-USD&depth=10")) {
            Page page = dashboard.page();
            page.waitForSelector("#tape tr[data-trade]");
            page.locator("#link-panel").evaluate("panel => { panel.open = true; }");
            for (ColorScheme scheme : SCHEMES) {
                look(page, scheme);
                assertAxeFindsNothing(page);
            }
            page.keyboard().press("p");
            dashboard.awaitState("frozen");
            for (ColorScheme scheme : SCHEMES) {
                look(page, scheme);
                assertAxeFindsNothing(page, "header");
            }
            page.keyboard().press("p");
            dashboard.awaitState("connected");
            page.evaluate("() => depthcast.client.close()");
            page.waitForSelector("html[data-stale=true]");
            for (ColorScheme scheme : SCHEMES) {
                look(page, scheme);
                assertAxeFindsNothing(page);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTC-USD,ETH-USD&depth=10&ladder=price", "NOPE&depth=10"})
    void shouldLeaveAxeNothingToFindOnOtherViews(String view) {
        try (Page page = chromium.open()) {
            page.navigate("http://127.0.0.1:" + gateway.port() + "/#" + view);
            page.waitForSelector("#state[data-state=connected]");
            page.waitForSelector("#watchlist tr[data-symbol]");
            assertAxeFindsNothing(page);
        }
    }

    @Test
    void shouldLeaveAxeNothingToFindBehindTheKeysWhateverTheStateOfTheMarket() {
        ToldSource source = new ToldSource();
        source.list("ALPHA", ToldSource.TENTH, 1_000);
        source.list("BETA", ToldSource.TENTH, 2_000);
        try (RunningGateway told = RunningGateway.start(Clock.systemUTC(), openingMicros -> source);
                Dashboard dashboard = Dashboard.open(chromium, told.port(), "ALPHA,BETA&depth=10")) {
            Page page = dashboard.page();
            dashboard.awaitState("connected");
            page.keyboard().press("?");
            page.waitForSelector("#keys[open]");
            assertAxeFindsNothingInAnyTheme(page, "open");
            source.status("ALPHA", InstrumentStatus.HALTED);
            assertAxeFindsNothingInAnyTheme(page, "halted");
            source.disconnect();
            assertAxeFindsNothingInAnyTheme(page, "stale");
        }
    }

    /** Once the first pane and the list have that status. */
    private static void assertAxeFindsNothingInAnyTheme(Page page, String status) {
        page.waitForSelector("#watchlist tr[data-symbol=ALPHA][data-status=" + status + "]");
        page.waitForSelector(".pane[data-status=" + status + "]");
        for (ColorScheme scheme : SCHEMES) {
            look(page, scheme);
            assertAxeFindsNothing(page);
        }
    }

    @ParameterizedTest
    @CsvSource({"390, DARK, /#BTC-USD&depth=10", "1440, DARK, /docs/glossary.html", "390, LIGHT, /docs/client.html"})
    void shouldLeaveAxeNothingToFindOnAPhoneAndInTheDocuments(int width, ColorScheme scheme, String path) {
        try (Page page = chromium.open()) {
            page.setViewportSize(width, 844);
            look(page, scheme);
            page.navigate("http://127.0.0.1:" + gateway.port() + path);
            if (path.contains("#")) {
                page.waitForSelector("#ladder[data-proved=true] tr[data-price]");
            }
            assertAxeFindsNothing(page);
        }
    }

    @Test
    void shouldHaveTextsThatStandOutFromWhatIsBehindThem() {
        try (Page page = chromium.open()) {
            page.navigate("http://127.0.0.1:" + gateway.port() + "/");
            for (ColorScheme scheme : SCHEMES) {
                look(page, scheme);
                for (String palette : List.of("green-red", "blue-orange")) {
                    page.evaluate("palette => { document.documentElement.dataset.palette = palette; }", palette);
                    assertThat(page.evaluate(FAINT))
                            .as("%s, %s", scheme, palette)
                            .isEqualTo(List.of());
                }
            }
        }
    }
}
