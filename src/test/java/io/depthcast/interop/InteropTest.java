package io.depthcast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients written by others against a gateway. Where one is not installed its tests are skipped, loudly; with
 * -Dinterop.required they fail.
 */
@NeedsProcesses
@NeedsSockets
@Timeout(300)
class InteropTest {
    private static final int EVENTS_PER_SECOND = 4_000;
    /** Clients, of which every loop has enough to share a history. */
    private static final String MANY = "96";

    private static final Path NODE_MODULES = Path.of("target", "interop").toAbsolutePath();

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(EVENTS_PER_SECOND, RunningGateway.LIMITS);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Each has its own inflater, and came at another moment; on each of the loops there are enough. */
    @Test
    void shouldShareAHistoryWithManyOfPythonWebsockets() throws Exception {
        shareAHistory(List.of(python(), script("client.py"), port(), "10", MANY));
    }

    @Test
    void shouldShareAHistoryWithManyOfNpmWs() throws Exception {
        shareAHistory(
                List.of("node", script("client.cjs"), port(), "10", modules().toString(), MANY));
    }

    /** Again where a machine that was too busy let none begin. */
    private static void shareAHistory(List<String> program) throws Exception {
        double before = referring();
        do {
            assertThat(Programs.run(program).output()).startsWith("OK");
        } while (referring() <= before);
    }

    private static double referring() throws IOException {
        return gateway.metric("depthcast_history_messages_total{deflated=\"referring\"}");
    }

    /** At depth 500 a frame is longer than the window of 12 bits that this client asks for. */
    @ParameterizedTest
    @ValueSource(ints = {10, 500})
    void shouldBeProvedByPythonWebsockets(int depth) throws Exception {
        Programs.Outcome outcome = Programs.run(List.of(python(), script("client.py"), port(), String.valueOf(depth)));
        assertThat(outcome.output()).startsWith("OK");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 500})
    void shouldBeProvedByNpmWs(int depth) throws Exception {
        Programs.Outcome outcome = Programs.run(List.of(
                "node",
                script("client.cjs"),
                port(),
                String.valueOf(depth),
                modules().toString()));
        assertThat(outcome.output()).startsWith("OK");
    }

    private static String python() throws InterruptedException {
        String python = Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
        Programs.require("python3-websockets", List.of(python, "-c", "import websockets"));
        return python;
    }

    /** Where the npm package ws is. */
    private static Path modules() throws IOException, InterruptedException {
        Programs.require("nodejs and npm", List.of("npm", "--version"));
        if (!Files.isDirectory(NODE_MODULES.resolve("node_modules/ws"))) {
            Files.createDirectories(NODE_MODULES);
            Programs.require(
                    "the npm package ws",
                    List.of("npm", "install", "--no-save", "--no-audit", "--prefix", NODE_MODULES.toString(), "ws"));
        }
        return NODE_MODULES;
    }

    private static String script(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(InteropTest.class.getResource("/interop/" + name))
                        .toURI())
                .toString();
    }

    private static String port() {
        return String.valueOf(gateway.port());
    }
}
