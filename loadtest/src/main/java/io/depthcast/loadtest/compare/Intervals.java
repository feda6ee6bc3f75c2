package io.depthcast.loadtest.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The interval between two flushes, watched for some time. */
final class Intervals {
    /** A loop judges its interval once a second at most. */
    private static final int EVERY_MILLIS = 250;

    private record Seen(long nanos, double millis) {}

    private final List<Seen> all = new ArrayList<>();

    /** Where the interval is asked for. */
    interface Source {
        double millis() throws IOException, InterruptedException;
    }

    void watch(Source source, BooleanSupplier enough) throws IOException, InterruptedException {
        while (!enough.getAsBoolean()) {
            double millis = source.millis();
            all.add(new Seen(System.nanoTime(), millis));
            TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
        }
    }

    int changes() {
        int changes = 0;
        for (int i = 1; i < all.size(); i++) {
            changes += all.get(i).millis == all.get(i - 1).millis ? 0 : 1;
        }
        return changes;
    }

    double longestMillis() {
        return all.stream().mapToDouble(Seen::millis).max().orElse(0);
    }

    /** Seconds from a time to when the interval was no longer than usual for good; infinite where it is still. */
    double backAfterSeconds(long nanos, double usualMillis) {
        long back = nanos;
        boolean stretched = false;
        for (Seen seen : all) {
            if (stretched && seen.millis <= usualMillis) {
                back = seen.nanos;
            }
            stretched = seen.millis > usualMillis;
        }
        return stretched ? Double.POSITIVE_INFINITY : Math.max(0, back - nanos) / 1e9;
    }

    /** Such as {@code 20 ms 96 %, 25 ms 4 %}. */
    String shares() {
        Map<Double, Integer> counts = new TreeMap<>();
        all.forEach(seen -> counts.merge(seen.millis, 1, Integer::sum));
        List<String> shares = new ArrayList<>();
        counts.forEach((millis, count) ->
                shares.add(String.format(Locale.ROOT, "%.4g ms %.0f %%", millis, 100.0 * count / all.size())));
        return String.join(", ", shares);
    }
}
