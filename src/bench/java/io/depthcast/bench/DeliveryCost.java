package io.depthcast.bench;

import io.depthcast.bench.Clients.Count;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * CPU per delivered frame at 1,000 clients of one book, SBE with deflate: the gateway beside {@link PlainServer}, in turn,
 * medians of the passes. Both at 10 frames/s per client, because one core of the plain server cannot do 50; then the
 * gateway at its default of 50. CPU is user and system time of the server's process, the kernel's share of loopback
 * included. {@code mvn -q -Pbench test-compile exec:exec -Dbench.main=io.depthcast.bench.DeliveryCost}; about 5 minutes.
 */
public final class DeliveryCost {
    private static final int CLIENTS = 1_000;
    private static final int PASSES = 5;
    private static final int FLUSH_MILLIS = 100;
    private static final int DEFAULT_FLUSH_MILLIS = 20;
    private static final int FIRST_WARM_UP_MILLIS = 15_000;
    private static final int WARM_UP_MILLIS = 3_000;
    private static final int WINDOW_MILLIS = 10_000;
    private static final String SUBSCRIBE =
            "{\"op\":\"subscribe\",\"channel\":\"book\",\"symbols\":[\"BTC-USD\"],\"depth\":25}";

    private DeliveryCost() {}

    public static void main(String[] arguments) throws IOException {
        Child.stepAside();
        try (Child gateway = Child.gateway(FLUSH_MILLIS);
                Child plain = Child.plainServer(FLUSH_MILLIS);
                Child fast = Child.gateway(DEFAULT_FLUSH_MILLIS)) {
            Subject ours = new Subject("gateway, 10/s", gateway, true);
            Subject theirs = new Subject("plain Vert.x, 10/s", plain, false);
            Subject atDefault = new Subject("gateway, 50/s", fast, true);
            for (int pass = 0; pass < PASSES; pass++) {
                ours.pass();
                theirs.pass();
                atDefault.pass();
            }
            System.out.printf("medians of %d passes, %,d clients%n", PASSES, CLIENTS);
            ours.print();
            theirs.print();
            atDefault.print();
            System.out.printf("gateway / plain: %.3f%n", ours.median() / theirs.median());
        }
    }

    private static final class Subject {
        private final String name;
        private final Child child;
        private final boolean isGateway;
        private final List<Double> microsPerFrame = new ArrayList<>();

        Subject(String name, Child child, boolean isGateway) {
            this.name = name;
            this.child = child;
            this.isGateway = isGateway;
        }

        void pass() throws IOException {
            try (Clients clients = isGateway ? Clients.ofGateway(child, SUBSCRIBE) : Clients.ofPlainServer(child)) {
                clients.connect(CLIENTS);
                clients.readFor(microsPerFrame.isEmpty() ? FIRST_WARM_UP_MILLIS : WARM_UP_MILLIS);
                long cpuBefore = child.cpu().toNanos();
                Count count = clients.readFor(WINDOW_MILLIS);
                double cpuMicros = (child.cpu().toNanos() - cpuBefore) / 1e3;
                microsPerFrame.add(cpuMicros / count.frames());
                System.out.printf(
                        "%-20s %6.2f us/frame  %,8.0f frames/s  %.0f%% deflated  %.0f bytes/frame  %.0f%% of a core%n",
                        name,
                        cpuMicros / count.frames(),
                        count.frames() * 1e3 / WINDOW_MILLIS,
                        100.0 * count.deflatedFrames() / count.frames(),
                        (double) count.bytes() / count.frames(),
                        cpuMicros / 10 / WINDOW_MILLIS);
            }
        }

        double median() {
            List<Double> sorted = new ArrayList<>(microsPerFrame);
            Collections.sort(sorted);
            return sorted.get(sorted.size() / 2);
        }

        void print() {
            System.out.printf("%-20s %6.2f us/frame%n", name, median());
        }
    }
}
