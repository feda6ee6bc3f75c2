package io.depthcast.bench;

import java.net.http.WebSocket;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Time from the write of a publisher to the read of a client, a trade a millisecond, each of them timed; flushes of 1 ms, so
 * that the wait for the flush is next to nothing: up to 1 ms for the poll and up to 1 ms for the flush are in it. Both ends are
 * in this process, so their own time is in it. Beside it, in the same seconds, pings of the publisher, which the gateway's feed
 * loop answers at once: what wires, threads and whoever else uses the machine take, without the way of a price. {@code mvn -q
 * -Pbench test-compile exec:exec -Dbench.main=io.depthcast.bench.PublishToSocket}; 40 seconds.
 */
public final class PublishToSocket {
    private static final int FLUSH_MILLIS = 1;
    private static final int EVENTS_PER_SECOND = 1_000;
    private static final int WARM_EVENTS = 20_000;
    private static final int EVENTS = 20_000;
    private static final int PATIENCE_SECONDS = 10;
    private static final int EVENTS_PER_PING = 10;
    private static final Pattern VENUE_ID = Pattern.compile("\"venueId\":\"(\\d+)\"");

    private PublishToSocket() {}

    public static void main(String[] arguments) throws Exception {
        Child.stepAside();
        int port = PublishWire.freePort();
        long[] sentNanos = new long[WARM_EVENTS + EVENTS];
        Ages ages = new Ages();
        Ages pings = new Ages();
        try (Child child = Child.gateway(FLUSH_MILLIS, "feed.kind=none", "ingest.port=" + port)) {
            WebSocket publisher = PublishWire.publisher(port, sent -> answered(sent, pings));
            PublishWire.define(publisher);
            WebSocket client = PublishWire.client(child.port(), text -> heard(text, sentNanos, ages));
            PublishWire.say(client, "{\"op\":\"subscribe\",\"channel\":\"trades\",\"symbols\":[\"ACME\"]}");
            TimeUnit.SECONDS.sleep(1);
            publish(publisher, sentNanos);
            long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (total(ages) < EVENTS && System.nanoTime() < untilNanos) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            print("trades at " + EVENTS_PER_SECOND + "/s", ages);
            print("pings", pings);
        }
        System.exit(0);
    }

    private static void print(String name, Ages ages) {
        synchronized (ages) {
            System.out.printf(
                    "%,d %s: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms%n",
                    ages.total(),
                    name,
                    ages.quantileMillis(0.5),
                    ages.quantileMillis(0.99),
                    ages.quantileMillis(0.999));
        }
    }

    private static long total(Ages ages) {
        synchronized (ages) {
            return ages.total();
        }
    }

    private static void publish(WebSocket publisher, long[] sentNanos) {
        long beganNanos = System.nanoTime();
        for (int i = 0; i < sentNanos.length; i++) {
            long dueNanos = beganNanos + TimeUnit.SECONDS.toNanos(i) / EVENTS_PER_SECOND;
            while (System.nanoTime() < dueNanos) {
                Thread.onSpinWait();
            }
            if (i >= WARM_EVENTS && i % EVENTS_PER_PING == 0) {
                PublishWire.ping(publisher, System.nanoTime());
            }
            sentNanos[i] = System.nanoTime();
            PublishWire.say(
                    publisher,
                    "{\"op\":\"trade\",\"symbol\":\"ACME\",\"price\":\"10.00\",\"size\":\"1\",\"side\":\"buy\",\"id\":\""
                            + i + "\"}");
        }
    }

    private static void answered(long sentNanos, Ages pings) {
        long nowNanos = System.nanoTime();
        synchronized (pings) {
            pings.add(TimeUnit.NANOSECONDS.toMicros(nowNanos - sentNanos));
        }
    }

    private static void heard(String text, long[] sentNanos, Ages ages) {
        long nowNanos = System.nanoTime();
        Matcher ids = VENUE_ID.matcher(text);
        synchronized (ages) {
            while (ids.find()) {
                int id = Integer.parseInt(ids.group(1));
                if (id >= WARM_EVENTS) {
                    ages.add(TimeUnit.NANOSECONDS.toMicros(nowNanos - sentNanos[id]));
                }
            }
        }
    }
}
