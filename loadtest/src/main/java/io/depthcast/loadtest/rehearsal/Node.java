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
import java.util.concurrent.TimeUnit;

/** One gateway, always on the same ports, whose process comes and goes. */
final class Node implements AutoCloseable {
    private static final int READY_SECONDS = 60;
    private static final int LOOK_MILLIS = 100;

    private final String name;
    private final int port;
    private final int managementPort;
    private final List<String> command = new ArrayList<>();
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;

    /**
     * @param settings {@code key=value}, beside the defaults
     * @param log of all its processes
     */
    Node(String name, int port, int managementPort, Path jar, List<String> settings, Path log) {
        this.name = name;
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
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

    /** Starts it, and waits until it says that it is ready. */
    void start() throws IOException, InterruptedException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/readyz"))
                .timeout(Duration.ofSeconds(2))
                .build();
        for (int look = 0; look < READY_SECONDS * 1_000 / LOOK_MILLIS && process.isAlive(); look++) {
            if (isReady(question)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        throw new IOException("gateway " + name + " did not become ready; see " + log);
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
