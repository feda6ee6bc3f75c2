package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import java.io.BufferedReader;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What only a process of its own can show: exit codes, signals, an empty working directory. A thread that reads from a
 * process does not hear an interrupt, so the timeout needs one of its own.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatewayProcessTest {
    private static final String[] FREE_PORTS = {"-p", "0", "--set", "management.port=0"};

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatAFailureLeftRunning() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldStopCleanlyOnASignal() throws Exception {
        Process gateway = start(Main.class, FREE_PORTS);
        BufferedReader out = gateway.inputReader();
        assertThat(out.readLine()).startsWith("depthcast 1.0.0 listening on http://localhost:");

        assertThat(gateway.toHandle().destroy()).isTrue();

        assertThat(gateway.waitFor()).isZero();
        assertThat(out.readLine()).isNull();
        assertThat(text(gateway.getErrorStream())).isEmpty();
    }

    @Test
    void shouldEndTheDrainOnASecondSignalAndStillStopCleanly() throws Exception {
        Process gateway = start(
                Main.class,
                "-p",
                "0",
                "--set",
                "management.port=0",
                "--set",
                "limits.loopbackExempt=false",
                "--set",
                "drain.seconds=3600",
                "--set",
                "limits.requestHeadSeconds=60");
        Vertx vertx = Vertx.vertx();
        try {
            int port = Integer.parseInt(gateway.inputReader().readLine().replaceAll(".*localhost:([0-9]+)/.*", "$1"));
            CompletableFuture<Integer> closed = new CompletableFuture<>();
            CompletableFuture<String> notice = new CompletableFuture<>();
            WebSocketClientOptions options = new WebSocketClientOptions().setDefaultPort(port);
            ClientWebSocket client = vertx.createWebSocketClient(options).webSocket();
            client.textMessageHandler(text -> {
                if (text.contains("draining")) {
                    notice.complete(text);
                }
            });
            client.closeHandler(gone -> closed.complete((int) client.closeStatusCode()));
            client.connect("/v1/stream")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);

            assertThat(gateway.toHandle().destroy()).isTrue();
            assertThat(notice.get(30, TimeUnit.SECONDS)).contains("reconnectAfterMillis");
            // Within 200 ms the second would be taken for the first once more.
            assertThat(gateway.waitFor(400, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(gateway.toHandle().destroy()).isTrue();

            assertThat(gateway.waitFor()).isZero();
            assertThat(closed.get(30, TimeUnit.SECONDS)).isEqualTo(1001);
            assertThat(text(gateway.getErrorStream())).contains("sending 1 clients away within 3600 s");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldEndWhereItStandsOnAThirdSignal() throws Exception {
        Process stuck = start(Stuck.class);
        BufferedReader out = stuck.inputReader();
        assertThat(out.readLine()).isEqualTo("running");
        assertThat(stuck.toHandle().destroy()).isTrue();
        assertThat(out.readLine()).isEqualTo("stopping");

        while (!stuck.waitFor(50, TimeUnit.MILLISECONDS)) {
            stuck.toHandle().destroy();
        }

        assertThat(stuck.exitValue()).isEqualTo(143);
    }

    @Test
    void shouldExitWithOneWhenAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process gateway = start(
                    Main.class,
                    "-p",
                    "0",
                    "--set",
                    "management.host=127.0.0.1",
                    "--set",
                    "management.port=" + taken.getLocalPort());

            assertThat(text(gateway.getErrorStream()))
                    .isEqualTo("depthcast: cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + " (management.host, management.port): Address already in use\n");
            assertThat(gateway.waitFor()).isEqualTo(1);
        }
    }

    @Test
    void shouldExitWithTwoWhenTheConfigurationIsWrong() throws Exception {
        Process gateway = start(Main.class, "--set", "http.port=x");

        assertThat(text(gateway.getErrorStream()))
                .isEqualTo("--set: http.port: expected a whole number from 0 to 65535, got \"x\"\n");
        assertThat(gateway.waitFor()).isEqualTo(2);
    }

    @Test
    void shouldRunOnDefaultsWhereNoFileIs() throws Exception {
        Process gateway = start(Main.class, "--print-config");

        assertThat(text(gateway.getInputStream()).lines())
                .hasSize(Keys.ALL.size())
                .allMatch(line -> line.endsWith("# default"));
        assertThat(gateway.waitFor()).isZero();
    }

    private Process start(Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("DEPTHCAST_") || name.equals("JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static String text(InputStream stream) throws Exception {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** A program that never comes to an end of its stopping. */
    static final class Stuck {
        public static void main(String[] arguments) throws InterruptedException {
            StopSignals signals = StopSignals.take();
            System.out.println("running");
            signals.awaitFirst();
            System.out.println("stopping");
            new CountDownLatch(1).await();
        }
    }
}
