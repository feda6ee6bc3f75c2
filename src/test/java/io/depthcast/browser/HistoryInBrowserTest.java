package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway;
import io.depthcast.session.LimitSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A browser's own WebSockets, of which many follow the same books and share what they were sent before. */
@NeedsBrowser
@NeedsSockets
@Timeout(120)
class HistoryInBrowserTest extends BrowserBench {
    private static final int EVENTS_PER_SECOND = 2_000;
    /** Of which every loop has enough to share a history. */
    private static final int SOCKETS = 96;

    private static final int MESSAGES = 150;

    /** They come one after the other; what two of them are told of the same change must be the same. */
    private static final String FOLLOW = """
            ({ sockets, millisBetween }) => {
              const seen = globalThis.seen = { counts: Array(sockets).fill(0), gaps: 0, different: 0, closes: 0, opens: 0 };
              const told = new Map();
              const hear = (message, held, i) => {
                if (message.channel !== 'book' || !message.type) return;
                if (message.type === 'delta' && message.previous !== held.get(message.symbol)) seen.gaps++;
                held.set(message.symbol, message.sequence);
                seen.counts[i]++;
                const key = `${message.type} ${message.symbol} ${message.previous} ${message.sequence}`;
                const text = JSON.stringify([message.bids, message.asks, message.checksum]);
                if (told.has(key) && told.get(key) !== text) seen.different++;
                told.set(key, text);
              };
              const follow = (i) => {
                const held = new Map();
                const socket = new WebSocket(`ws://${location.host}/v1/stream`, ['depthcast.v1.json']);
                socket.onopen = () => {
                  seen.opens++;
                  socket.send('{"op":"subscribe","channel":"book","symbols":["BTC-USD","ETH-USD","SOL-USD"],"intervalMillis":100}');
                };
                socket.onmessage = ({ data }) => {
                  for (const message of [JSON.parse(data)].flat()) hear(message, held, i);
                };
                socket.onclose = () => { seen.closes++; };
              };
              for (let i = 0; i < sockets; i++) setTimeout(() => follow(i), i * millisBetween);
            }
            """;

    /** Of whom none is closed for being slow, however long this machine lets the browser wait. */
    @BeforeAll
    static void start() throws ReflectiveOperationException {
        chromium = Chromium.launch();
        gateway = RunningGateway.start(
                EVENTS_PER_SECOND, LimitSettings.DEFAULT, RunningGateway.pace(Map.of("slowSeconds", 600)));
    }

    @Test
    void shouldInflateWhatRefersToMessagesBefore() {
        try (Page page = chromium.open()) {
            page.navigate("http://127.0.0.1:" + gateway.port() + "/v1/instruments");
            page.evaluate(FOLLOW, Map.of("sockets", SOCKETS, "millisBetween", 20));
            page.waitForFunction("messages => Math.min(...seen.counts) >= messages", MESSAGES);
            page.waitForCondition(HistoryInBrowserTest::hasReferredOften);

            @SuppressWarnings("unchecked") // what the script keeps
            Map<String, Object> seen = (Map<String, Object>) page.evaluate("() => seen");
            assertThat(List.of(seen.get("opens"), seen.get("gaps"), seen.get("different"), seen.get("closes")))
                    .isEqualTo(List.of(SOCKETS, 0, 0, 0));
        }
    }

    private static boolean hasReferredOften() {
        try {
            return gateway.metric("depthcast_history_messages_total{deflated=\"referring\"}") > SOCKETS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
