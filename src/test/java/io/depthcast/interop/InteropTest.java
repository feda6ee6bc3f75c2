package io.depthcast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway;
import io.depthcast.session.LimitSettings;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients written by others against a gateway. Where one is not installed its tests are skipped, loudly; with
 * -Dinterop.required they fail.
 */
@NeedsProcesses
@NeedsSockets
@Timeout(180)
class InteropTest {
    private static final int EVENTS_PER_SECOND = 4_000;
    private static final Path NODE_MODULES = Path.of("target", "interop").toAbsolutePath();

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(EVENTS_PER_SECOND, LimitSettings.DEFAULT);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** At depth 500 a frame is longer than the window of 12 bits that this client asks for. */
    @ParameterizedTest
    @ValueSource(ints = {10, 500})
    void shouldBeProvedByPythonWebsockets(int depth) throws Exception {
        String python = Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
        require("python3-websockets", List.of(python, "-c", "import websockets"));
        Outcome outcome = run(List.of(python, script("client.py"), port(), String.valueOf(depth)));
        assertThat(outcome.output()).startsWith("OK");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 500})
    void shouldBeProvedByNpmWs(int depth) throws Exception {
        require("nodejs and npm", List.of("npm", "--version"));
        if (!Files.isDirectory(NODE_MODULES.resolve("node_modules/ws"))) {
            Files.createDirectories(NODE_MODULES);
            require(
                    "the npm package ws",
                    List.of("npm", "install", "--no-save", "--no-audit", "--prefix", NODE_MODULES.toString(), "ws"));
        }
        Outcome outcome =
                run(List.of("node", script("client.cjs"), port(), String.valueOf(depth), NODE_MODULES.toString()));
        assertThat(outcome.output()).startsWith("OK");
    }

    private record Outcome(int exitCode, String output) {}

    private static void require(String what, List<String> command) throws InterruptedException {
        boolean there;
        try {
            there = run(command).exitCode() == 0;
        } catch (IOException e) {
            there = false;
        }
        if (there) {
            return;
        }
        String reason = "interop needs " + what;
        if (Boolean.getBoolean("interop.required")) {
            throw new IllegalStateException(reason);
        }
        System.err.println("\n*** INTEROP TESTS SKIPPED: " + reason + " ***\n");
        Assumptions.abort(reason);
    }

    private static Outcome run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("interop", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(90, TimeUnit.SECONDS);
            return new Outcome(ended ? process.exitValue() : -1, Files.readString(output));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
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
