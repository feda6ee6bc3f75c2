package io.depthcast.loadtest.compare;

import io.depthcast.loadtest.generator.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that was started for a measurement, pinned to core 0 where taskset is there. */
final class Server implements AutoCloseable {
    private static final Pattern GATEWAY =
            Pattern.compile("listening on https?://[^:]+:(\\d+)/ \\(management (\\d+)\\)");
    private static final Pattern PEER = Pattern.compile("ready (\\d+)");
    private static final int STOP_SECONDS = 20;
    private static final int MISSING = 3;

    private final Process process;
    private final int port;
    private final int managementPort;
    private final ServerProcess measured;

    private Server(Process process, int port, int managementPort, long pid) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
        this.measured = new ServerProcess(pid);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    /** @param settings {@code key=value}, beside the defaults */
    static Server gateway(Path jar, List<String> jvmFlags, List<String> settings) throws IOException {
        List<String> command = new ArrayList<>(pinned());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        // Not the file of this build, which may have keys that another build does not know.
        Path defaults = Files.createTempFile("gateway", ".yaml");
        defaults.toFile().deleteOnExit();
        Collections.addAll(command, "-jar", jar.toString(), "--config", defaults.toString(), "--port", "0");
        List<String> all =
                new ArrayList<>(List.of("http.host=127.0.0.1", "management.host=127.0.0.1", "management.port=0"));
        all.addAll(settings);
        all.forEach(setting -> Collections.addAll(command, "--set", setting));
        Process process = start(new ProcessBuilder(command));
        Matcher started = await(process, GATEWAY);
        if (started == null) {
            throw new IOException("the gateway did not start: " + String.join(" ", command));
        }
        return new Server(
                process, Integer.parseInt(started.group(1)), Integer.parseInt(started.group(2)), process.pid());
    }

    /** @return null where a program that the peer needs is missing, which is printed */
    static Server peer(Path script, String name, int port, Path messages, double rate) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                script.toString(), name, Integer.toString(port), messages.toString(), Double.toString(rate));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment()
                .put(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Process process = start(builder);
        Matcher started = await(process, PEER);
        if (started != null) {
            return new Server(process, port, 0, Long.parseLong(started.group(1)));
        }
        if (process.onExit().join().exitValue() == MISSING) {
            return null;
        }
        throw new IOException(name + " did not start");
    }

    private static Process start(ProcessBuilder builder) throws IOException {
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** The line of the output that says so, or null if the process ended before. */
    private static Matcher await(Process process, Pattern pattern) throws IOException {
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                Thread drain = new Thread(() -> out.lines().forEach(more -> {}));
                drain.setDaemon(true);
                drain.start();
                return matcher;
            }
            System.out.println(line);
        }
        return null;
    }

    private static List<String> pinned() {
        return Files.isExecutable(Path.of("/usr/bin/taskset")) ? List.of("taskset", "-c", "0") : List.of();
    }

    int port() {
        return port;
    }

    /** Of a gateway: where its metrics are. */
    int managementPort() {
        return managementPort;
    }

    ServerProcess measured() {
        return measured;
    }

    /** Takes no processor from others until {@link #resume}. */
    void pause() {
        signal("-STOP");
    }

    void resume() {
        signal("-CONT");
    }

    /** To the server and to what it started. */
    private void signal(String signal) {
        List<String> command = new ArrayList<>(List.of("kill", signal, Long.toString(process.pid())));
        process.descendants().forEach(child -> command.add(Long.toString(child.pid())));
        try {
            new ProcessBuilder(command).start().onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        resume();
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
    }
}
