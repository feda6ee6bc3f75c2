package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.http.Origins;
import io.depthcast.http.PageSettings;
import io.depthcast.http.RunningGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The browser client with its frames read by a worker. */
@NeedsBrowser
@NeedsSockets
@Timeout(120)
class WorkerInBrowserTest {
    private static final int EVENTS_PER_SECOND = 4_000;

    private static final String FOLLOW = """
            async ([origin, subprotocol]) => {
              const { Depthcast } = await import(`${origin}/client/v1/depthcast.js`);
              const url = `${origin.replace(/^http/, 'ws')}/v1/stream`;
              const market = globalThis.market = new Depthcast(url, { worker: true, subprotocol });
              globalThis.books = ['BTC-USD', 'ETH-USD', 'SOL-USD'].map(symbol => market.book(symbol, { depth: 25 }));
              for (const group of [5, 10]) books.push(market.book('BTC-USD', { depth: 10, group }));
              await Promise.all(books.map(({ ready }) => ready));
            }
            """;

    /** Which version REST has is left to chance, so that all are kept that are seen meanwhile. */
    private static final String IS_THAT_OF_REST = """
            async origin => {
              const [book] = books;
              const text = side => [...side].map(({ price, size }) => `${price} ${size}`).join();
              const [held, told] = [new Map(), new Map()];
              const stop = book.on('change', () => { if (book.proved) held.set(book.version, text(book.bids)); });
              try {
                for (let i = 0; i < 40; i++) {
                  const answer = await fetch(`${origin}/v1/book/BTC-USD?depth=25`);
                  if (!answer.ok) return false;
                  const { epoch, sequence, bids } = await answer.json();
                  told.set(`${epoch}:${sequence}`, bids.map(level => level.join(' ')).join());
                  const both = [...told.keys()].filter(version => held.has(version));
                  const other = both.find(version => held.get(version) !== told.get(version));
                  if (other) throw new Error(`not the book of REST at ${other}: ${held.get(other)}, ${told.get(other)}`);
                  if (both.length > 0) return true;
                }
                return false;
              } finally {
                stop();
              }
            }
            """;

    @TempDir
    static Path folder;

    private static RunningGateway gateway;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.launch();
        Files.writeString(folder.resolve("empty.html"), "<!doctype html><title>empty</title>");
        gateway = RunningGateway.start(EVENTS_PER_SECOND, new PageSettings(Origins.ANY, folder.toString()));
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

    private static Page follow(String host, String subprotocol) {
        Page page = chromium.open();
        page.navigate("http://" + host + ":" + gateway.port() + "/pages/empty.html");
        page.evaluate(FOLLOW, List.of(origin(), subprotocol));
        page.waitForFunction("() => market.counters.deltas > 100");
        return page;
    }

    private static String origin() {
        return "http://127.0.0.1:" + gateway.port();
    }

    private static void assertThatBooksAreThoseOfRest(Page page) {
        page.waitForFunction(IS_THAT_OF_REST, origin());
        page.waitForFunction("() => books.every(({ proved }) => proved)");
        assertThat(page.evaluate("() => [market.counters.gaps, market.counters.resyncs]"))
                .isEqualTo(List.of(0, 0));
    }

    @Test
    void shouldProveBooksThatAWorkerReadsAndEndItWithTheClient() {
        for (String subprotocol : List.of("depthcast.v1.compact", "depthcast.v1.sbe")) {
            try (Page page = follow("127.0.0.1", subprotocol)) {
                assertThat(page.workers()).hasSize(1);
                assertThatBooksAreThoseOfRest(page);
                page.evaluate("() => market.close()");
                page.waitForCondition(() -> page.workers().isEmpty());
            }
        }
    }

    @Test
    void shouldResumeWithoutAGap() {
        try (Page page = follow("127.0.0.1", "depthcast.v1.compact")) {
            page.evaluate("() => market.reconnect()");
            page.waitForFunction("() => market.counters.reconnects >= 1 && market.state === 'live'");
            page.waitForFunction(
                    "before => market.counters.deltas > before + 100", page.evaluate("() => market.counters.deltas"));
            assertThatBooksAreThoseOfRest(page);
        }
    }

    @Test
    void shouldHaveAWorkerOnAPageOfAnotherOrigin() {
        // Another name of the same machine is another origin.
        try (Page page = follow("localhost", "depthcast.v1.compact")) {
            assertThat(page.workers()).hasSize(1);
            assertThatBooksAreThoseOfRest(page);
        }
    }
}
