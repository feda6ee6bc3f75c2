package io.depthcast.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.depthcast.http.RunningGateway;
import io.depthcast.session.LimitSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * WebSocket libraries that others wrote, against a running gateway. Skipped where they are not installed; with the system
 * property {@code interop.required=true} that is a failure.
 */
@Timeout(180)
class InteropTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Path NODE_FOLDER = Path.of("target", "interop");
    private static final int COMMAND_SECONDS = 60;

    private static RunningGateway gateway;

    private record Outcome(int exitCode, String output) {}

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(2_000, LimitSettings.DEFAULT);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void shouldServePythonWebsockets() throws Exception {
        require(run(PYTHON, "-c", "import websockets"), "Python's websockets (Debian: python3-websockets)");
        assertThat(run(PYTHON, resource("follow.py"), port())).isEqualTo(new Outcome(0, "OK\n"));
    }

    @Test
    void shouldServeNpmWs() throws Exception {
        Files.createDirectories(NODE_FOLDER);
        Path ws = NODE_FOLDER.resolve(Path.of("node_modules", "ws")).toAbsolutePath();
        if (!Files.exists(ws)) {
            List<String> install =
                    List.of("install", "ws@8", "--no-audit", "--no-fund", "--no-save", "--loglevel=error");
            require(runAt(NODE_FOLDER, "npm", install.toArray(String[]::new)), "npm's ws");
        }
        assertThat(run("node", resource("follow.cjs"), ws.toString(), port())).isEqualTo(new Outcome(0, "OK\n"));
    }

    private static void require(Outcome outcome, String what) {
        if (outcome.exitCode() != 0) {
            String reason = what + " is not to be had here: " + outcome.output();
            assertThat(Boolean.getBoolean("interop.required")).as(reason).isFalse();
            System.err.println("SKIPPED: " + reason);
            abort(reason);
        }
    }

    private static String port() {
        return Integer.toString(gateway.port());
    }

    private static String resource(String name) throws Exception {
        return Path.of(InteropTest.class.getResource("/interop/" + name).toURI())
                .toString();
    }

    private static Outcome run(String program, String... arguments) throws Exception {
        return runAt(Path.of("."), program, arguments);
    }

    private static Outcome runAt(Path folder, String program, String... arguments) throws Exception {
        File output = Files.createTempFile("interop", ".txt").toFile();
        ProcessBuilder builder = new ProcessBuilder(program)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.command().addAll(List.of(arguments));
        try {
            Process process = builder.start();
            boolean ended = process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            String text = Files.readString(output.toPath(), UTF_8);
            return ended ? new Outcome(process.exitValue(), text) : new Outcome(-1, "did not end: " + text);
        } catch (IOException missing) {
            return new Outcome(-1, String.valueOf(missing.getMessage()));
        } finally {
            Files.delete(output.toPath());
        }
    }
}
