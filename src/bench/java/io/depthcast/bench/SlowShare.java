package io.depthcast.bench;

import io.depthcast.client.ClientContext;
import io.depthcast.client.ClientSettings;
import io.depthcast.client.StreamTerms;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Encodings;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a tenth of clients that never read costs the others and the gateway: memory after a minute and the age of the good
 * clients' prices, with and without them, in one run. {@code mvn -q -Pbench test-compile exec:exec
 * -Dbench.main=io.depthcast.bench.SlowShare}; {@code -Djmh.args=1000} for another number of clients.
 */
// Waited for, not asked.
@SuppressWarnings("FutureReturnValueIgnored")
public final class SlowShare {
    private static final int CLIENTS = 5_000;
    private static final int DEAF_ONE_IN = 10;
    /** Few enough messages that the clients' core keeps up. */
    private static final int FLUSH_MILLIS = 200;

    private static final int CONNECTED_AT_ONCE = 100;
    private static final int WARM_UP_SECONDS = 10;
    private static final int WINDOW_SECONDS = 60;
    /** The gateway closes who never reads, so these come back as often. */
    private static final int COME_BACK_SECONDS = 15;

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
        try (Child child = Child.gateway(FLUSH_MILLIS);
                ProvingClient.Run run = new ProvingClient.Run(child)) {
            long liveBefore = child.liveHeapBytes();
            long residentBefore = child.residentBytes();
            List<ProvingClient> deafClients = connect(run, clients - deaf, deaf);
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
            run.loops.submit(() -> run.ages = new Ages()).sync();
            for (int second = 0; second < WINDOW_SECONDS; second++) {
                TimeUnit.SECONDS.sleep(1);
                for (int i = second % COME_BACK_SECONDS; i < deaf; i += COME_BACK_SECONDS) {
                    deafClients.get(i).comeBack(new CountDownLatch(1));
                }
            }
            Ages ages = run.loops.submit(() -> run.ages).get();
            long residentBytes = child.residentBytes();
            Cost cost = new Cost(child.liveHeapBytes() - liveBefore, residentBytes - residentBefore, ages);
            System.out.printf(
                    "%-12s %d clients: %.1f MiB live in the heap + %.1f MiB outside; age of %,d messages p50 %.1f ms, "
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

    private static List<ProvingClient> connect(ProvingClient.Run run, int good, int deaf)
            throws IOException, InterruptedException {
        ClientSettings plain = run.settings.withEncoding(Encodings.SBE).withDeflate(false);
        ClientContext narrow = run.context.withBootstrap(
                run.context.bootstrap().clone().option(ChannelOption.SO_RCVBUF, NARROW_BYTES));
        List<ProvingClient> deafClients = new ArrayList<>();
        for (int connected = 0; connected < good + deaf; connected += CONNECTED_AT_ONCE) {
            int step = Math.min(CONNECTED_AT_ONCE, good + deaf - connected);
            CountDownLatch proved = new CountDownLatch(step);
            for (int i = connected; i < connected + step; i++) {
                boolean isDeaf = i >= good;
                ProvingClient client = new ProvingClient(
                        run, isDeaf ? plain : run.settings, isDeaf ? narrow : run.context, isDeaf, proved);
                client.client.subscribe(Channel.BOOK, StreamTerms.book(isDeaf ? 500 : 25), isDeaf ? "*" : "BTC-USD");
                client.client.start();
                if (isDeaf) {
                    deafClients.add(client);
                }
            }
            if (!proved.await(WINDOW_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("not all clients have a book after " + WINDOW_SECONDS + " s");
            }
        }
        return deafClients;
    }
}
