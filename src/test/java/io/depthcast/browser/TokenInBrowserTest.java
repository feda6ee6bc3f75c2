package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.auth.TestIssuer;
import io.depthcast.http.RunningGateway;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pages in a browser, against a gateway that asks for tokens. */
@NeedsBrowser
@NeedsSockets
@Timeout(120)
class TokenInBrowserTest extends BrowserBench {
    private static final int EVENTS_PER_SECOND = 2_000;

    /** How a WebSocket of the page ends, or that it is open. */
    private static final String TRY_TO_CONNECT = """
            ([url, token]) => new Promise(resolve => {
              const socket = new WebSocket(url, ['depthcast.v1.json', `bearer.${token}`]);
              socket.onopen = () => resolve('open');
              socket.onclose = ({ code }) => resolve(`closed ${code}`);
            })
            """;

    /** Has a token to connect with, none when the gateway says that it ends, and a fresh one to come back with. */
    private static final String FRESH_AFTERWARDS = """
            async ([short, fresh]) => {
              const { Depthcast } = await import('/client/v1/depthcast.js');
              const token = () => {
                asked++;
                if (asked === 2) throw new Error('nobody is at the log-in page');
                return asked === 1 ? short : fresh;
              };
              Object.assign(globalThis, { asked: 0, codes: [], client: new Depthcast('/v1/stream', { token }) });
              client.on('state', ({ code }) => codes.push(code));
              globalThis.book = client.book('BTC-USD', { depth: 10 });
            }
            """;

    private static final int LEEWAY_SECONDS = 1;
    private static final int SOON_SECONDS = 12;
    private static final int TOKEN_EXPIRED = 4004;
    private static final String NOT_TAKEN = "() => document.querySelector('#state-detail').textContent"
            + ".includes('the token has expired or is not taken: open this page as /#token=')";

