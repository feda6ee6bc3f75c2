package io.depthcast.loadtest.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        description = "Thousands of clients from one process, on loopback. Stops by itself.")
public final class Generator implements Callable<Integer> {
    private static final int OPEN_SECONDS = 120;

    @Option(names = "--dialect", description = "${COMPLETION-CANDIDATES}")
    private Dialect dialect = Dialect.DEPTHCAST;

    @Option(names = "--port", required = true, description = "public port of the server on 127.0.0.1")
    private int port;

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

    private Generator() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Generator())
                // The last one counts, so that a script's own come first.
                .setOverwrittenOptionsAllowed(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LoadSettings load = settings();
        Market market = dialect == Dialect.DEPTHCAST ? Market.of("127.0.0.1", port, load.trust()) : Market.UNKNOWN;
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

    private LoadSettings settings() throws IOException {
        return new LoadSettings(
                dialect,
                port,
                trust == null ? null : Trust.in(trust),
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
