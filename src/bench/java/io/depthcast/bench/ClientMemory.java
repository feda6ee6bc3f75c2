package io.depthcast.bench;

import java.io.IOException;

/**
 * Memory per connected and subscribed client with deflate negotiated, beyond the first 500: what lives in the heap after a
 * collection, and what the process holds outside it, for the gateway and for {@link PlainServer}. {@code mvn -q -Pbench
 * test-compile exec:exec -Dbench.main=io.depthcast.bench.ClientMemory}; with {@code -Djmh.args=classes} also the live
 * objects by class at both sizes.
 */
public final class ClientMemory {
    private static final int FIRST = 500;
    private static final int ALL = 3_000;
    /** Slow enough that the plain server keeps up. */
    private static final int FLUSH_MILLIS = 1_000;

    private static final int SETTLE_MILLIS = 10_000;
    private static final int PASSES = 3;
    private static final int CLASSES = 60;
    private static final String SUBSCRIBE =
            "{\"op\":\"subscribe\",\"channel\":\"book\",\"symbols\":[\"BTC-USD\"],\"depth\":25}";

    /** Bytes of a child that are live in the heap, and that are resident in all. */
    private record Memory(long liveBytes, long residentBytes) {}

    private final boolean printsClasses;

    private ClientMemory(boolean printsClasses) {
        this.printsClasses = printsClasses;
    }

    public static void main(String[] arguments) throws IOException {
        ClientMemory memory = new ClientMemory(arguments.length > 0 && arguments[0].equals("classes"));
        Child.stepAside();
        for (int pass = 0; pass < PASSES; pass++) {
            try (Child child = Child.gateway(FLUSH_MILLIS);
                    Clients clients = Clients.ofGateway(child, SUBSCRIBE)) {
                memory.measure("gateway", child, clients);
            }
            try (Child child = Child.plainServer(FLUSH_MILLIS);
                    Clients clients = Clients.ofPlainServer(child)) {
                memory.measure("plain Vert.x", child, clients);
            }
        }
    }

    private void measure(String name, Child child, Clients clients) throws IOException {
        Memory first = at(FIRST, child, clients);
        Memory all = at(ALL, child, clients);
        double heapKib = (all.liveBytes - first.liveBytes) / 1024.0 / (ALL - FIRST);
        double outsideKib = (all.residentBytes - first.residentBytes) / 1024.0 / (ALL - FIRST);
        System.out.printf(
                "%-13s per client: %6.2f KiB live in the heap + %6.2f KiB outside = %6.2f KiB  (%d to %d clients)%n",
                name, heapKib, outsideKib, heapKib + outsideKib, FIRST, ALL);
    }

    private Memory at(int count, Child child, Clients clients) throws IOException {
        clients.connect(count);
        clients.readFor(SETTLE_MILLIS);
        long liveBytes = child.liveHeapBytes();
        clients.readFor(FLUSH_MILLIS);
        if (printsClasses) {
            child.histogram().lines().limit(CLASSES).forEach(System.out::println);
        }
        return new Memory(liveBytes, child.residentBytes());
    }
}
