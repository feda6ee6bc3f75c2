package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway;
import io.depthcast.session.LimitSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A browser's own EventSource, which asks for gzip and reconnects by itself. */
@NeedsBrowser
@NeedsSockets
@Timeout(120)
class EventSourceTest extends BrowserBench {
    /** Quiet enough that what changes during a reconnect, which takes seconds, is smaller than a snapshot. */
    private static final int EVENTS_PER_SECOND = 100;

    private static final int MOST_CUTS = 6;

    private static final String FOLLOW = """
            () => {
              const source = new EventSource('/v1/sse?channel=book&symbol=BTC-USD&depth=500');
              const seen = globalThis.seen = { opens: 0, gaps: 0, snapshots: 0, deltas: 0, sequence: 0, id: '' };
              source.onopen = () => { seen.opens++; };
              source.onmessage = ({ data, lastEventId }) => {
                const message = JSON.parse(data);
                if (message.channel !== 'book') return;
                if (message.previous === 0) seen.snapshots++;
                else {
                  seen.deltas++;
                  if (message.previous !== seen.sequence) seen.gaps++;
                }
                seen.sequence = message.sequence;
                seen.id = lastEventId;
              };
            }
            """;

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        gateway = RunningGateway.start(EVENTS_PER_SECOND, LimitSettings.DEFAULT);
    }

    @Test
    void shouldResumeByItselfWithoutASnapshotAfterACut() throws IOException {
        try (CuttingProxy proxy = new CuttingProxy(gateway.port());
                Page page = chromium.open()) {
            page.navigate("http://127.0.0.1:" + proxy.port() + "/v1/instruments");
            page.evaluate(FOLLOW);
            page.waitForFunction("() => seen.deltas > 5");
            // What a pause of this machine makes larger than a snapshot comes as one: then once more.
            int resumed = 0;
            for (int cuts = 0; cuts < MOST_CUTS && resumed < 2; cuts++) {
                int snapshots = number(page, "snapshots");
                int opens = number(page, "opens");
                proxy.cut();
                page.waitForFunction("opens => seen.opens > opens", opens);
                page.waitForFunction("before => seen.deltas > before + 5", number(page, "deltas"));
                resumed += number(page, "snapshots") == snapshots ? 1 : 0;
            }

            assertThat(List.of(resumed, number(page, "gaps"))).isEqualTo(List.of(2, 0));
            assertThat(page.evaluate("() => seen.id.endsWith(`:${seen.sequence}`)"))
                    .isEqualTo(true);
            assertThat(
                            page.evaluate(
                                    "async () => (await fetch('/v1/sse?channel=bbo&symbol=BTC-USD')).headers.get('content-encoding')"))
                    .isEqualTo("gzip");
        }
    }

    private static int number(Page page, String name) {
        @SuppressWarnings("unchecked") // what the script keeps
        Map<String, Object> seen = (Map<String, Object>) page.evaluate("() => seen");
        return ((Number) seen.get(name)).intValue();
    }
}
