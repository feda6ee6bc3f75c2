package io.depthcast.loadtest.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Restarts two gateways behind HAProxy under their clients: each is drained and replaced, then one is killed. Exit code 1 if
 * anybody had a wrong book, an error, or no data for longer than it was told to wait and two seconds.
 */
@Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "A rolling restart and a crash under proved clients, on loopback. Stops by itself.")
public final class Rehearsal implements Callable<Integer> {
    private static final int NONE = 0;
    private static final int DEPTH = 25;
    private static final int GOING_AWAY = 1001;
    private static final int ABNORMAL = 1006;
    private static final int ARRIVE_SECONDS = 30;
    /** For the last answers, and for the process to end. */
    private static final int END_SECONDS = 15;

    @Option(names = "--jar", required = true)
    private Path jar;

    @Option(names = "--proxy", required = true, description = "configuration of HAProxy")
    private Path proxy;

    @Option(names = "--logs", required = true, description = "folder for the logs of gateways and proxy")
    private Path logs;

    @Option(names = "--clients")
    private int clients = 1_000;

    @Option(names = "--interval-millis", description = "between two updates of a client")
    private int intervalMillis = 200;

    @Option(names = "--drain-seconds")
    private int drainSeconds = 10;

    @Option(names = "--reconnect-millis", description = "the longest wait that a drained client is told")
    private int reconnectMillis = 5_000;

    @Option(names = "--settle-seconds", description = "in which nothing happens, between two acts")
    private int settleSeconds = 3;

    private final List<Act> acts = new ArrayList<>();
    private boolean good = true;

    /** What was seen while one thing happened. */
    private record Act(String name, double seconds, Findings findings) {}

    /** What happens in an act. */
    private interface Scene {
        void play() throws IOException, InterruptedException;
    }

    private Rehearsal() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Rehearsal()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(logs);
        int[] ports = Stage.freePorts(5);
        try (Node a = node("a", ports[0], ports[1]);
                Node b = node("b", ports[2], ports[3])) {
            a.start();
            b.start();
            try (Proxy front = new Proxy(proxy, ports[4], a, b, logs.resolve("haproxy.log"))) {
                front.awaitOpen();
                try (Crowd crowd = new Crowd(ports[4], clients, DEPTH, intervalMillis)) {
                    rehearse(crowd, a, b);
                }
            }
        }
        System.out.print(table());
        System.out.println(good ? "PASSED" : "FAILED");
        return good ? 0 : 1;
    }

    private void rehearse(Crowd crowd, Node a, Node b) throws IOException, InterruptedException {
        play(crowd, "all come", NONE, ARRIVE_SECONDS, crowd::start);
        for (Node node : List.of(a, b)) {
            play(crowd, "drain " + node.name(), GOING_AWAY, waitSeconds(), () -> drain(node));
            play(crowd, "start " + node.name(), NONE, 1, node::start);
        }
        play(crowd, "kill -9 a", ABNORMAL, waitSeconds(), a::kill);
        play(crowd, "start a", NONE, 1, a::start);
    }

    private int waitSeconds() {
        return (int) TimeUnit.MILLISECONDS.toSeconds(reconnectMillis) + settleSeconds;
    }

    private void drain(Node node) throws InterruptedException {
        int exitCode = node.drain(drainSeconds + END_SECONDS);
        if (exitCode != 0) {
            good = false;
            System.err.println("gateway " + node.name() + " ended with " + exitCode);
        }
    }

    /** @param dataSeconds within which all clients must have data once it is done */
    private void play(Crowd crowd, String name, int expectedCode, int dataSeconds, Scene scene)
            throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        crowd.act(expectedCode);
        scene.play();
        if (!crowd.awaitData(dataSeconds + 2L)) {
            good = false;
            System.err.println(name + ": some clients have no data");
        }
        TimeUnit.SECONDS.sleep(settleSeconds);
        Act act = new Act(name, (System.nanoTime() - startNanos) / 1e9, crowd.findings());
        good &= act.findings().isGood();
        acts.add(act);
        System.out.printf("-- %s, %,d clients moved%n", name, act.findings().lost);
    }

    private Node node(String name, int port, int managementPort) {
        List<String> settings = List.of(
                "drain.seconds=" + drainSeconds,
                "drain.reconnectMillis=" + reconnectMillis,
                "limits.loopbackExempt=false",
                "limits.trustedProxies=127.0.0.1");
        return new Node(name, port, managementPort, jar, List.of(), settings, logs.resolve("gateway-" + name + ".log"));
    }

    private String table() {
        StringBuilder out = new StringBuilder("%n%-10s %7s %8s %10s %10s %12s %14s %6s %11s %7s%n"
                .formatted(
                        "act",
                        "s",
                        "moved",
                        "updates",
                        "snapshots",
                        "no data, ms",
                        "beyond wait, ms",
                        "late",
                        "wrong books",
                        "errors"));
        for (Act act : acts) {
            Findings seen = act.findings();
            out.append("%-10s %7.1f %,8d %,10d %,10d %,12d %,14d %6d %11d %7d%n"
                    .formatted(
                            act.name(),
                            act.seconds(),
                            seen.lost,
                            seen.updates,
                            seen.snapshots,
                            seen.longestMillis,
                            seen.longestBeyondMillis,
                            seen.lateClients(),
                            seen.wrongBooks,
                            seen.errors));
        }
        return out.append("%,d clients; late is one without data for its wait and %,d ms%n"
                        .formatted(clients, Findings.PATIENCE_MILLIS))
                .toString();
    }
}
