package io.depthcast.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Time from a market event to the socket write that carries it, from the gateway's own histogram, with 100 clients of
 * every channel of every instrument, or as many clients of one book as an argument says, and all else at its default. The
 * clock starts when the feed makes the batch with the flush's oldest event and stops when the last client of the loop has
 * been written to, so the wait for the flush of 20 ms is in it; the first 90 seconds, in which the compilers share the
 * core, are not. {@code mvn -q -Pbench test-compile exec:exec -Dbench.main=io.depthcast.bench.EventToWrite}, {@code
 * -Djmh.args=1300} for 1,300 clients; 150 seconds.
 */
public final class EventToWrite {
    private static final int CLIENTS = 100;
    private static final int FLUSH_MILLIS = 20;
    private static final int WARM_UP_MILLIS = 90_000;
    private static final int WINDOW_MILLIS = 60_000;
    private static final Pattern BUCKET =
            Pattern.compile("depthcast_event_to_write_seconds_bucket\\{le=\"([^\"]+)\"\\} ([0-9.E+]+)");
    private static final String ONE_BOOK =
            "{\"op\":\"subscribe\",\"channel\":\"book\",\"symbols\":[\"BTC-USD\"],\"depth\":25}";
    private static final String[] EVERYTHING = {
        "{\"op\":\"subscribe\",\"channel\":\"book\",\"symbols\":[\"*\"],\"depth\":25}",
        "{\"op\":\"subscribe\",\"channel\":\"bbo\",\"symbols\":[\"*\"]}",
        "{\"op\":\"subscribe\",\"channel\":\"trades\",\"symbols\":[\"*\"]}",
        "{\"op\":\"subscribe\",\"channel\":\"candles\",\"symbols\":[\"*\"],\"interval\":\"1s\"}"
    };

    /** How many were at most so long. */
    private record Bucket(double seconds, double count) {}

    private EventToWrite() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : CLIENTS;
        String[] subscribe = arguments.length > 0 ? new String[] {ONE_BOOK} : EVERYTHING;
        Child.stepAside();
        try (Child child = Child.gateway(FLUSH_MILLIS);
                Clients clients = Clients.ofGateway(child, subscribe)) {
            clients.connect(count);
            clients.readFor(WARM_UP_MILLIS);
            List<Bucket> before = scrape(child);
            long cpuBefore = child.cpu().toNanos();
            Clients.Count read = clients.readFor(WINDOW_MILLIS);
            double cpuMillis = (child.cpu().toNanos() - cpuBefore) / 1e6;
            List<Bucket> buckets = minus(scrape(child), before);
            for (Bucket bucket : buckets) {
                System.out.printf("le %8.4f s: %6.0f%n", bucket.seconds, bucket.count);
            }
            System.out.printf(
                    "p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms; %,d messages to %d clients in %d s, %.0f%% of a core%n",
                    1e3 * quantile(buckets, 0.5),
                    1e3 * quantile(buckets, 0.99),
                    1e3 * quantile(buckets, 0.999),
                    read.frames(),
                    count,
                    WINDOW_MILLIS / 1000,
                    100 * cpuMillis / WINDOW_MILLIS);
        }
    }

    private static List<Bucket> scrape(Child child) throws IOException, InterruptedException {
        URI metrics = URI.create("http://localhost:" + child.managementPort() + "/metrics");
        String text = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        List<Bucket> buckets = new ArrayList<>();
        Matcher matcher = BUCKET.matcher(text);
        while (matcher.find()) {
            String seconds = matcher.group(1);
            buckets.add(new Bucket(
                    seconds.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(seconds),
                    Double.parseDouble(matcher.group(2))));
        }
        return buckets;
    }

    private static List<Bucket> minus(List<Bucket> after, List<Bucket> before) {
        List<Bucket> difference = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            difference.add(new Bucket(after.get(i).seconds, after.get(i).count - before.get(i).count));
        }
        return difference;
    }

    /** Interpolated within its bucket, as Prometheus does. */
    private static double quantile(List<Bucket> buckets, double quantile) {
        double rank = quantile * buckets.get(buckets.size() - 1).count;
        Bucket below = new Bucket(0, 0);
        for (Bucket bucket : buckets) {
            if (bucket.count >= rank) {
                double share = (rank - below.count) / (bucket.count - below.count);
                return below.seconds + share * (bucket.seconds - below.seconds);
            }
            below = bucket;
        }
        return Double.POSITIVE_INFINITY;
    }
}
