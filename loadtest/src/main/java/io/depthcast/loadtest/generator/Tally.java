package io.depthcast.loadtest.generator;

import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What the clients saw so far. Owned by the event loop; copies belong to whoever asked. */
public final class Tally {
    private static final long HIGHEST_MICROS = 600_000_000;
    private static final int DIGITS = 3;

    int opening;
    int open;
    int subscribed;
    /** Clients that have ever been subscribed. */
    long arrived;
    /** Connections that never got as far as a subscription. */
    long failed;
    /** Times that the server asked somebody to come again later. */
    long refused;
    /** Ended by the server or by an error, not by us. */
    long lost;
    /** Data messages, their bytes on the wire with WebSocket headers, and how many of them were compressed. */
    long messages;

    long bytes;
    long deflated;
    /** Of the proved clients: data messages, updates in them, snapshots among these. */
    long provedMessages;

    long updates;
    long snapshots;
    long gaps;
    long badChecksums;
    long undecodable;
    long reconnects;
    /** Closes by code; 1006 without one. */
    final TreeMap<Integer, Long> closes = new TreeMap<>();
    /** Microseconds since the server made the message, and since the newest event in it. */
    Histogram sentAge = new Histogram(HIGHEST_MICROS, DIGITS);

    Histogram eventAge = new Histogram(HIGHEST_MICROS, DIGITS);

    void closed(int code) {
        closes.merge(code, 1L, Long::sum);
    }

    void age(Histogram histogram, long micros, long expectedIntervalMicros) {
        long bounded = Math.max(0, Math.min(micros, HIGHEST_MICROS));
        histogram.recordValueWithExpectedInterval(bounded, expectedIntervalMicros);
    }

    Tally copy() {
        Tally copy = new Tally();
        copy.add(this, 1);
        copy.opening = opening;
        copy.open = open;
        copy.subscribed = subscribed;
        copy.sentAge = sentAge.copy();
        copy.eventAge = eventAge.copy();
        return copy;
    }

    /** What happened since an earlier copy; how many are open is what holds now. */
    public Tally since(Tally before) {
        Tally difference = copy();
        difference.add(before, -1);
        difference.sentAge.subtract(before.sentAge);
        difference.eventAge.subtract(before.eventAge);
        return difference;
    }

    private void add(Tally other, int sign) {
        arrived += sign * other.arrived;
        failed += sign * other.failed;
        refused += sign * other.refused;
        lost += sign * other.lost;
        messages += sign * other.messages;
        bytes += sign * other.bytes;
        deflated += sign * other.deflated;
        provedMessages += sign * other.provedMessages;
        updates += sign * other.updates;
        snapshots += sign * other.snapshots;
        gaps += sign * other.gaps;
        badChecksums += sign * other.badChecksums;
        undecodable += sign * other.undecodable;
        reconnects += sign * other.reconnects;
        other.closes.forEach((code, count) -> closes.merge(code, sign * count, Long::sum));
    }

    public int subscribed() {
        return subscribed;
    }

    /** How many clients have got through or failed. */
    public long settled() {
        return arrived + failed;
    }

    public long messages() {
        return messages;
    }

    public long bytes() {
        return bytes;
    }

    /** Updates of all clients, from the proportion that the proved ones had. */
    public double allUpdates() {
        return provedMessages == 0 ? 0 : (double) updates / provedMessages * messages;
    }

    /** Gaps, wrong checksums, messages that could not be read, connections that failed or were lost. */
    public long faults() {
        return gaps + badChecksums + undecodable + failed + lost;
    }

    /** One line for people. */
    public String summary() {
        return "%,d subscribed, %,d messages, %,d bytes, %d faults, closed by the server %s"
                .formatted(subscribed, messages, bytes, faults(), closes);
    }

    /** Milliseconds since the server made the message at this percentile. */
    public double sentAgeMillis(double percentile) {
        return sentAge.getValueAtPercentile(percentile) / 1_000.0;
    }

    /** Milliseconds since the newest event of the message at this percentile. */
    public double eventAgeMillis(double percentile) {
        return eventAge.getValueAtPercentile(percentile) / 1_000.0;
    }
}
