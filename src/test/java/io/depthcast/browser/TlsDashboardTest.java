package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway;
import io.depthcast.http.TestCertificate;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A browser on https: pages, the stream over wss, and events. */
@NeedsBrowser
@NeedsProcesses
@NeedsSockets
@Timeout(120)
class TlsDashboardTest {
    private static final int EVENTS_PER_SECOND = 2_000;

    private static final String EVENTS = """
            () => new Promise((resolve, reject) => {
              const source = new EventSource('/v1/sse?channel=book&symbol=BTC-USD&depth=10');
              source.onmessage = ({ data }) => {
                const { channel, symbol } = JSON.parse(data);
                // A heartbeat may come before.
                if (channel !== 'book') return;
                source.close();
                resolve(symbol);
              };
              source.onerror = reject;
            })
            """;

    @TempDir
    Path folder;

    @Test
    void shouldShowProvedBooks() throws Exception {
        TestCertificate certificate = TestCertificate.create(folder, "gateway");
        try (Chromium chromium = Chromium.launch("--ignore-certificate-errors");
                RunningGateway gateway = RunningGateway.start(
                        EVENTS_PER_SECOND, LimitSettings.DEFAULT, PaceSettings.DEFAULT, certificate)) {
            List<String> complaints = new ArrayList<>();
            List<String> sockets = new ArrayList<>();
            Page page = chromium.open();
            page.onPageError(complaints::add);
            page.onWebSocket(socket -> sockets.add(socket.url()));
            page.navigate("https://localhost:" + gateway.port() + "/#BTC-USD");
            page.waitForSelector("#ladder[data-symbol=BTC-USD][data-proved=true] tr[data-price]");

            assertThat(page.evaluate(EVENTS)).isEqualTo("BTC-USD");
            assertThat(sockets)
                    .allMatch(url -> url.startsWith("wss://localhost:"))
                    .isNotEmpty();
            assertThat(complaints).isEmpty();
        }
    }
}
