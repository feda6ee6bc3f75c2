package io.depthcast;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker of one node in a process of its own, on ports and with data that outlast the process: it may be killed and
 * started again. Started by {@code loadtest/broker/run}, so that none of its jars meets ours. Any thread, one at a time.
 */
public final class KafkaBroker implements AutoCloseable {
    /** The one by which {@link BrokerSecurity} lets in, unless a test says another. */
    public static final String PASSWORD = "only-for-tests-7f3a";

    private static final int READY_SECONDS = 60;

    private static @Nullable KafkaBroker shared;

    private final Path folder;
    private final List<String> command;
    private final String bootstrap;
    private final @Nullable BrokerSecurity security;
    private @Nullable Process process;

    private KafkaBroker(boolean isSecured, List<String> settings) throws IOException {
        folder = Files.createTempDirectory("depthcast-broker");
        int[] ports = freePorts();
        bootstrap = "127.0.0.1:" + ports[0];
        command = new ArrayList<>(List.of(
                "loadtest/broker/run", folder.toString(), Integer.toString(ports[0]), Integer.toString(ports[1])));
        command.addAll(settings);
        security = isSecured ? new BrokerSecurity(folder, PASSWORD, ports[2], ports[3]) : null;
        if (security != null) {
            command.addAll(security.settings(ports[0], ports[1]));
        }
        // However the tests end, nothing stays: neither the process nor its files.
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    private static int[] freePorts() throws IOException {
        int[] ports = new int[4];
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < ports.length; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports[i] = socket.getLocalPort();
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    /**
     * One of the caller's, to be killed as it likes.
     *
     * @param settings {@code key=value} of its {@code server.properties}
     */
    public static KafkaBroker started(String... settings) throws IOException, InterruptedException {
        return started(new KafkaBroker(false, List.of(settings)));
    }

    private static KafkaBroker started(KafkaBroker broker) throws IOException, InterruptedException {
        broker.start();
        return broker;
    }

    /** One for all tests of this process, which let it live and take topics of their own; it has a {@link #security()}. */
    public static synchronized KafkaBroker shared() throws IOException, InterruptedException {
        if (shared == null) {
            shared = started(new KafkaBroker(true, List.of()));
        }
        return shared;
    }

    /** Its ways in for those who say who they are; of the shared one. */
    public BrokerSecurity security() {
        if (security == null) {
            throw new IllegalStateException("only the shared broker has them");
        }
        return security;
    }

    /** {@code host:port}; the same over all its processes. */
    public String bootstrap() {
        return bootstrap;
    }

    /** Begins, or begins again with what it had; returns when it answers. */
    public void start() throws IOException, InterruptedException {
        Path log = folder.resolve("broker.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment()
                .put(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.environment().keySet().remove("JAVA_TOOL_OPTIONS");
        Process started = builder.start();
        process = started;
        try (Admin admin = admin()) {
            admin.describeCluster().nodes().get(READY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            String said = Files.readString(log);
            end();
            throw new IOException("the broker does not answer: " + said, e);
        }
    }

    /** {@code kill -9}; returns when it is gone. */
    public void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /** SIGTERM; returns when it is gone. */
    public void stop() throws InterruptedException {
        running().destroy();
        running().waitFor();
    }

    /** SIGSTOP: it is there and answers nothing. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(
                        "kill", "-" + name, Long.toString(running().pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + name + " ended with " + exit);
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    /** To be closed by the caller. */
    public Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                100,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                READY_SECONDS * 1_000));
    }

    public void createTopic(String name, int partitions, Map<String, String> settings) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
                    .all()
                    .get(READY_SECONDS, TimeUnit.SECONDS);
        }
    }

    public void deleteTopic(String name) throws Exception {
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(name)).all().get(READY_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        end();
    }

    private synchronized void end() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
