package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.book.Instrument;
import io.depthcast.client.PublishClient;
import io.depthcast.interop.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A publisher in each language, killed and started again ten times while it publishes, with clients beside that prove every
 * book: nobody is sent a snapshot, and that the prices are old is told once none comes back.
 */
@Timeout(600)
@NeedsProcesses
@NeedsSockets
class PublisherRestartsTest {
    private static final int RESTARTS = 10;
    private static final int UPDATES = 20;
    /** A publisher whose connection is gone. */
    private static final int GONE_SECONDS = 3;
    /** One that posts, and has no connection. */
    private static final int SILENCE_SECONDS = 10;
    /** By which a busy machine may be late, and less than what tells the one deadline from the other. */
    private static final int HELD_UP_SECONDS = 6;

    private static final String PYTHON =
            Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";

    @TempDir
    private Path folder;

    private final RunningGateway gateway = RunningGateway.start(200, RunningGateway.LIMITS);
    /** By symbol. */
    private final Map<String, List<String>> programs = new LinkedHashMap<>();

    private final List<Process> running = new ArrayList<>();
    private final List<WatchingClient> clients = new ArrayList<>();

    @BeforeEach
    void write() throws Exception {
        Programs.require("curl", List.of("curl", "--version"));
        Programs.require("python3-websockets", List.of(PYTHON, "-c", "import websockets"));
        Programs.require(
                "Node.js with WebSocket",
                List.of("node", "--experimental-websocket", "-e", "if (!globalThis.WebSocket) process.exit(1)"));
        programs.put("JAVA", java());
        programs.put("NODE", node());
        programs.put("PYTHON", python());
        programs.put("CURL", curl());
    }

    @AfterEach
    void stop() throws IOException {
        killAll();
        for (WatchingClient client : clients) {
            client.close();
        }
        gateway.close();
    }

    @Test
    void shouldGoOnByDifferencesWhoeverIsKilledHoweverOften() throws Exception {
        startAll();
        Map<String, Instrument> listed = gateway.instruments();
        while (!listed.keySet().containsAll(programs.keySet())) {
            ReaderOfBooks.heedTimeout();
            listed = gateway.instruments();
        }
        List<String> symbols = new ArrayList<>(programs.keySet());
        symbols.add("BTC-USD");
        for (String encoding : List.of(RawWebSocket.JSON, RawWebSocket.SBE)) {
            clients.add(new WatchingClient(gateway, encoding, symbols));
        }
        awaitUpdates(listed);
        for (int restart = 0; restart < RESTARTS; restart++) {
            killAll();
            startAll();
            awaitUpdates(listed);
        }
        killAll();
        awaitStale(listed);
        startAll();
        awaitUpdates(listed);
        for (WatchingClient client : clients) {
            for (String symbol : programs.keySet()) {
                assertThat(client.snapshots(id(listed, symbol)))
                        .as("snapshots of %s", symbol)
                        .isEqualTo(1);
            }
        }
    }

    private static int id(Map<String, Instrument> listed, String symbol) {
        return Objects.requireNonNull(listed.get(symbol), symbol).id();
    }

    /** Counted in heartbeats, which come once a second from where the deadline is kept. */
    private void awaitStale(Map<String, Instrument> listed) throws IOException {
        List<Integer> before = clients.stream().map(WatchingClient::heartbeats).toList();
        for (int i = 0; i < clients.size(); i++) {
            WatchingClient client = clients.get(i);
            int killed = before.get(i);
            for (String symbol : programs.keySet()) {
                Integer stale = client.staleAtHeartbeat(id(listed, symbol));
                while (stale == null || stale < killed) {
                    pause();
                    stale = client.staleAtHeartbeat(id(listed, symbol));
                }
                int seconds = symbol.equals("CURL") ? SILENCE_SECONDS : GONE_SECONDS;
                assertThat(stale - killed)
                        .as("heartbeats until %s was stale", symbol)
                        .isLessThanOrEqualTo(seconds + HELD_UP_SECONDS);
            }
        }
    }

    /** Every client gets on with the book of every publisher. */
    private void awaitUpdates(Map<String, Instrument> listed) throws IOException {
        for (WatchingClient client : clients) {
            for (String symbol : programs.keySet()) {
                int id = id(listed, symbol);
                int enough = client.updates(id) + (symbol.equals("CURL") ? 2 : UPDATES);
                while (client.updates(id) < enough) {
                    pause();
                }
            }
        }
    }

    private static void pause() throws IOException {
        ReaderOfBooks.heedTimeout();
        LockSupport.parkNanos(1_000_000);
    }

    private void startAll() throws IOException {
        for (List<String> program : programs.values()) {
            running.add(new ProcessBuilder(program)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        }
    }

    private void killAll() {
        for (Process process : running) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.onExit().join();
        }
        running.clear();
    }

    private String uri(String scheme, String source) {
        return scheme + "://127.0.0.1:" + gateway.ingestPort() + "/v1/publish?source=" + source;
    }

    private List<String> java() throws URISyntaxException {
        String classes = location(PublishClient.class) + ":" + location(PublisherProgram.class);
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes,
                PublisherProgram.class.getName(),
                uri("ws", "java"),
                "JAVA");
    }

    private static Path location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** The publisher that the gateway serves. */
    private List<String> node() throws IOException {
        Path modules = Files.createDirectory(folder.resolve("node"));
        Files.writeString(modules.resolve("package.json"), "{\"type\":\"module\"}");
        for (String name : List.of("publisher.js", "backoff.js", "sockets.js", "errors.js")) {
            copy("/web/client/v1/" + name, modules.resolve(name));
        }
        copy("/interop/publish.mjs", modules.resolve("publish.mjs"));
        return List.of(
                "node",
                "--experimental-websocket",
                modules.resolve("publish.mjs").toString(),
                uri("ws", "node"),
                "NODE");
    }

    private static void copy(String resource, Path to) throws IOException {
        try (InputStream in = PublisherRestartsTest.class.getResourceAsStream(resource)) {
            Files.copy(Objects.requireNonNull(in, resource), to);
        }
    }

    /** The example of the documentation, with a symbol of its own and less rest. */
    private List<String> python() throws IOException {
        String example = block("```python\n(.*?)```")
                .replace("ws://localhost:8082/v1/publish?source=python", uri("ws", "python"))
                .replace("ACME", "PYTHON")
                .replace("sleep(0.1)", "sleep(0.001)");
        Path script = Files.writeString(folder.resolve("publish.py"), example);
        return List.of(PYTHON, script.toString());
    }

    /** The same for a shell, again and again. */
    private List<String> curl() throws IOException {
        String example = block("```\n(curl -H .*?)```")
                .replace("http://localhost:8082/v1/publish?source=me", uri("http", "curl"))
                .replace("ACME", "CURL")
                .replace("[\"10.00\",\"5\"]", "[\"10.00\",\"'$((RANDOM % 97 + 1))'\"]");
        Path script = Files.writeString(folder.resolve("publish.sh"), "while :; do\n" + example + "\ndone\n");
        return List.of("bash", script.toString());
    }

    private static String block(String pattern) throws IOException {
        try (InputStream in = PublisherRestartsTest.class.getResourceAsStream("/docs/feeds.md")) {
            String page = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
            Matcher block = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
            assertThat(block.find()).isTrue();
            return block.group(1);
        }
    }
}
