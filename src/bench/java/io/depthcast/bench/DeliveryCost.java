package io.depthcast.bench;

import io.depthcast.bench.Clients.Count;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * CPU per delivered frame at 1,000 clients of one book, SBE with deflate: the gateway beside {@link PlainServer}, in turn,
 * medians of the passes. Both at 5 frames/s per client, because one core of the plain server cannot do many more; then the
 * gateway at its default of 50. CPU is user and system time of the server's process, the kernel's share of loopback
 * included: all of it, and less what the process takes without clients (feed, books and timers, which the plain server
 * has not). {@code mvn -q -Pbench test-compile exec:exec -Dbench.main=io.depthcast.bench.DeliveryCost}; about 3 minutes.
 */
public final class DeliveryCost {
    private static final int CLIENTS = 1_000;
    private static final int PASSES = 3;
    private static final int FLUSH_MILLIS = 200;
    private static final int DEFAULT_FLUSH_MILLIS = 20;
    private static final int WARM_UP_MILLIS = 15_000;
    private static final int SETTLE_MILLIS = 3_000;
    private static final int IDLE_MILLIS = 4_000;
    private static final int WINDOW_MILLIS = 10_000;
    private static final String SUBSCRIBE =
            "{\"op\":\"subscribe\",\"channel\":\"book\",\"symbols\":[\"BTC-USD\"],\"depth\":25}";

    private DeliveryCost() {}

    public static void main(String[] arguments) throws IOException {
        Child.stepAside();
        try (Child gateway = Child.gateway(FLUSH_MILLIS);
                Child plain = Child.plainServer(FLUSH_MILLIS);
                Child fast = Child.gateway(DEFAULT_FLUSH_MILLIS)) {
            Subject ours = new Subject("gateway, 5/s", gateway, true);
            Subject theirs = new Subject("plain Vert.x, 5/s", plain, false);
            Subject atDefault = new Subject("gateway, 50/s", fast, true);
            ours.warmUp();
            theirs.warmUp();
            atDefault.warmUp();
            for (int pass = 0; pass < PASSES; pass++) {
                ours.pass();
                theirs.pass();
                atDefault.pass();
            }
            System.out.printf("medians of %d passes, %,d clients%n", PASSES, CLIENTS);
            ours.print();
            theirs.print();
            atDefault.print();
            print("gateway / plain at the same rate", ours, theirs);
            print("gateway at its default / plain", atDefault, theirs);
        }
    }

    private static void print(String what, Subject ours, Subject theirs) {
        System.out.printf(
                "%s: %.3f, less idle %.3f%n",
                what,
                median(ours.microsPerFrame) / median(theirs.microsPerFrame),
                median(ours.lessIdle) / median(theirs.lessIdle));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static final class Subject {
        private final String name;
        private final Child child;
        private final boolean isGateway;
        private final List<Double> microsPerFrame = new ArrayList<>();
        private final List<Double> lessIdle = new ArrayList<>();

        Subject(String name, Child child, boolean isGateway) {
            this.name = name;
            this.child = child;
            this.isGateway = isGateway;
        }

        /** Has the JVM compile what is hot. */
        void warmUp() throws IOException {
            try (Clients clients = clients()) {
                clients.connect(CLIENTS);
                clients.readFor(WARM_UP_MILLIS);
            }
        }

        private Clients clients() throws IOException {
            return isGateway ? Clients.ofGateway(child, SUBSCRIBE) : Clients.ofPlainServer(child);
        }

        void pass() throws IOException {
            try (Clients clients = clients()) {
                long idleStart = cpuMicros();
                clients.readFor(IDLE_MILLIS);
                double idleShare = (cpuMicros() - idleStart) / (1e3 * IDLE_MILLIS);
                clients.connect(CLIENTS);
                clients.readFor(SETTLE_MILLIS);
                long start = cpuMicros();
                Count count = clients.readFor(WINDOW_MILLIS);
                add(count, (double) (cpuMicros() - start), idleShare);
            }
        }

        private long cpuMicros() {
            return child.cpu().toNanos() / 1_000;
        }

        private void add(Count count, double cpuMicros, double idleShare) {
            microsPerFrame.add(cpuMicros / count.frames());
            lessIdle.add((cpuMicros - idleShare * 1e3 * WINDOW_MILLIS) / count.frames());
            System.out.printf(
                    "%-18s %6.2f us/frame, less idle %6.2f  %,6.0f frames/s  %3.0f%% deflated  %3.0f bytes/frame  %2.0f%%"
                            + " of a core, idle %.1f%%%n",
                    name,
                    microsPerFrame.get(microsPerFrame.size() - 1),
                    lessIdle.get(lessIdle.size() - 1),
                    count.frames() * 1e3 / WINDOW_MILLIS,
                    100.0 * count.deflatedFrames() / count.frames(),
                    (double) count.bytes() / count.frames(),
                    cpuMicros / 10 / WINDOW_MILLIS,
                    100 * idleShare);
        }

        void print() {
            System.out.printf(
                    "%-18s %6.2f us/frame, less idle %6.2f%n", name, median(microsPerFrame), median(lessIdle));
        }
    }
}
