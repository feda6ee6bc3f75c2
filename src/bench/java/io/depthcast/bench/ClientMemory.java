package io.depthcast.bench;

import java.io.IOException;

/**
 * Memory per connected and subscribed client with deflate negotiated, beyond the first 500: what lives in the heap after a
 * collection, and what the process holds outside it, for the gateway and for {@link PlainServer}. {@code mvn -q -Pbench
 * test-compile exec:exec -Dbench.main=io.depthcast.bench.ClientMemory}; with {@code -Djmh.args=classes} also the live
 * objects by class at both sizes, and with {@code -Djmh.args=7000} the gateway alone up to so many clients, which spreads
 * further what the process takes in pieces of megabytes.
 */
public final class ClientMemory {
    private static final int FIRST = 500;
    private static final int ALL = 3_000;
    private static final String WITH_CLASSES = "classes";
    /** Slow enough that the plain server keeps up. */
    private static final int FLUSH_MILLIS = 1_000;

    private static final int SETTLE_MILLIS = 10_000;
    private static final int PASSES = 3;
    private static final int CLASSES = 60;
    private static final String SUBSCRIBE =
            "{\"op\":\"subscribe\",\"channel\":\"book\",\"symbols\":[\"BTC-USD\"],\"depth\":25}";

    /** Bytes of a child that are live in the heap, and that are resident in all. */
    private record Memory(long liveBytes, long residentBytes) {}

    private final int all;
    private final boolean printsClasses;

    private ClientMemory(int all, boolean printsClasses) {
        this.all = all;
        this.printsClasses = printsClasses;
    }

    public static void main(String[] arguments) throws IOException {
        String argument = arguments.length > 0 ? arguments[0] : "";
        boolean gatewayOnly = !argument.isEmpty() && !argument.equals(WITH_CLASSES);
        int all = gatewayOnly ? Integer.parseInt(argument) : ALL;
        ClientMemory memory = new ClientMemory(all, argument.equals(WITH_CLASSES));
        Child.stepAside();
        for (int pass = 0; pass < PASSES; pass++) {
            try (Child child = Child.gateway(FLUSH_MILLIS);
                    Clients clients = Clients.ofGateway(child, SUBSCRIBE)) {
                memory.measure("gateway", child, clients);
            }
            if (gatewayOnly) {
                continue;
            }
            try (Child child = Child.plainServer(FLUSH_MILLIS);
                    Clients clients = Clients.ofPlainServer(child)) {
                memory.measure("plain Vert.x", child, clients);
            }
        }
    }

    private void measure(String name, Child child, Clients clients) throws IOException {
        Memory first = at(FIRST, child, clients);
        Memory last = at(all, child, clients);
        double heapKib = (last.liveBytes - first.liveBytes) / 1024.0 / (all - FIRST);
        double outsideKib = (last.residentBytes - first.residentBytes) / 1024.0 / (all - FIRST);
        System.out.printf(
                "%-13s per client: %6.2f KiB live in the heap + %6.2f KiB outside = %6.2f KiB  (%d to %d clients)%n",
                name, heapKib, outsideKib, heapKib + outsideKib, FIRST, all);
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
