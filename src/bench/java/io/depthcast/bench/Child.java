package io.depthcast.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.depthcast.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server in a JVM of its own, on core 0 where taskset is there, with a heap that neither grows nor shrinks: so what its
 * resident memory gains is outside the heap, and what is in the heap is counted alive. Linux.
 */
final class Child implements AutoCloseable {
    private static final int STOP_SECONDS = 15;
    private static final Pattern START_LINE =
            Pattern.compile("listening on https?://[^:]+:(\\d+)/ \\(management (\\d+)\\)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    private final Process process;
    private final int port;
    private final int managementPort;

    private Child(Process process, int port, int managementPort) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** The gateway with its defaults but for the flush and what else is set: {@code limits.connections=7}. */
    static Child gateway(int flushMillis, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "http.host=127.0.0.1",
                "http.port=0",
                "management.host=127.0.0.1",
                "management.port=0",
                "ingest.port=none",
                "fanout.flushMillis=" + flushMillis));
        all.addAll(List.of(settings));
        return start(
                Main.class.getName(),
                all.stream().flatMap(each -> Stream.of("--set", each)).toArray(String[]::new));
    }

    /** The server the gateway is compared with. */
    static Child plainServer(int flushMillis) throws IOException {
        return start(PlainServer.class.getName(), Integer.toString(flushMillis));
    }

    private static Child start(String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(pinned(0));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = START_LINE.matcher(line);
            if (matcher.find()) {
                drain(out);
                return new Child(process, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
            }
        }
        throw new IOException(mainClass + " ended before it listened");
    }

    private static void drain(BufferedReader out) {
        Thread drain = new Thread(() -> out.lines().forEach(line -> {}));
        drain.setDaemon(true);
        drain.start();
    }

    /** Moves this JVM to core 1, away from the children. */
    static void stepAside() throws IOException {
        if (!pinned(1).isEmpty()) {
            run("taskset", "-acp", "1", Long.toString(ProcessHandle.current().pid()));
        }
    }

    private static List<String> pinned(int core) {
        boolean possible = Runtime.getRuntime().availableProcessors() > 1 && Files.exists(Path.of("/usr/bin/taskset"));
        return possible ? List.of("taskset", "-c", Integer.toString(core)) : List.of();
    }

    int port() {
        return port;
    }

    int managementPort() {
        return managementPort;
    }

    /** User and system time since the start. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Bytes of live objects. Collects the garbage first. */
    long liveHeapBytes() throws IOException {
        return number(TOTAL, run("jcmd", Long.toString(process.pid()), "GC.class_histogram"));
    }

    long residentBytes() throws IOException {
        return 1024 * number(RESIDENT, Files.readString(Path.of("/proc/" + process.pid() + "/status")));
    }

    /** Live objects by class, the largest first. */
    String histogram() throws IOException {
        return run("jcmd", Long.toString(process.pid()), "GC.class_histogram");
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return Long.parseLong(matcher.group(1));
    }

    private static String run(String... command) throws IOException {
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(run.getInputStream().readAllBytes(), US_ASCII);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
    }
}
