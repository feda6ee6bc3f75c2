package io.depthcast.loadtest.compare;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a gateway says of itself at one time, in Prometheus' text. */
record Metrics(String text) {
    private static final Pattern BUCKET = Pattern.compile("_bucket\\{le=\"([^\"]+)\"} (\\S+)");

    /** How many were at most so long. */
    private record Bucket(double seconds, double count) {}

    static Metrics of(HttpClient client, int managementPort) throws IOException, InterruptedException {
        URI metrics = URI.create("http://127.0.0.1:" + managementPort + "/metrics");
        HttpRequest request = HttpRequest.newBuilder(metrics).build();
        return new Metrics(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private List<String> lines(String name) {
        return text.lines().filter(line -> line.startsWith(name)).toList();
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    /** Of all that have this name, whatever their labels. */
    double sum(String name) {
        return lines(name).stream().mapToDouble(Metrics::value).sum();
    }

    /** The same; 0 where there is none. */
    double max(String name) {
        return lines(name).stream().mapToDouble(Metrics::value).max().orElse(0);
    }

    private List<Bucket> buckets(String histogram) {
        List<Bucket> buckets = new ArrayList<>();
        for (String line : lines(histogram + "_bucket")) {
            Matcher matcher = BUCKET.matcher(line);
            if (matcher.find()) {
                String seconds = matcher.group(1);
                buckets.add(new Bucket(
                        seconds.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(seconds),
                        Double.parseDouble(matcher.group(2))));
            }
        }
        return buckets;
    }

    /** In milliseconds, of what a histogram has had since; interpolated within its bucket, as Prometheus does. */
    double quantileMillis(String histogram, Metrics before, double quantile) {
        List<Bucket> then = before.buckets(histogram);
        List<Bucket> now = buckets(histogram);
        double rank = quantile * since(now, then, now.size() - 1);
        double below = 0;
        double belowSeconds = 0;
        for (int i = 0; i < now.size(); i++) {
            double count = since(now, then, i);
            if (count >= rank) {
                double share = (rank - below) / (count - below);
                return 1e3 * (belowSeconds + share * (now.get(i).seconds - belowSeconds));
            }
            below = count;
            belowSeconds = now.get(i).seconds;
        }
        return Double.POSITIVE_INFINITY;
    }

    private static double since(List<Bucket> now, List<Bucket> then, int i) {
        return now.get(i).count - (then.isEmpty() ? 0 : then.get(i).count);
    }
}
