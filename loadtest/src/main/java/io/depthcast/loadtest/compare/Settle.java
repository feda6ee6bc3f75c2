package io.depthcast.loadtest.compare;

import io.depthcast.loadtest.generator.Dialect;
import io.depthcast.loadtest.generator.LoadSettings;
import io.depthcast.loadtest.generator.Market;
import io.depthcast.loadtest.generator.Measurement;
import io.depthcast.loadtest.generator.Population;
import io.depthcast.loadtest.generator.Profile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Watches how the gateway stretches the interval between two flushes. Exit code 1 if a book was wrong. */
@Command(
        name = "settle",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "The interval between two flushes after a crowd, and at a share of what a core can do.")
public final class Settle implements Callable<Integer> {
    private static final int CROWD_SECONDS = 120;
    /** Each time the cost of a message is another, for more of them share what is done once. */
    private static final int APPROACHES = 3;

    private static final int APPROACH_SECONDS = 4;
    private static final int MAX_CLIENTS = 18_000;
    private static final List<String> HEAP = List.of("-Xms1300m", "-Xmx1300m");

    @Option(names = "--share", description = "percent of the core that the clients are to take")
    private int sharePercent = 80;

    @Option(names = "--crowd", description = "clients that come at once, first of all")
    private int crowd = 1_000;

    @Option(names = "--calm-seconds", description = "that are waited after a crowd")
    private int calmSeconds = 15;

    @Option(names = "--warm-up-seconds", description = "after the crowd, for the compilers of the JVM")
    private int warmUpSeconds;

    @Option(names = "--seconds", description = "that the interval is watched for")
    private int seconds = 60;

    @Option(names = "--flush-millis")
    private int flushMillis = 20;

    @Option(names = "--set", description = "setting of the gateway, key=value")
    private List<String> settings = List.of();

    @Option(names = "--jar", required = true, description = "the gateway")
    private Path jar;

    private final HttpClient http = HttpClient.newHttpClient();
    private Server server;
    private Population population;
    private int clients;

    private Settle() {}

    public static void main(String[] arguments) {
        CommandLine settle = new CommandLine(new Settle()).setOverwrittenOptionsAllowed(true);
        System.exit(settle.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(settings);
        all.add("fanout.flushMillis=" + flushMillis);
        try (Server gateway = Server.gateway(jar, HEAP, all)) {
            server = gateway;
            LoadSettings load =
                    LoadSettings.steady(Dialect.DEPTHCAST, gateway.port(), null, crowd, Profile.ONE, true, flushMillis);
            try (Population clientsOf = new Population(load, Market.of(load.target()))) {
                population = clientsOf;
                comeAtOnce();
                Measurement.take(population, null, warmUpSeconds, false);
                for (int i = 0; i < APPROACHES; i++) {
                    approach();
                }
                Measurement.take(population, null, calmSeconds, false);
                return watch().tally().faults() == 0 ? 0 : 1;
            }
        }
    }

    private double intervalMillis() throws IOException, InterruptedException {
        return flushMillis * metrics().max("depthcast_flush_stretch{");
    }

    private Metrics metrics() throws IOException, InterruptedException {
        return Metrics.of(http, server.managementPort());
    }

    private void comeAtOnce() throws IOException, InterruptedException {
        long begunNanos = System.nanoTime();
        Intervals intervals = new Intervals();
        grow(crowd);
        intervals.watch(this::intervalMillis, () -> isIn() || isOver(begunNanos, CROWD_SECONDS));
        long inNanos = System.nanoTime();
        intervals.watch(this::intervalMillis, () -> isOver(inNanos, calmSeconds));
        System.out.printf(
                "%,d clients came within %.1f s; the interval was %.4g ms at most, and %d ms again %.1f s after the last%n",
                population.tally().subscribed(),
                (inNanos - begunNanos) / 1e9,
                intervals.longestMillis(),
                flushMillis,
                intervals.backAfterSeconds(inNanos, flushMillis));
    }

    private void grow(int wanted) {
        clients = Math.min(MAX_CLIENTS, Math.max(clients, wanted));
        population.grow(clients);
    }

    private boolean isIn() {
        return population.tally().settled() >= clients;
    }

    private static boolean isOver(long sinceNanos, int seconds) {
        return System.nanoTime() - sinceNanos >= TimeUnit.SECONDS.toNanos(seconds);
    }

    /** As many clients as take the share of the core at what a message costs now. */
    private void approach() throws InterruptedException {
        Measurement now = Measurement.take(population, server.measured(), APPROACH_SECONDS, false);
        double messages = sharePercent / 100.0 * 1e6 / now.cpuMicrosPerMessage();
        grow((int) (messages * flushMillis / 1_000));
        long begunNanos = System.nanoTime();
        while (!isIn() && !isOver(begunNanos, CROWD_SECONDS)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        TimeUnit.SECONDS.sleep(APPROACH_SECONDS);
    }

    private Measurement watch() throws IOException, InterruptedException {
        Metrics before = metrics();
        CoreTime core = CoreTime.now();
        Intervals intervals = new Intervals();
        long begunNanos = System.nanoTime();
        Thread watching = new Thread(() -> {
            try {
                intervals.watch(this::intervalMillis, () -> isOver(begunNanos, seconds));
            } catch (IOException | InterruptedException ended) {
                System.err.println("the interval could not be asked for: " + ended);
            }
        });
        watching.start();
        Measurement measured = Measurement.take(population, server.measured(), seconds, false);
        watching.join();
        print(measured, intervals, metrics(), before, CoreTime.now().since(core));
        return measured;
    }

    private void print(Measurement measured, Intervals intervals, Metrics metrics, Metrics before, CoreTime core) {
        System.out.printf(
                "%,d clients, %d s: %,.0f messages/s of %,d, %.2f us of CPU each, %.0f %% of the core%n",
                clients,
                seconds,
                measured.messagesPerSecond(),
                clients * 1_000L / flushMillis,
                measured.cpuMicrosPerMessage(),
                100 * measured.cpuShare());
        System.out.printf("the interval changed %d times: %s%n", intervals.changes(), intervals.shares());
        String written = "depthcast_event_to_write_seconds";
        System.out.printf(
                "from event to write p50 %.1f, p99 %.1f, p99.9 %.1f ms, with up to %d ms of flush in it%n",
                metrics.quantileMillis(written, before, 0.5),
                metrics.quantileMillis(written, before, 0.99),
                metrics.quantileMillis(written, before, 0.999),
                flushMillis);
        System.out.printf(
                "beside it: collections %.0f, %.0f ms, %.0f ms at most; others on the core %.1f %%, stolen from it %.1f %%%n",
                metrics.sum("jvm_gc_pause_seconds_count") - before.sum("jvm_gc_pause_seconds_count"),
                1e3 * (metrics.sum("jvm_gc_pause_seconds_sum") - before.sum("jvm_gc_pause_seconds_sum")),
                1e3 * metrics.max("jvm_gc_pause_seconds_max"),
                Math.max(0, core.busy() - measured.cpuNanos()) / 1e7 / seconds,
                core.stolen() / 1e7 / seconds);
    }
}
