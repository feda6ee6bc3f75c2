package io.depthcast.ops;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** A real Prometheus that scrapes gateways every second, by the configuration an operator gets. */
public final class PrometheusServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/prometheus");
    private static final Path CONFIGURATION = Path.of("conf/prometheus.yml");
    private static final Pattern LISTENING = Pattern.compile("msg=\"Listening on\" address=([0-9.:]+)");

    private final Process process;
    private final String address;
    private final HttpClient client = HttpClient.newHttpClient();

    private PrometheusServer(Process process) throws IOException {
        this.process = process;
        BufferedReader log = process.inputReader();
        StringBuilder heard = new StringBuilder();
        Matcher listening = LISTENING.matcher("");
        do {
            String line = log.readLine();
            if (line == null) {
                throw new IOException("Prometheus ended:\n" + heard);
            }
            heard.append(line).append('\n');
            listening.reset(line);
        } while (!listening.find());
        address = listening.group(1);
        // Else its log would fill the pipe, and it would stand still.
        Thread drain = new Thread(() -> log.lines().forEach(line -> {}), "prometheus-log");
        drain.setDaemon(true);
        drain.start();
    }

    /** Skips the test where Prometheus is not installed; with -Dinterop.required it fails. */
    public static void require() {
        if (!Files.isExecutable(PROGRAM)) {
            if (Boolean.getBoolean("interop.required")) {
                throw new IllegalStateException("no " + PROGRAM);
            }
            System.err.println("\n*** PROMETHEUS TEST SKIPPED: apt-get install prometheus ***\n");
            Assumptions.abort("no prometheus");
        }
    }

    /** @param folder for its configuration and its data */
    public static PrometheusServer start(Path folder, int managementPort) throws IOException {
        return start(folder, List.of(managementPort), Expressions.RULES);
    }

    /** One whose rules wait for a second where they would for minutes, and look back for seconds; what they ask is theirs. */
    public static PrometheusServer hasty(Path folder, List<Integer> managementPorts) throws IOException {
        Path rules = folder.resolve("hasty.yml");
        Files.writeString(
                rules,
                Files.readString(Expressions.RULES)
                        .replaceAll("for: \\d+[sm]", "for: 1s")
                        .replaceAll("\\[5m]", "[6s]")
                        .replaceAll("\\[10m]", "[15s]")
                        .replaceAll("\\[15m]", "[40s]"));
        return start(folder, managementPorts, rules);
    }

    /** What a port is called in the label {@code instance}. */
    public static String instance(int managementPort) {
        return "127.0.0.1:" + managementPort;
    }

    private static PrometheusServer start(Path folder, List<Integer> managementPorts, Path rules) throws IOException {
        String targets =
                managementPorts.stream().map(PrometheusServer::instance).collect(Collectors.joining("\", \""));
        Path configuration = folder.resolve("prometheus.yml");
        Files.writeString(
                configuration,
                Files.readString(CONFIGURATION)
                        .replace("localhost:8081", targets)
                        .replace("10s", "1s")
                        .replace("prometheus/rules.yml", rules.toAbsolutePath().toString()));
        PrometheusServer server = new PrometheusServer(new ProcessBuilder(
                        PROGRAM.toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:0")
                .redirectErrorStream(true)
                .start());
        server.awaitReady();
        return server;
    }

    /** It listens before it has opened its data. */
    private void awaitReady() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/-/ready"))
                .build();
        try {
            while (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** What an instant query gives: a sample per series, each with its value as text in {@code value[1]}. */
    public JsonArray query(String expression) throws IOException, InterruptedException {
        return ask("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .getJsonArray("result");
    }

    /** The {@code data} of an answer. */
    public JsonObject ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + path))
                .timeout(Duration.ofSeconds(60))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.body());
        }
        return new JsonObject(answer.body()).getJsonObject("data");
    }

    /** The names of the alerts that fire now, by instance; those of all together under the empty name. */
    public Map<String, Set<String>> firing() throws IOException, InterruptedException {
        Map<String, Set<String>> firing = new HashMap<>();
        for (Object each : ask("/api/v1/alerts").getJsonArray("alerts")) {
            JsonObject alert = (JsonObject) each;
            JsonObject labels = alert.getJsonObject("labels");
            if (alert.getString("state").equals("firing")) {
                firing.computeIfAbsent(labels.getString("instance", ""), first -> new TreeSet<>())
                        .add(labels.getString("alertname"));
            }
        }
        return firing;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
