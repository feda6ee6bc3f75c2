package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.TestJvm;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What only a process of its own can show: exit codes, signals, an empty working directory. A thread that reads from a
 * process does not hear an interrupt, so the timeout needs one of its own.
 */
@NeedsProcesses
@NeedsSockets
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatewayProcessTest {
    private static final String[] FREE_PORTS = {"-p", "0", "--set", "management.port=0", "--set", "ingest.port=0"};

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
        assertThat(complaints(gateway)).isEmpty();
    }

    @Test
    void shouldEndTheDrainOnASecondSignalAndStillStopCleanly() throws Exception {
        Process gateway = gateway(
                "--set=limits.loopbackExempt=false", "--set=drain.seconds=3600", "--set=limits.requestHeadSeconds=60");
        Vertx vertx = Vertx.vertx();
        // Closed at the end, because a client that is collected meanwhile closes its connections.
        WebSocketClient webSockets = vertx.createWebSocketClient();
        try {
            int port = Integer.parseInt(gateway.inputReader().readLine().replaceAll(".*localhost:([0-9]+)/.*", "$1"));
            CompletableFuture<Integer> closed = new CompletableFuture<>();
            CompletableFuture<String> welcome = new CompletableFuture<>();
            CompletableFuture<String> notice = new CompletableFuture<>();
            ClientWebSocket client = webSockets.webSocket();
            client.textMessageHandler(text -> {
                welcome.complete(text);
                if (text.contains("draining")) {
                    notice.complete(text);
                }
            });
            client.closeHandler(gone -> closed.complete((int) client.closeStatusCode()));
            client.connect(port, "localhost", "/v1/stream")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);

            // A handshake is answered before there is a session to be sent away.
            assertThat(welcome.get(60, TimeUnit.SECONDS)).contains("welcome");
            assertThat(gateway.toHandle().destroy()).isTrue();
            assertThat(notice.get(60, TimeUnit.SECONDS)).contains("reconnectAfterMillis");
            // Within 200 ms the second would be taken for the first once more.
            assertThat(gateway.waitFor(400, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(gateway.toHandle().destroy()).isTrue();

            assertThat(gateway.waitFor()).isZero();
            assertThat(closed.get(60, TimeUnit.SECONDS)).isEqualTo(1001);
            assertThat(text(gateway.getErrorStream())).contains("sending 1 clients away within 3600 s");
        } finally {
            webSockets.close();
            vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
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
            Process gateway =
                    start(Main.class, "-p0", "--set=ingest.port=0", "--set=management.port=" + taken.getLocalPort());

            assertThat(complaints(gateway))
                    .isEqualTo("depthcast: cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + " (management.host, management.port): Address already in use\n");
            assertThat(gateway.waitFor()).isEqualTo(1);
        }
    }

    @Test
    void shouldLogInJsonWhereNoTerminalIs() throws Exception {
        Process gateway = gateway("--set=log.level=debug");
        BufferedReader out = gateway.inputReader();
        String port = out.readLine().replaceAll(".*localhost:([0-9]+)/.*", "$1");
        // Who leaves before it is greeted has not come.
        assertThat(welcome(port).getString("op")).isEqualTo("welcome");

        JsonObject come = lineWith("a client has come", gateway.errorReader());

        assertThat(come.getString("level")).isEqualTo("DEBUG");
        assertThat(come.getString("session")).hasSize(36);
        assertThat(come.getString("form")).isEqualTo("json");
        assertThat(Instant.parse(come.getString("time"))).isBefore(Instant.now().plusSeconds(1));
        assertThat(gateway.toHandle().destroy()).isTrue();
        assertThat(gateway.waitFor()).isZero();
    }

    @Test
    void shouldTakeAChangedConfigurationWithoutARestartAndReadItAgainAtAHangUp() throws Exception {
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(file, "limits: {commandsPerSecond: 11}");
        Process gateway = gateway("--config", file.toString());
        String port = gateway.inputReader().readLine().replaceAll(".*localhost:([0-9]+)/.*", "$1");
        BufferedReader log = gateway.errorReader();

        replace(file, "limits: {commandsPerSecond: 12}");
        assertThat(lineWith("the changed configuration is taken", log).getString("keys"))
                .isEqualTo("limits.commandsPerSecond");
        assertThat(welcome(port).getJsonObject("limits").getInteger("commandsPerSecond"))
                .isEqualTo(12);

        replace(file, "limits: {commandsPerSecond: none}");
        assertThat(lineWith("the changed configuration is wrong; the former one stays", log)
                        .getString("mistakes"))
                .contains("limits.commandsPerSecond: expected a whole number from 1 to 10000");
        assertThat(welcome(port).getJsonObject("limits").getInteger("commandsPerSecond"))
                .isEqualTo(12);

        // The file stays as it is, so whatever is read again is read because of the signal.
        String pid = Long.toString(gateway.pid());
        assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
        lineWith("the configuration is read again, as asked by SIGHUP", log);
        lineWith("the changed configuration is wrong; the former one stays", log);
    }

    /** As a cluster does: another file in its place. One that is half written would be another configuration. */
    private void replace(Path file, String text) throws IOException {
        Files.move(Files.writeString(folder.resolve("new.yaml"), text), file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static JsonObject lineWith(String message, BufferedReader log) throws Exception {
        JsonObject line;
        do {
            line = new JsonObject(log.readLine());
        } while (!line.getString("message").equals(message));
        return line;
    }

    /** The first thing that the gateway tells a client. */
    private static JsonObject welcome(String port) throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                first.complete(text.toString());
                return CompletableFuture.completedFuture(null);
            }
        };
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + port + "/v1/stream"), listener)
                .get(60, TimeUnit.SECONDS);
        try {
            return new JsonObject(first.get(60, TimeUnit.SECONDS));
        } finally {
            socket.abort();
        }
    }

    @Test
    void shouldExitWithTwoWhenTheConfigurationIsWrong() throws Exception {
        Process gateway = start(Main.class, "--set", "http.port=x");

        assertThat(complaints(gateway))
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

    /** On free ports. */
    private Process gateway(String... arguments) throws Exception {
        return start(
                Main.class, Stream.of(FREE_PORTS, arguments).flatMap(Stream::of).toArray(String[]::new));
    }

    private Process start(Class<?> main, String... arguments) throws Exception {
        List<String> command = TestJvm.command(
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("DEPTHCAST_") || name.equals("JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /**
     * What it says on standard error, but for what it tells of its start and end, and for Vert.x's word that a loop had to wait for a core
     * of a busy machine.
     */
    private static String complaints(Process gateway) throws Exception {
        return text(gateway.getErrorStream())
                .lines()
                .filter(line -> !line.contains("BlockedThreadChecker") && !line.contains("\"level\":\"INFO\""))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String text(InputStream stream) throws Exception {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** A program that never comes to an end of its stopping. */
    static final class Stuck {
        public static void main(String[] arguments) throws InterruptedException {
            Signals signals = Signals.take();
            System.out.println("running");
            signals.awaitFirst();
            System.out.println("stopping");
            new CountDownLatch(1).await();
        }
    }
}
