package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.depthcast.TestJvm;
import io.depthcast.app.Main;
import io.depthcast.book.Instrument;
import io.depthcast.client.InstrumentList;
import io.depthcast.http.RunningGateway.HttpAnswer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A gateway in a process of its own, with as little of something as a test gives it. */
final class GatewayProcess implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final int port;
    private final int managementPort;

    /**
     * @param limits shell commands before the start, such as {@code ulimit -n 256}
     * @param flags of Java
     * @param settings keys and values
     */
    GatewayProcess(Path folder, String limits, List<String> flags, String... settings) throws IOException {
        this(Main.class, folder, limits, flags, settings);
    }

    /**
     * The same with another main class.
     *
     * @param main does what {@link Main} does, and perhaps more
     */
    GatewayProcess(Class<?> main, Path folder, String limits, List<String> flags, String... settings)
            throws IOException {
        this(main, System.getProperty("java.class.path"), folder, limits, flags, settings);
    }

    /** One whose jars may be replaced. */
    GatewayProcess(OwnClassPath classPath, Path folder, List<String> flags, String... settings) throws IOException {
        this(Main.class, classPath.text(), folder, "true", flags, settings);
    }

    private GatewayProcess(
            Class<?> main, String classPath, Path folder, String limits, List<String> flags, String... settings)
            throws IOException {
        log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of("sh", "-c", limits + "; exec \"$@\"", "sh"));
        command.addAll(TestJvm.command());
        command.addAll(flags);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath));
        command.addAll(List.of(main.getName(), "-p", "0", "--set", "management.port=0"));
        command.addAll(List.of("--set", "ingest.port=0"));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("DEPTHCAST_") || name.equals("JAVA_TOOL_OPTIONS"));
        process = builder.start();
        BufferedReader out = process.inputReader();
        String first = out.readLine();
        if (first == null) {
            throw new IOException("no start: " + log());
        }
        port = first.contains("localhost:") ? Integer.parseInt(first.replaceAll(".*localhost:([0-9]+)/.*", "$1")) : 0;
        managementPort = Integer.parseInt(first.replaceAll(".*management ([0-9]+).*", "$1"));
    }

    /** 0 where it has no clients. */
    int port() {
        return port;
    }

    int managementPort() {
        return managementPort;
    }

    /** SIGTERM. */
    void ask() {
        process.destroy();
    }

    /** Waits until it has ended; returns the exit code. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** Says something to its standard input. */
    void tell(String line) throws IOException {
        process.outputWriter().write(line + "\n");
        process.outputWriter().flush();
    }

    /** All that it has logged so far. */
    String log() throws IOException {
        return Files.readString(log);
    }

    Map<String, Instrument> instruments() throws IOException {
        return InstrumentList.parse(get(port, "/v1/instruments").body());
    }

    HttpAnswer manage(String target) throws IOException {
        return get(managementPort, target);
    }

    double metric(String name) throws IOException {
        return manage("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    static HttpAnswer get(int port, String target) throws IOException {
        return RunningGateway.exchange(
                port, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    static byte[] request(String target) {
        return ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(UTF_8);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