    private static TestIssuer issuer;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        chromium = Chromium.launch();
        issuer = TestIssuer.rsa("a");
        gateway = RunningGateway.start(
                EVENTS_PER_SECOND, TestIssuer.settings(folder.resolve("keys.json"), LEEWAY_SECONDS, issuer));
    }

    private static String token(long seconds) throws JoseException {
        return issuer.token("ann", Instant.now().getEpochSecond() + seconds);
    }

    private static String at(String path) {
        return "http://127.0.0.1:" + gateway.port() + path;
    }

    @Test
    void shouldFillTheDashboardOfWhoBringsATokenAndTakeItOutOfTheAddress() throws Exception {
        Page page = chromium.open();
        page.navigate(at("/#token=" + token(600)));
        page.waitForSelector("#ladder[data-proved=true] tr[data-side=bid][data-price]");
        page.waitForFunction("() => Number(document.querySelector('#candle-chart').dataset.candles) > 0");
        assertThat(page.url()).doesNotContain("token");
        page.reload();
        page.waitForSelector("#ladder[data-proved=true] tr[data-side=bid][data-price]");
        page.close();
    }

    @Test
    void shouldSayThatTheDashboardNeedsAToken() {
        Page page = chromium.open();
        page.navigate(at("/"));
        page.waitForFunction("() => document.querySelector('#state-detail').textContent.includes('needs a token')");
        page.close();
    }

    @Test
    void shouldSayThatATokenHasExpiredAndGoOnWithAFreshOne() throws Exception {
        Page page = chromium.open();
        page.navigate(at("/#token=" + token(-60)));
        page.waitForFunction(NOT_TAKEN);
        page.waitForFunction("() => depthcast.client.failure?.terminal && depthcast.client.state === 'closed'");
        page.navigate(at("/#token=" + token(600)));
        page.waitForSelector("#ladder[data-proved=true] tr[data-side=bid][data-price]");
        page.waitForSelector("#state[data-state=connected]");
        page.close();
    }

    @Test
    void shouldSayThatATokenIsRefused() throws Exception {
        Page page = chromium.open();
        page.navigate(
                at("/#token=" + TestIssuer.rsa("b").token("eve", Instant.now().getEpochSecond() + 600)));
        page.waitForFunction(NOT_TAKEN);
        page.waitForSelector("#state[data-state=closed]");
        assertThat(page.locator("#state-text").textContent()).isEqualTo("Offline");
        page.waitForFunction("() => document.title.startsWith('⚠')");
        page.close();
    }

    /** The one has a fresh token when the old one has ended, the other has not: both wait out the gateway's grace of 25 s. */
    @Test
    void shouldBeClosedWithTheTokenAndComeBackWithAFreshOne() throws Exception {
        Page dashboard = chromium.open();
        dashboard.navigate(at("/#token=" + token(600)));
        dashboard.waitForSelector("#ladder[data-proved=true] tr[data-side=bid][data-price]");
        dashboard.evaluate(
                "() => { globalThis.codes = []; depthcast.client.on('state', ({ code }) => codes.push(code)); }");
        dashboard.navigate(at("/#token=" + token(SOON_SECONDS)));
        Page page = chromium.open();
        page.navigate(at("/docs/"));
        page.evaluate(FRESH_AFTERWARDS, List.of(token(SOON_SECONDS), token(600)));

        Page.WaitForFunctionOptions patience = new Page.WaitForFunctionOptions().setTimeout(90_000);
        dashboard.waitForFunction("code => codes.includes(code)", TOKEN_EXPIRED, patience);
        dashboard.waitForFunction(NOT_TAKEN);
        dashboard.waitForSelector("html[data-stale=true]");
        dashboard.navigate(at("/#token=" + token(600)));
        dashboard.waitForSelector("#state[data-state=connected]");

        page.waitForFunction("code => codes.includes(code)", TOKEN_EXPIRED, patience);
        page.waitForFunction("() => client.state === 'live' && book.proved");
        assertThat(page.evaluate("() => [asked >= 3, client.counters.reconnects >= 1, client.counters.gaps]"))
                .isEqualTo(List.of(true, true, 0));
        dashboard.close();
        page.close();
    }

    @Test
    void shouldFetchAFreshTokenBeforeTheOldOneEnds() throws Exception {
        Page page = chromium.open();
        AtomicBoolean renewed = new AtomicBoolean();
        page.onWebSocket(socket -> socket.onFrameReceived(frame -> {
            String text = frame.text();
            renewed.compareAndSet(false, text != null && text.contains("\"op\":\"authenticated\""));
        }));
        page.navigate(at("/docs/"));
        page.evaluate("""
                async tokens => {
                  const { Depthcast } = await import('/client/v1/depthcast.js');
                  globalThis.tokens = tokens;
                  globalThis.client = new Depthcast('/v1/stream', { token: () => tokens.shift() });
                  client.subscribe('bbo', '*');
                }
                """, List.of(token(30), token(600)));
        page.waitForCondition(renewed::get);
        // It may be behind, or the feed silent, for a moment while the machine is busy.
        page.waitForFunction("() => client.state === 'live'");
        assertThat(page.evaluate("() => [tokens.length, client.counters.reconnects]"))
                .isEqualTo(List.of(0, 0));
        page.close();
    }

    @Test
    void shouldLetNobodyWaitForABookWhoseTokenIsRefused() {
        Page page = chromium.open();
        page.navigate(at("/docs/"));
        assertThat(page.evaluate("""
                async () => {
                  const { Depthcast } = await import('/client/v1/depthcast.js');
                  const market = new Depthcast('/v1/stream', { token: 'not.a.token' });
                  const book = market.book('BTC-USD');
                  const read = async () => { for await (const _ of book) return 'a book'; };
                  const said = await Promise.all([book.ready, read()].map(wait => wait.catch(e => `${e.code} ${e.status}`)));
                  return [...said, market.state];
                }
                """)).isEqualTo(List.of("unauthorized 401", "unauthorized 401", "closed"));
        page.close();
    }

    @Test
    void shouldRefuseAPageOfAnotherOriginWhateverItShows() throws Exception {
        List<String> how = List.of("ws://127.0.0.1:" + gateway.port() + "/v1/stream", token(600));
        // Another name of the same machine is another origin.
        Page foreign = chromium.open();
        foreign.navigate("http://localhost:" + gateway.port() + "/docs/");
        assertThat(foreign.evaluate(TRY_TO_CONNECT, how)).isEqualTo("closed 1006");
        assertThat(gateway.metric("depthcast_handshakes_total{status=\"403\"}")).isEqualTo(1);
        foreign.close();

        Page own = chromium.open();
        own.navigate(at("/docs/"));
        assertThat(own.evaluate(TRY_TO_CONNECT, how)).isEqualTo("open");
        own.close();
    }
}
