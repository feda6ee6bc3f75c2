package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.docs.Markdown;
import io.depthcast.http.Origins;
import io.depthcast.http.PageSettings;
import io.depthcast.http.RunningGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages that people write from the documents, word for word but for the port, in a browser. */
@NeedsBrowser
@NeedsSockets
@Timeout(180)
class PagesOfOnesOwnTest extends BrowserBench {
    private static final int EVENTS_PER_SECOND = 2_000;
    private static final String PORT = "localhost:8080";
    private static final List<String> EXAMPLES = Markdown.of("client.md").fenced("js");
    /** What a bundler or Node does, a page does with a map. */
    private static final String MAP = """
            <!doctype html>
            <script type="importmap">
            { "imports": {
              "depthcast": "/client/v1/depthcast.js",
              "depthcast/svelte": "/client/v1/svelte.js"
            } }
            </script>
            <script type="module">
            %s
            console.log('THE END');
            </script>
            """;

    private static final String FOREIGN = """
            <!doctype html>
            <pre id="top"></pre>
            <script type="module">
              import { Depthcast } from 'http://127.0.0.1:%1$d/client/v1/depthcast.js';
              const market = new Depthcast('ws://127.0.0.1:%1$d/v1/stream');
              const trades = market.trades('BTC-USD', { history: 50 });
              trades.on('change', all => { document.getElementById('top').textContent = all.length; });
            </script>
            """;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        gateway = RunningGateway.start(EVENTS_PER_SECOND, new PageSettings(Origins.ANY, folder.toString()));
    }

    @Test
    void shouldRunTheQuickStart() throws IOException {
        Files.writeString(
                folder.resolve("index.html"),
                Markdown.of("protocol.md").fenced("html").get(0));
        try (Page page = chromium.open()) {
            page.navigate("http://localhost:" + gateway.port() + "/pages/");
            page.waitForFunction(
                    "() => /^BTC-USD at \\d+:\\d+: [\\d.]+ \\/ [\\d.]+$/.test(top.document.body.innerText.trim())");
        }
    }

    @Test
    void shouldServeAPageOfAnotherOriginWithTheClientAndWithHistory() throws IOException {
        Files.writeString(folder.resolve("foreign.html"), FOREIGN.formatted(gateway.port()));
        try (Page page = chromium.open()) {
            // Another name of the same machine is another origin.
            page.navigate("http://localhost:" + gateway.port() + "/pages/foreign.html");
            page.waitForFunction("() => Number(document.querySelector('#top').textContent) >= 50");
        }
    }

    static Stream<Integer> examples() {
        assertThat(EXAMPLES).hasSizeGreaterThan(6);
        return IntStream.range(0, EXAMPLES.size()).boxed();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldRunTheExamplesOfTheClient(int index) throws IOException {
        String example = EXAMPLES.get(index).replace(PORT, "127.0.0.1:" + gateway.port());
        Files.writeString(folder.resolve(index + ".html"), MAP.formatted(example));
        List<String> said = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        try (Page page = chromium.open()) {
            page.onPageError(complaints::add);
            page.onConsoleMessage(message -> said.add(message.text()));
            page.navigate("http://127.0.0.1:" + gateway.port() + "/pages/" + index + ".html");
            page.waitForCondition(() -> said.contains("THE END") && said.size() > 1);
            assertThat(complaints).isEmpty();
        }
    }
}
