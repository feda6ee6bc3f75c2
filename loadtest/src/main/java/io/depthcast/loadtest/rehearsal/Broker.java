package io.depthcast.loadtest.rehearsal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The Kafka broker of {@code loadtest/broker/run}, always on the same ports and data, whose process comes and goes. */
final class Broker implements AutoCloseable {
    private static final int READY_SECONDS = 60;

    private final List<String> command;
    private final String bootstrap;
    private final Path log;
    private Process process;

    /**
     * @param script that starts it
     * @param data its folder; what is there from before stays
     */
    Broker(Path script, Path data, int port, int controllerPort, Path log) {
        this.bootstrap = "127.0.0.1:" + port;
        // A topic that nobody has made with its settings is none.
        this.command = List.of(
                script.toString(),
                data.toString(),
                Integer.toString(port),
                Integer.toString(controllerPort),
                "auto.create.topics.enable=false");
        this.log = log;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    String bootstrap() {
        return bootstrap;
    }

    /** Starts it, and waits until it answers. */
    void start() throws IOException, InterruptedException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try (Admin admin = admin()) {
            admin.describeCluster().nodes().get(READY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the broker does not answer; see " + log, e);
        }
    }

    /** To be closed by the caller. */
    Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                200));
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
