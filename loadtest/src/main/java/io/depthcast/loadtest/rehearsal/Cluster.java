package io.depthcast.loadtest.rehearsal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Drills a cluster of many nodes under proved clients. Exit code 1 if any drill did not come to its outcome. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "A broker, two feeds, two gateways and HAProxy on loopback, and what may happen to them. Stops by itself.")
public final class Cluster implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--jar", required = true)
    private Path jar;

    @Option(names = "--proxy", required = true, description = "configuration of HAProxy")
    private Path proxy;

    @Option(names = "--broker", required = true, description = "script that starts a broker")
    private Path broker;

    @Option(
            names = "--logs",
            required = true,
            description = "folder for the logs of all processes, and the broker's data")
    private Path logs;

    @Option(names = "--acts", split = ",", paramLabel = "NAME", description = "drills to run, instead of all")
    private List<String> acts = List.of();

    @Option(names = "--list", description = "names the drills and their outcomes, and ends")
    private boolean list;

    @Option(names = "--keep", description = "runs no drill unless named, and keeps the cluster until it is interrupted")
    private boolean keep;

    @Option(names = "--when-told", description = "begins with the drills when a line comes by standard input")
    private boolean whenTold;

    @Option(names = "--clients")
    private int clients = 200;

    @Option(names = "--interval-millis", description = "between two updates of a client")
    private int intervalMillis = 200;

    private Cluster() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Cluster()).execute(arguments));
    }

    /** What a drill came to. */
    private record Played(Drill drill, double seconds, Findings seen, Verdict verdict) {}

    @Override
    public Integer call() throws Exception {
        if (list) {
            Drills.ALL.forEach(drill -> System.out.printf("%-16s %s%n", drill.name(), drill.outcome()));
            return 0;
        }
        List<Drill> drills = drills();
        clear();
        Files.createDirectories(logs);
        List<Played> played = new ArrayList<>();
        try (Stage stage = new Stage(new Stage.Parts(jar, proxy, broker, logs, clients, intervalMillis))) {
            stage.begin();
            System.out.printf(
                    "-- %,d clients, and a dashboard at http://127.0.0.1:%d/, of gateways at %d and %d%n",
                    clients, stage.port(), stage.a().port(), stage.b().port());
            if (whenTold) {
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            }
            for (Drill drill : drills) {
                played.add(play(stage, drill));
            }
            if (keep) {
                Thread.currentThread().join();
            }
        }
        System.out.print(table(played));
        boolean good = played.stream().allMatch(each -> each.verdict().isGood());
        System.out.println(good ? "PASSED" : "FAILED");
        return good ? 0 : 1;
    }

    private List<Drill> drills() {
        List<String> names = Drills.ALL.stream().map(Drill::name).toList();
        for (String act : acts) {
            if (!names.contains(act)) {
                throw new ParameterException(
                        spec.commandLine(), "expected drills of " + String.join(", ", names) + ", got " + act);
            }
        }
        return Drills.ALL.stream()
                .filter(drill -> acts.isEmpty() ? !keep : acts.contains(drill.name()))
                .toList();
    }

    /** A broker that has data from before would go on with them. */
    private void clear() throws IOException {
        if (Files.exists(logs)) {
            try (Stream<Path> files = Files.walk(logs)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Played play(Stage stage, Drill drill) throws InterruptedException {
        long startNanos = System.nanoTime();
        Verdict verdict = new Verdict();
        try {
            drill.play().on(stage, verdict);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            verdict.holds("no failure, got " + e, false);
        }
        Played played = new Played(
                drill, (System.nanoTime() - startNanos) / 1e9, stage.crowd().findings(), verdict);
        System.out.printf("-- %s: %s%n", drill.name(), verdict.isGood() ? "as it had to be" : verdict.complaints());
        return played;
    }

    private String table(List<Played> played) {
        StringBuilder out = new StringBuilder("%n%-16s %-7s %6s %7s %10s %10s %12s %11s %7s%n"
                .formatted(
                        "act",
                        "outcome",
                        "s",
                        "moved",
                        "updates",
                        "snapshots",
                        "no data, ms",
                        "wrong books",
                        "errors"));
        for (Played each : played) {
            Findings seen = each.seen();
            out.append("%-16s %-7s %6.1f %,7d %,10d %,10d %,12d %11d %7d%n"
                    .formatted(
                            each.drill().name(),
                            each.verdict().isGood() ? "good" : "BAD",
                            each.seconds(),
                            seen.lost,
                            seen.updates,
                            seen.snapshots,
                            seen.longestMillis,
                            seen.wrongBooks,
                            seen.errors));
        }
        for (Played each : played) {
            each.verdict()
                    .figures()
                    .forEach(figure ->
                            out.append("%-16s %s%n".formatted(each.drill().name(), figure)));
            each.verdict()
                    .complaints()
                    .forEach(what ->
                            out.append("%-16s %s%n".formatted(each.drill().name(), what)));
        }
        return out.append("%,d clients, one of which hops to another gateway every 100 ms%n".formatted(clients))
                .toString();
    }
}
