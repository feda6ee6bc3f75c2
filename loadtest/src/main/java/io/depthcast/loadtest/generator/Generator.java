package io.depthcast.loadtest.generator;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Loads a gateway on this machine. Exit code 1 if a book was wrong or a connection failed that should not. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Thousands of clients from one process, against a gateway anywhere. Stops by itself.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all is well", "1:a book was wrong or a connection failed", "2:nothing could be measured"})
public final class Generator implements Callable<Integer> {
    private static final int OPEN_SECONDS = 120;
    private static final int CANNOT_MEASURE = 2;
    /** Of the JVM: its jars, pipes and libraries. */
    private static final int OWN_DESCRIPTORS = 100;

    @Option(names = "--dialect", description = "${COMPLETION-CANDIDATES}")
    private Dialect dialect = Dialect.DEPTHCAST;

    @Option(names = "--port", description = "public port of the server on 127.0.0.1")
    private int port = 8_080;

    @Option(names = "--url", description = "stream of a gateway anywhere, instead of --port: wss://host/v1/stream")
    private String url;

    @Option(names = "--tokens", paramLabel = "FILE", description = "tokens that the clients show in turn, one a line")
    private Path tokens;

    @Option(names = "--proxy", paramLabel = "HOST:PORT", description = "proxy that connections are asked of by CONNECT")
    private String proxy;

    @Option(names = "--trust", paramLabel = "FILE", description = "certificate of the server, for clients over TLS")
    private Path trust;

    @Option(names = "--server-pid", description = "process whose CPU and memory are read; 0 is none")
    private long serverPid;

    @Option(names = "--connections")
    private int connections = 1_000;

    @Option(names = "--profile", description = "${COMPLETION-CANDIDATES}")
    private Profile profile = Profile.ONE;

    @Option(names = "--encoding", description = "last part of the subprotocol")
    private String encoding = "sbe";

    @Option(names = "--deflate", negatable = true, description = "offer permessage-deflate")
    private boolean deflate;

    @Option(names = "--depth")
    private int depth = 25;

    @Option(names = "--interval-millis", description = "0 is every flush")
    private int intervalMillis;

    @Option(names = "--expected-interval-millis", description = "between two messages of a client, to correct ages")
    private int expectedIntervalMillis = 20;

    @Option(names = "--connects-per-second", description = "0 is as fast as they are answered")
    private int connectsPerSecond;

    @Option(names = "--sources", description = "addresses 127.0.0.x that clients come from")
    private int sources = 16;

    @Option(names = "--proved", description = "clients that rebuild and prove their books; the others count")
    private int proved = 100;

    @Option(names = "--slow-percent")
    private int slowPercent;

    @Option(names = "--slow-bytes-per-second")
    private int slowBytesPerSecond = 2_000;

    @Option(names = "--vanishing-percent")
    private int vanishingPercent;

    @Option(names = "--reconnecting-percent")
    private int reconnectingPercent;

    @Option(names = "--lifetime-seconds", description = "mean time until a client vanishes or reconnects")
    private int lifetimeSeconds = 10;

    @Option(names = "--seed")
    private long seed = 1;

    @Option(names = "--warm-up-seconds")
    private int warmUpSeconds = 5;

    @Option(names = "--seconds", description = "measured")
    private int seconds = 20;

    @Option(names = "--json", description = "file for the figures")
    private Path json;

    @Option(names = "--check", description = "only see whether it could be done: who is there, and descriptors")
    private boolean checks;

    private Generator() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Generator())
                // The last one counts, so that a script's own come first.
                .setOverwrittenOptionsAllowed(true)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return measure();
        } catch (NoSuchFileException none) {
            return cannot("no file " + none.getMessage());
        } catch (IOException cannot) {
            return cannot(cannot.getMessage());
        }
    }

    private static int cannot(String why) {
        System.err.println("generate: " + why);
        return CANNOT_MEASURE;
    }

    private int measure() throws IOException, InterruptedException {
        expectDescriptors();
        LoadSettings load = settings();
        Market market = dialect == Dialect.DEPTHCAST ? Market.of(load.target()) : Market.UNKNOWN;
        if (checks) {
            return 0;
        }
        ServerProcess server = serverPid == 0 ? null : new ServerProcess(serverPid);
        try (Population population = new Population(load, market)) {
            open(population, server);
            Measurement.take(population, server, warmUpSeconds, true);
            System.out.println("-- measuring");
            Measurement measured = Measurement.take(population, server, seconds, true);
            System.out.print(Report.table(load, measured));
            if (json != null) {
                Files.writeString(json, Report.json(load, measured) + "\n");
            }
            return population.tally().faults() == 0 ? 0 : 1;
        }
    }

    private void expectDescriptors() throws IOException {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < connections + OWN_DESCRIPTORS) {
            throw new IOException(
                    "%,d connections need as many descriptors and %d more, and there are %,d: ulimit -n %d"
                            .formatted(
                                    connections,
                                    OWN_DESCRIPTORS,
                                    system.getMaxFileDescriptorCount(),
                                    connections + OWN_DESCRIPTORS));
        }
    }

    private Target target() throws IOException {
        Trust trusted = trust == null ? null : Trust.in(trust);
        String here = (trusted == null ? "ws" : "wss") + "://127.0.0.1:" + port;
        List<String> shown = tokens == null ? List.of() : Target.tokens(tokens);
        return Target.of(url == null ? here : url, trusted, shown, proxy);
    }

    private LoadSettings settings() throws IOException {
        return new LoadSettings(
                dialect,
                target(),
                new LoadSettings.Subscription(profile, encoding, deflate, depth, intervalMillis),
                connections,
                expectedIntervalMillis,
                connectsPerSecond,
                sources,
                Math.min(proved, connections),
                new LoadSettings.Shares(
                        slowPercent, slowBytesPerSecond, vanishingPercent, reconnectingPercent, lifetimeSeconds),
                seed);
    }

    private void open(Population population, ServerProcess server) throws InterruptedException {
        long start = System.nanoTime();
        long cpuBefore = server == null ? 0 : server.cpuNanos();
        population.grow(connections);
        int second = 0;
        Tally last = population.tally();
        while (population.tally().settled() < connections && second < OPEN_SECONDS) {
            TimeUnit.MILLISECONDS.sleep(100);
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(second + 1)) {
                Tally now = population.tally();
                System.out.println(Report.progress(++second, now, now.since(last)));
                last = now;
            }
        }
        double lasted = (System.nanoTime() - start) / 1e9;
        double cpuMicros = server == null ? 0 : (server.cpuNanos() - cpuBefore) / 1e3 / connections;
        System.out.printf(
                "opened and subscribed %,d clients in %.1f s, %.0f us of the server's CPU each%n",
                population.tally().subscribed(), lasted, cpuMicros);
    }
}
