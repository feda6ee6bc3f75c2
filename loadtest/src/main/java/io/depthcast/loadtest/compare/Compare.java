package io.depthcast.loadtest.compare;

import io.depthcast.loadtest.generator.LoadSettings;
import io.depthcast.loadtest.generator.Market;
import io.depthcast.loadtest.generator.Measurement;
import io.depthcast.loadtest.generator.Population;
import io.depthcast.loadtest.generator.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a scenario: every contender in turn, several times over. Exit code 1 if a book of the gateway was wrong. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "The gateway beside its peers and the floor. Loopback only, stops by itself.")
public final class Compare implements Callable<Integer> {
    private static final int OPEN_SECONDS = 120;
    /** Of the rate asked for, to be measured; a server gets so many seconds for it beyond the warm-up. */
    private static final double RATE_REACHED = 0.95;

    private static final int RATE_SECONDS = 30;
    /** For a server to see that its clients have gone. */
    private static final int SETTLE_MILLIS = 500;

    @Parameters(index = "0", description = "${COMPLETION-CANDIDATES}")
    private Scenario scenario;

    @Option(names = "--passes")
    private int passes = 5;

    @Option(names = "--warm-up-seconds")
    private int warmUpSeconds = 5;

    @Option(names = "--first-warm-up-seconds", description = "in the first pass, for the compilers of the JVMs")
    private int firstWarmUpSeconds = 25;

    @Option(names = "--seconds", description = "measured, of each contender in each pass")
    private int seconds = 4;

    @Option(names = "--only", split = ",", description = "names of contenders; the floor always runs")
    private Set<String> only = Set.of();

    @Option(names = "--jar", required = true, description = "the gateway")
    private Path jar;

    @Option(
            names = "--beside",
            description = "jar of another build of the gateway, to run beside it: a change, and what was before")
    private Path otherJar;

    @Option(names = "--peers", required = true, description = "folder of the script start")
    private Path peers;

    @Option(names = "--json", description = "file for every single run")
    private Path json;

    /** They start once and stand still while others are measured, so that all but the first pass find them warm. */
    private final Map<Contender, Server> servers = new HashMap<>();

    private Compare() {}

    public static void main(String[] arguments) {
        CommandLine compare = new CommandLine(new Compare()).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(compare.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path messages = Files.createTempFile("depthcast", ".messages");
        try {
            record(messages);
            Passes results = new Passes(scenario, contenders());
            long faults = 0;
            for (int pass = 1; pass <= passes; pass++) {
                results.begin();
                for (Contender contender : contenders()) {
                    Result result = run(contender, messages, pass == 1);
                    if (result != null) {
                        results.add(result);
                        faults += contender.isGateway()
                                ? result.measured().tally().faults()
                                : 0;
                        print(pass, result);
                    }
                }
            }
            System.out.println("\nMedians of " + passes + " passes; ratios to the floor of the same pass\n");
            System.out.print(results.table());
            if (json != null) {
                Files.writeString(json, results.json());
            }
            return faults == 0 ? 0 : 1;
        } finally {
            servers.values().stream().filter(Objects::nonNull).forEach(Server::close);
            Files.delete(messages);
        }
    }

    private void record(Path messages) throws IOException {
        Contender recorded = Contender.gateway(1, 50);
        try (Server gateway = gateway(recorded)) {
            Recording.write(gateway.port(), messages);
        }
    }

    private List<Contender> contenders() {
        List<Contender> all = new ArrayList<>();
        for (Contender contender : scenario.contenders()) {
            if (isWanted(contender)) {
                all.add(contender);
                if (otherJar != null && contender.isGateway()) {
                    all.add(contender.ofOtherBuild());
                }
            }
        }
        return all;
    }

    private boolean isWanted(Contender contender) {
        return only.isEmpty() || contender.isFloor() || only.contains(contender.name());
    }

    /** @return null where a program that the peer needs is missing */
    private Result run(Contender contender, Path messages, boolean isFirst) throws IOException, InterruptedException {
        if (isFirst) {
            servers.put(contender, start(contender, messages));
        }
        Server server = servers.get(contender);
        if (server == null) {
            return null;
        }
        server.resume();
        Result result = measure(contender, server, isFirst ? firstWarmUpSeconds : warmUpSeconds);
        TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        server.pause();
        return result;
    }

    private Server start(Contender contender, Path messages) throws IOException {
        if (contender.isGateway()) {
            return gateway(contender);
        }
        return Server.peer(peers.resolve("start"), contender.peer(), freePort(), messages, contender.ratePerSecond());
    }

    private Server gateway(Contender contender) throws IOException {
        List<String> settings = new ArrayList<>(contender.settings());
        settings.add("fanout.flushMillis=" + contender.intervalMillis());
        Path build = contender.isOfOtherBuild() ? otherJar : jar;
        if (build.equals(jar)) {
            // Several of them stand side by side.
            settings.add("ingest.port=none");
            // What a handshake costs is measured, not how a crowd is held up.
            settings.add("limits.nodeHandshakesPerSecond=1000000");
        }
        return Server.gateway(build, contender.jvmFlags(), settings);
    }

    private Result measure(Contender contender, Server server, int warmUp) throws IOException, InterruptedException {
        LoadSettings load = LoadSettings.steady(
                contender.dialect(),
                server.port(),
                contender.isOverTls() ? Trust.in(Contender.CERTIFICATE) : null,
                contender.clients(),
                contender.profile(),
                contender.deflate(),
                contender.intervalMillis());
        Market market = contender.isGateway() ? Market.of(load.target()) : Market.UNKNOWN;
        try (Population population = new Population(load, market)) {
            long residentBefore = server.measured().residentBytes();
            long cpuBefore = server.measured().cpuNanos();
            long start = System.nanoTime();
            population.grow(contender.clients());
            while (population.tally().settled() < contender.clients()) {
                TimeUnit.MILLISECONDS.sleep(20);
                if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(OPEN_SECONDS)) {
                    throw new IOException(
                            contender.key() + ": only " + population.tally().subscribed() + " came in");
                }
            }
            if (population.tally().faults() > 0) {
                throw new IOException(
                        contender.key() + ": " + population.tally().summary());
            }
            double openSeconds = (System.nanoTime() - start) / 1e9;
            double openMicros = (server.measured().cpuNanos() - cpuBefore) / 1e3 / contender.clients();
            TimeUnit.SECONDS.sleep(warmUp);
            awaitRate(population, contender);
            Measurement measured = Measurement.take(population, server.measured(), seconds, false);
            double grown = (double) (measured.residentBytes() - residentBefore) / contender.clients();
            return new Result(contender, measured, openSeconds, openMicros, grown);
        }
    }

    /** A gateway that so many have just come to may still flush less often; one that is saturated never gets there. */
    private static void awaitRate(Population population, Contender contender) throws InterruptedException {
        double wanted = RATE_REACHED * contender.clients() * contender.ratePerSecond();
        for (int second = 0; second < RATE_SECONDS; second++) {
            if (Measurement.take(population, null, 1, false).messagesPerSecond() >= wanted) {
                return;
            }
        }
    }

    private static int freePort() throws IOException {
        // The next one as well: NATS takes two.
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void print(int pass, Result result) {
        System.out.printf(
                "pass %d  %-40s %,9.0f messages/s  %6.2f us CPU each  core %3.0f %%  p50 %.1f p99 %.1f ms%n",
                pass,
                result.contender().key(),
                result.messagesPerSecond(),
                result.cpuMicros(),
                100 * result.measured().cpuShare(),
                result.p50(),
                result.p99());
    }
}
