package io.depthcast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.docs.Markdown;
import io.depthcast.http.Origins;
import io.depthcast.http.PageSettings;
import io.depthcast.http.RunningGateway;
import io.depthcast.interop.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The components of the client's reference, word for word, built with the package as npm packs it and rendered. */
@NeedsBrowser
@NeedsProcesses
@NeedsSockets
@Timeout(180)
class FrameworksTest extends BrowserBench {
    private static final int EVENTS_PER_SECOND = 2_000;
    private static final Path WORK = Path.of("target", "client-frameworks").toAbsolutePath();
    private static final List<String> TOOLS = List.of("react@19", "react-dom@19", "svelte@5", "esbuild@0");
    private static final Pattern TOUCH = Pattern.compile("^[\\d.]+ / [\\d.]+$");

    /** What the component shows first once it shows no price of bitcoin any more, of which another may come before. */
    private static final String FIRST_SHOWN = """
            symbol => new Promise(resolve => {
              const root = document.getElementById('root');
              const observer = new MutationObserver(() => {
                if (!(parseFloat(root.textContent) > 10_000)) resolve(root.textContent);
              });
              observer.observe(root, { subtree: true, childList: true, characterData: true });
              show(symbol);
            })
            """;

    @TempDir
    static Path pages;

    @BeforeAll
    static void build() throws Exception {
        Programs.require("nodejs and npm", List.of("npm", "--version"));
        chromium = Chromium.launch();
        Files.createDirectories(WORK);
        if (!Files.exists(WORK.resolve("node_modules/esbuild"))) {
            List<String> install = List.of("npm", "install", "--no-save", "--no-audit", "--prefix", WORK.toString());
            Programs.require(
                    "the npm packages " + TOOLS,
                    Stream.concat(install.stream(), TOOLS.stream()).toList());
        }
        Markdown reference = Markdown.of("client.md");
        Files.writeString(WORK.resolve("touch.jsx"), reference.fenced("jsx").get(0));
        Files.writeString(
                WORK.resolve("touch.svelte"), reference.fenced("svelte").get(0));
        Files.copy(
                resource("/interop/frameworks.mjs"),
                WORK.resolve("frameworks.mjs"),
                StandardCopyOption.REPLACE_EXISTING);
        Programs.Outcome built =
                Programs.run(List.of("sh", "-c", """
                set -e; cd '%1$s'; rm -rf node_modules/depthcast; mkdir node_modules/depthcast
                npm pack --silent --ignore-scripts '%2$s'
                tar xzf depthcast-*.tgz -C node_modules/depthcast --strip-components=1
                node frameworks.mjs '%3$s'
                """.formatted(WORK, resource("/web/client/v1"), pages)));
        assertThat(built.exitCode()).as(built.output()).isZero();
        gateway = RunningGateway.start(EVENTS_PER_SECOND, new PageSettings(Origins.ANY, pages.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"react", "svelte"})
    void shouldShowTheMarketMoveAndEndWithTheComponent(String framework) {
        List<String> sent = new ArrayList<>();
        try (Page page = open(framework, sent)) {
            page.evaluate("() => show('BTC-USD')");
            assertThat(page.locator("#root b")).hasText(TOUCH);
            String first = page.locator("#root b").textContent();
            page.waitForFunction("first => document.querySelector('#root b').textContent !== first", first);
            assertThat(sent).noneMatch(command -> command.contains("\"op\":\"unsubscribe\""));

            page.evaluate("() => show(null)");
            assertThat(page.locator("#root b")).hasCount(0);
            page.waitForCondition(() -> sent.stream().anyMatch(command -> command.contains("\"op\":\"unsubscribe\"")));
        }
    }

    @Test
    void shouldShowNothingOfAnotherInstrumentInReact() {
        List<String> sent = new ArrayList<>();
        try (Page page = open("react", sent)) {
            page.evaluate("() => show('BTC-USD')");
            assertThat(page.locator("#root b")).hasText(TOUCH);
            assertThat(page.evaluate(FIRST_SHOWN, "ETH-USD")).isEqualTo("waiting");
            assertThat(page.locator("#root b")).hasText(TOUCH);
        }
    }

    private static Page open(String framework, List<String> sent) {
        Page page = chromium.open();
        page.onWebSocket(socket -> socket.onFrameSent(frame -> sent.add(String.valueOf(frame.text()))));
        page.navigate("http://127.0.0.1:" + gateway.port() + "/pages/" + framework + ".html");
        page.waitForFunction("() => 'show' in globalThis");
        return page;
    }

    private static Path resource(String name) throws Exception {
        return Path.of(Objects.requireNonNull(FrameworksTest.class.getResource(name))
                        .toURI())
                .toRealPath();
    }
}
