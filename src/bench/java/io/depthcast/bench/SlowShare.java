package io.depthcast.bench;

import io.depthcast.client.ClientContext;
import io.depthcast.client.StreamTerms;
import io.depthcast.wire.Channel;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a tenth of clients that never read costs the others and the gateway: memory after a minute and the age of the good
 * clients' prices, with and without them, in one run. All follow every book, deflated; a tenth keeps and proves them, for
 * the others are only there to be served. Those that never read come back as often as the gateway closes them. {@code mvn
 * -q -Pbench test-compile exec:exec -Dbench.main=io.depthcast.bench.SlowShare}; {@code -Djmh.args=1000} for another number
 * of clients.
 */
// Waited for, not asked.
@SuppressWarnings("FutureReturnValueIgnored")
public final class SlowShare {
    private static final int CLIENTS = 5_000;
    private static final int PROVING_ONE_IN = 10;
    private static final int DEAF_ONE_IN = 10;
    private static final int FLUSH_MILLIS = 20;
    /** Few enough messages that the clients' core keeps up. */
    private static final int INTERVAL_MILLIS = 1_000;

    private static final int DEPTH = 25;
    private static final String SUBSCRIBE = "{\"op\":\"subscribe\",\"channel\":\"book\",\"symbols\":[\"*\"],\"depth\":"
            + DEPTH + ",\"intervalMillis\":" + INTERVAL_MILLIS + "}";
    private static final int CONNECTED_AT_ONCE = 100;
    private static final int WARM_UP_MILLIS = 15_000;
    private static final int WINDOW_SECONDS = 60;
    private static final int SECOND_MILLIS = 1_000;
    /** The gateway closes who never reads, so these come back as often. */
    private static final int COME_BACK_SECONDS = 15;

    private static final int PATIENCE_SECONDS = 60;
    private static final int NARROW_BYTES = 4_096;

    /** What one case costs. */
    private record Cost(long liveBytes, long outsideBytes, Ages ages) {
        long bytes() {
            return liveBytes + outsideBytes;
        }
    }

    private SlowShare() {}

    public static void main(String[] arguments) throws Exception {
        int clients = arguments.length > 0 ? Integer.parseInt(arguments[0]) : CLIENTS;
        Child.stepAside();
        Cost good = measure("all good", clients, 0);
        Cost mixed = measure("a tenth deaf", clients, clients / DEAF_ONE_IN);
        System.out.printf(
                "a tenth deaf / all good: memory %.3f, p99 age of the good %.3f%n",
                (double) mixed.bytes() / good.bytes(),
                mixed.ages.quantileMillis(0.99) / good.ages.quantileMillis(0.99));
    }

    private static Cost measure(String name, int clients, int deaf) throws Exception {
        int proving = clients / PROVING_ONE_IN;
        try (Child child = Child.gateway(FLUSH_MILLIS);
                Clients others = Clients.ofGateway(child, SUBSCRIBE);
                ProvingClient.Run run = new ProvingClient.Run(child)) {
            long liveBefore = child.liveHeapBytes();
            long residentBefore = child.residentBytes();
            connect(run, run.context, proving, false);
            ClientContext narrow = run.context.withBootstrap(
                    run.context.bootstrap().clone().option(ChannelOption.SO_RCVBUF, NARROW_BYTES));
            List<ProvingClient> deafClients = connect(run, narrow, deaf, true);
            others.connect(clients - proving - deaf);
            others.readFor(WARM_UP_MILLIS);
            run.loops.submit(() -> run.ages = new Ages()).sync();
            for (int second = 0; second < WINDOW_SECONDS; second++) {
                others.readFor(SECOND_MILLIS);
                for (int i = second % COME_BACK_SECONDS; i < deaf; i += COME_BACK_SECONDS) {
                    deafClients.get(i).comeBack(new CountDownLatch(1));
                }
            }
            Ages ages = run.loops.submit(() -> run.ages).get();
            long residentBytes = child.residentBytes();
            Cost cost = new Cost(child.liveHeapBytes() - liveBefore, residentBytes - residentBefore, ages);
            System.out.printf(
                    "%-12s %d clients: %.1f MiB live in the heap + %.1f MiB outside; age of %,d books p50 %.1f ms, "
                            + "p99 %.1f ms; %d doubts, %d connections ended%n",
                    name,
                    clients,
                    cost.liveBytes / 1048576.0,
                    cost.outsideBytes / 1048576.0,
                    ages.total(),
                    ages.quantileMillis(0.5),
                    ages.quantileMillis(0.99),
                    run.doubts,
                    run.disconnections);
            return cost;
        }
    }

    private static List<ProvingClient> connect(ProvingClient.Run run, ClientContext context, int count, boolean deaf)
            throws IOException, InterruptedException {
        List<ProvingClient> clients = new ArrayList<>();
        while (clients.size() < count) {
            int step = Math.min(CONNECTED_AT_ONCE, count - clients.size());
            CountDownLatch proved = new CountDownLatch(step);
            for (int i = 0; i < step; i++) {
                ProvingClient client = new ProvingClient(run, run.settings, context, deaf, proved);
                client.client.subscribe(Channel.BOOK, StreamTerms.book(DEPTH).every(INTERVAL_MILLIS), "*");
                client.client.start();
                clients.add(client);
            }
            if (!proved.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("not all clients have a book after " + PATIENCE_SECONDS + " s");
            }
        }
        return clients;
    }
}
