package io.depthcast.loadtest.generator;

import java.util.Locale;

/** A measurement as text. */
final class Report {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

    private Report() {}

    static String progress(int second, Tally all, Tally lastSecond) {
        return String.format(
                Locale.ROOT,
                "%4d s  %,d subscribed  %,d messages/s  %.1f MB/s  age p50 %.1f p99 %.1f ms  "
                        + "%d gaps  %d bad checksums  %d lost  %d reconnects  closes %s",
                second,
                all.subscribed,
                lastSecond.messages,
                lastSecond.bytes / 1e6,
                lastSecond.sentAgeMillis(50),
                lastSecond.sentAgeMillis(99),
                all.gaps,
                all.badChecksums,
                all.lost,
                all.reconnects,
                all.closes);
    }

    static String table(LoadSettings load, Measurement measured) {
        Tally tally = measured.tally();
        StringBuilder text = new StringBuilder();
        line(
                text,
                "clients",
                "%,d subscribed, profile %s",
                tally.subscribed,
                load.subscription().profile());
        line(text, "messages", "%,.0f /s, %.1f bytes each", measured.messagesPerSecond(), measured.bytesPerMessage());
        line(text, "updates", "%,.0f /s", tally.allUpdates() / measured.seconds());
        line(text, "deflated", "%.1f %%", 100.0 * tally.deflated / Math.max(1, tally.messages));
        if (measured.cpuNanos() > 0) {
            line(text, "server CPU", "%.1f %% of a core", 100 * measured.cpuShare());
            line(text, "", "%.2f us/message", measured.cpuMicrosPerMessage());
            line(text, "", "%.3f us/update", measured.cpuMicrosPerUpdate());
            line(text, "server memory", "%.1f MB resident", measured.residentBytes() / 1e6);
        }
        for (double percentile : PERCENTILES) {
            line(
                    text,
                    "age p" + percentile,
                    "%.2f ms since sent, %.2f ms since the event",
                    tally.sentAgeMillis(percentile),
                    tally.eventAgeMillis(percentile));
        }
        line(text, "proved", "%,d updates, %,d snapshots", tally.updates, tally.snapshots);
        line(
                text,
                "faults",
                "%d gaps, %d bad checksums, %d undecodable, %d lost, %d failed, closes %s; %d times asked to come again",
                tally.gaps,
                tally.badChecksums,
                tally.undecodable,
                tally.lost,
                tally.failed,
                tally.closes,
                tally.refused);
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-14s ", name));
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    static String json(LoadSettings load, Measurement measured) {
        Tally tally = measured.tally();
        StringBuilder ages = new StringBuilder();
        for (double percentile : PERCENTILES) {
            ages.append(String.format(
                    Locale.ROOT,
                    "%s\"p%s\":{\"sentMillis\":%.3f,\"eventMillis\":%.3f}",
                    ages.isEmpty() ? "" : ",",
                    percentile,
                    tally.sentAgeMillis(percentile),
                    tally.eventAgeMillis(percentile)));
        }
        return String.format(
                Locale.ROOT,
                "{\"profile\":\"%s\",\"encoding\":\"%s\",\"deflate\":%b,\"seconds\":%.3f,\"subscribed\":%d,"
                        + "\"messages\":%d,\"bytes\":%d,\"updates\":%.0f,\"cpuNanos\":%d,\"residentBytes\":%d,"
                        + "\"provedUpdates\":%d,\"gaps\":%d,\"badChecksums\":%d,\"undecodable\":%d,\"lost\":%d,"
                        + "\"failed\":%d,\"refused\":%d,\"reconnects\":%d,\"age\":{%s}}",
                load.subscription().profile(),
                load.subscription().encoding(),
                load.subscription().deflate(),
                measured.seconds(),
                tally.subscribed,
                tally.messages,
                tally.bytes,
                tally.allUpdates(),
                measured.cpuNanos(),
                measured.residentBytes(),
                tally.updates,
                tally.gaps,
                tally.badChecksums,
                tally.undecodable,
                tally.lost,
                tally.failed,
                tally.refused,
                tally.reconnects,
                ages);
    }
}
