package io.depthcast.bench;

import io.depthcast.client.StreamTerms;
import io.depthcast.wire.Channel;
import java.net.http.WebSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What clients of other books notice when a publisher tells 1,226 level changes and 644 trades at once, the largest burst of
 * 10 ms in a recording of a futures exchange, again and again: the ages of their books, without and with, in turns of one run.
 * {@code mvn -q -Pbench test-compile exec:exec -Dbench.main=io.depthcast.bench.PublishedBursts}; two minutes.
 */
public final class PublishedBursts {
    private static final int CLIENTS = 100;
    private static final int FLUSH_MILLIS = 20;
    private static final int LEVELS = 1_226;
    private static final int TRADES = 644;
    private static final int LEVELS_PER_OBJECT = 20;
    private static final int BURST_MILLIS = 500;
    private static final int WARM_SECONDS = 20;
    private static final int TURN_SECONDS = 10;
    private static final int TURNS = 5;
    private static final int DEPTH = 25;

    private PublishedBursts() {}

    public static void main(String[] arguments) throws Exception {
        Child.stepAside();
        int port = PublishWire.freePort();
        try (Child child = Child.gateway(FLUSH_MILLIS, "ingest.port=" + port);
                ProvingClient.Run run = new ProvingClient.Run(child)) {
            connect(run);
            WebSocket publisher = PublishWire.publisher(port);
            PublishWire.define(publisher);
            pass(publisher, true, WARM_SECONDS);
            Ages calm = new Ages();
            Ages bursts = new Ages();
            for (int turn = 0; turn < TURNS; turn++) {
                take(run, calm);
                pass(publisher, false, TURN_SECONDS);
                take(run, bursts);
                pass(publisher, true, TURN_SECONDS);
            }
            print("calm", calm);
            print("bursts", bursts);
            System.out.printf(
                    "bursts / calm: p50 %.3f, p99 %.3f; %d doubts, %d connections ended%n",
                    bursts.quantileMillis(0.5) / calm.quantileMillis(0.5),
                    bursts.quantileMillis(0.99) / calm.quantileMillis(0.99),
                    run.doubts,
                    run.disconnections);
        }
        System.exit(0);
    }

    private static void take(ProvingClient.Run run, Ages ages) throws InterruptedException {
        run.loops.submit(() -> run.ages = ages).sync();
    }

    private static void print(String name, Ages ages) {
        System.out.printf(
                "%-8s age of %,d books of others: p50 %.1f ms, p99 %.1f ms%n",
                name, ages.total(), ages.quantileMillis(0.5), ages.quantileMillis(0.99));
    }

    private static void connect(ProvingClient.Run run) throws InterruptedException {
        CountDownLatch proved = new CountDownLatch(CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            ProvingClient client = new ProvingClient(run, run.settings, run.context, false, proved);
            client.client.subscribe(Channel.BOOK, StreamTerms.book(DEPTH), "BTC-USD");
            client.client.start();
        }
        if (!proved.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not all clients have a book");
        }
    }

    private static void pass(WebSocket publisher, boolean bursts, int seconds) throws InterruptedException {
        for (int i = 0; i < seconds * 1_000 / BURST_MILLIS; i++) {
            if (bursts) {
                burst(publisher, i);
            } else {
                PublishWire.say(publisher, "{\"op\":\"heartbeat\"}");
            }
            TimeUnit.MILLISECONDS.sleep(BURST_MILLIS);
        }
    }

    private static void burst(WebSocket publisher, int number) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < LEVELS; i++) {
            boolean first = i % LEVELS_PER_OBJECT == 0;
            boolean last = (i + 1) % LEVELS_PER_OBJECT == 0 || i + 1 == LEVELS;
            text.append(first ? (i == 0 ? "" : ",") + "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[" : ",")
                    .append("[\"")
                    .append(100 + i)
                    .append(".00\",\"")
                    .append(1 + (number + i) % 9)
                    .append("\"]")
                    .append(last ? "]}" : "");
        }
        for (int i = 0; i < TRADES; i++) {
            text.append(",{\"op\":\"trade\",\"symbol\":\"ACME\",\"price\":\"10.00\",\"size\":\"1\",\"side\":\"buy\"}");
        }
        PublishWire.say(publisher, text.append(']').toString());
    }
}
