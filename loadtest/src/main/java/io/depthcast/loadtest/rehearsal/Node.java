package io.depthcast.loadtest.rehearsal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One gateway, always on the same ports, whose process comes and goes. */
final class Node implements AutoCloseable {
    private static final int READY_SECONDS = 60;
    private static final int LOOK_MILLIS = 100;
    private static final int ATTEMPTS = 5;

    private final String name;
    private final int port;
    private final int managementPort;
    private final List<String> command = new ArrayList<>();
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;

    /**
     * @param flags of its JVM
     * @param settings {@code key=value}, beside the defaults
     * @param log of all its processes
     */
    Node(String name, int port, int managementPort, Path jar, List<String> flags, List<String> settings, Path log) {
        this.name = name;
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-Xmx384m", "-jar", jar.toString()));
        List<String> all = new ArrayList<>(List.of("http.host=127.0.0.1", "management.host=127.0.0.1"));
        all.addAll(List.of("http.port=" + port, "management.port=" + managementPort, "ingest.port=none"));
        all.addAll(settings);
        all.forEach(setting -> command.addAll(List.of("--set", setting)));
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    int managementPort() {
        return managementPort;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Starts it, and waits until it says that it is ready. */
    void start() throws IOException, InterruptedException {
        start(Map.of());
    }

    /**
     * The same in an environment.
     *
     * @param variables beside those of this process
     */
    void start(Map<String, String> variables) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(variables);
        process = builder.start();
        for (int look = 0; look < READY_SECONDS * 1_000 / LOOK_MILLIS && process.isAlive(); look++) {
            if (isReady()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        throw new IOException("gateway " + name + " did not become ready; see " + log);
    }

    /** Whether it says now that it takes clients. */
    boolean isReady() throws InterruptedException {
        return isReady(question("/readyz"));
    }

    private HttpRequest question(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                .timeout(Duration.ofSeconds(2))
                .build();
    }

    /** The sum of a metric over its labels, 0 if it has none; -1 if the node does not answer, though asked several times. */
    double metric(String name) throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS && isAlive(); attempt++) {
            try {
                return http.send(question("/metrics"), HttpResponse.BodyHandlers.ofString())
                        .body()
                        .lines()
                        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum();
            } catch (IOException late) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
        return -1;
    }

    /** Waits until a metric is above 0; whether that came to be. */
    boolean awaitMetric(String name, int seconds) throws InterruptedException {
        for (int look = 0; look < seconds * 1_000 / LOOK_MILLIS; look++) {
            if (metric(name) > 0) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return false;
    }

    private boolean isReady(HttpRequest question) throws InterruptedException {
        try {
            return http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** SIGTERM; waits until it has sent its clients away and ended. Returns its exit code, -1 if it did not end. */
    int drain(int seconds) throws InterruptedException {
        process.destroy();
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** Its exit code if it ends within that time, else -1. */
    int awaitEnd(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** SIGSTOP: its process is there and does nothing. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void wake() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Lets it run for a fifth of every tenth of a second until the answer is closed. */
    AutoCloseable slowed() throws IOException {
        String pid = Long.toString(process.pid());
        Process brake = new ProcessBuilder(
                        "sh", "-c", "while kill -STOP $0; do sleep 0.08; kill -CONT $0; sleep 0.02; done", pid)
                .start();
        return () -> {
            brake.destroyForcibly().waitFor();
            wake();
        };
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
