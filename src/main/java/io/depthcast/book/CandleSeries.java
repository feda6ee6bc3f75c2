package io.depthcast.book;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last 1,000 candles of one interval; its version is the feed's sequence number of the last change. Answers with the
 * candles that changed, oldest first; a holder of another epoch or of a newer version is told the newest candle, and
 * {@link #recent} has the history.
 */
public final class CandleSeries implements Versioned<List<Candle>> {
    static final int CAPACITY = 1_000;

    private final int instrumentId;
    private final CandleInterval interval;
    private final Bar[] bars = new Bar[CAPACITY];
    private int count;
    private int newest;

    /** Start of the next interval while the newest candle is open; in the past of every trade when there is none. */
    private long endMicros = Long.MIN_VALUE;

    private long epoch;
    private long version;

    /** A candle while it changes; reused for another one when the series is full. */
    private static final class Bar {
        long changed;
        long startMicros;
        long openTicks;
        long highTicks;
        long lowTicks;
        long closeTicks;
        long volumeLots;
        long trades;
        boolean closed;
    }

    CandleSeries(int instrumentId, CandleInterval interval) {
        this.instrumentId = instrumentId;
        this.interval = interval;
    }

    /** @param sequence larger than that of any earlier trade */
    void trade(long timeMicros, long priceTicks, long sizeLots, long sequence) {
        if (timeMicros >= endMicros) {
            close(sequence);
            open(timeMicros, priceTicks);
        } else if (bars[newest].closed) {
            // Too late for its interval, of which was said that it will not change again.
            open(endMicros, priceTicks);
        }
        Bar bar = bars[newest];
        bar.highTicks = Math.max(bar.highTicks, priceTicks);
        bar.lowTicks = Math.min(bar.lowTicks, priceTicks);
        bar.closeTicks = priceTicks;
        long volumeLots = bar.volumeLots + sizeLots;
        bar.volumeLots = volumeLots < 0 ? Long.MAX_VALUE : volumeLots;
        bar.trades++;
        bar.changed = sequence;
        version = sequence;
    }

    /**
     * Closes the newest candle if its interval is over by the clock of the instrument's source.
     *
     * @param sequence of the event that tells the time; if it is that of the last trade, the candle is closed by the next
     *     event, so that no two states have the same version
     */
    void advance(long timeMicros, long sequence) {
        if (timeMicros >= endMicros && sequence > version && count > 0 && !bars[newest].closed) {
            close(sequence);
            version = sequence;
        }
    }

    /** Forgets everything, and has that version. */
    void startFrom(long newEpoch, long newVersion) {
        epoch = newEpoch;
        version = newVersion;
        count = 0;
        endMicros = Long.MIN_VALUE;
    }

    /** Takes over another series of that interval. */
    void replace(long newEpoch, CandleHistory history) {
        startFrom(newEpoch, history.version());
        for (CandleHistory.Entry entry : history.entries()) {
            Candle candle = entry.candle();
            open(candle.startMicros(), candle.openTicks());
            Bar bar = bars[newest];
            bar.changed = entry.changed();
            bar.highTicks = candle.highTicks();
            bar.lowTicks = candle.lowTicks();
            bar.closeTicks = candle.closeTicks();
            bar.volumeLots = candle.volumeLots();
            bar.trades = candle.trades();
            bar.closed = candle.closed();
        }
    }

    CandleHistory history() {
        List<CandleHistory.Entry> entries = new ArrayList<>(count);
        for (int age = count - 1; age >= 0; age--) {
            entries.add(new CandleHistory.Entry(bar(age).changed, candle(bar(age))));
        }
        return new CandleHistory(interval, version, Collections.unmodifiableList(entries));
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public @Nullable List<Candle> since(long heldEpoch, long heldVersion) {
        boolean sameEpoch = heldEpoch == epoch;
        if (count == 0 || (sameEpoch && heldVersion == version)) {
            return null;
        }
        int changed = 1;
        if (sameEpoch && heldVersion < version) {
            while (changed < count && bar(changed).changed > heldVersion) {
                changed++;
            }
        }
        return recent(changed);
    }

    /** The newest candles, at most so many, oldest first. */
    public List<Candle> recent(int limit) {
        List<Candle> candles = new ArrayList<>(Math.min(limit, count));
        for (int age = Math.min(limit, count) - 1; age >= 0; age--) {
            candles.add(candle(bar(age)));
        }
        return Collections.unmodifiableList(candles);
    }

    private void close(long sequence) {
        if (count > 0 && !bars[newest].closed) {
            bars[newest].closed = true;
            bars[newest].changed = sequence;
        }
    }

    private void open(long timeMicros, long priceTicks) {
        newest = (newest + 1) % CAPACITY;
        count = Math.min(count + 1, CAPACITY);
        if (bars[newest] == null) {
            bars[newest] = new Bar();
        }
        Bar bar = bars[newest];
        bar.startMicros = timeMicros - Math.floorMod(timeMicros, interval.micros());
        bar.openTicks = priceTicks;
        bar.highTicks = priceTicks;
        bar.lowTicks = priceTicks;
        bar.volumeLots = 0;
        bar.trades = 0;
        bar.closed = false;
        endMicros = bar.startMicros + interval.micros();
    }

    /** @param age 0 is the newest */
    private Bar bar(int age) {
        return bars[Math.floorMod(newest - age, CAPACITY)];
    }

    private Candle candle(Bar bar) {
        return new Candle(
                instrumentId,
                interval,
                bar.startMicros,
                bar.openTicks,
                bar.highTicks,
                bar.lowTicks,
                bar.closeTicks,
                bar.volumeLots,
                bar.trades,
                bar.closed);
    }
}
