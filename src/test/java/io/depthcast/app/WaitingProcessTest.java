package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.TestJvm;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose brokers are not there yet. */
@NeedsProcesses
@NeedsSockets
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaitingProcessTest {
    private static final int LOOK_MILLIS = 100;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "feed"})
    void shouldSayWhatItWaitsForAndEndWhenAsked(String role) throws Exception {
        int management = freePort();
        Process node = start(role, management, freePort());
        try {
            HttpResponse<String> ready = awaitAnswer(node, management, "/readyz");
            while (!ready.body().contains("waits for the log")) {
                ready = awaitAnswer(node, management, "/readyz");
            }
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(new JsonObject(ready.body()).getJsonArray("failed")).contains("start", "log");
            // A loop on a busy machine may answer a probe too late.
            while (awaitAnswer(node, management, "/livez").statusCode() != 200) {
                Thread.onSpinWait();
            }

            assertThat(node.toHandle().destroy()).isTrue();
            assertThat(node.waitFor()).isZero();
        } finally {
            node.destroyForcibly();
        }
    }

    private Process start(String role, int management, int broker) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(TestJvm.command(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--port=0",
                        "--set=ingest.port=none",
                        "--set=node.role=" + role,
                        "--set=management.port=" + management,
                        "--set=kafka.bootstrap=127.0.0.1:" + broker))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("DEPTHCAST_") || name.equals("JAVA_TOOL_OPTIONS"));
        return builder.start();
    }

    private HttpResponse<String> awaitAnswer(Process node, int port, String path) throws Exception {
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        while (true) {
            try {
                return http.send(question, HttpResponse.BodyHandlers.ofString());
            } catch (IOException notYet) {
                assertThat(node.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS))
                        .as("it has ended")
                        .isFalse();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
