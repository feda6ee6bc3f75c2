package io.depthcast.feed;

import io.depthcast.book.Candle;
import io.depthcast.book.CandleInterval;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.Trade;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** An instrument without any cleverness: what its source told since it was listed in these steps, as plain collections. */
public final class NaiveListing {
    final SortedMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    final SortedMap<Long, Long> asks = new TreeMap<>();
    final List<Trade> trades = new ArrayList<>();
    public final Instrument instrument;
    final NaiveSource source;
    InstrumentStatus declared;
    boolean stale;
    boolean whole;

    NaiveListing(Instrument instrument, NaiveSource source, InstrumentStatus declared) {
        this.instrument = instrument;
        this.source = source;
        this.declared = declared;
    }

    public InstrumentStatus status() {
        return stale ? InstrumentStatus.STALE : declared;
    }

    void apply(SortedMap<Long, Long> side, LevelChanges changes) {
        for (int i = 0; i < changes.count(); i++) {
            if (changes.sizeLots(i) == 0) {
                side.remove(changes.priceTicks(i));
            } else {
                side.put(changes.priceTicks(i), changes.sizeLots(i));
            }
        }
    }

    public Levels levels(Side side) {
        SortedMap<Long, Long> levels = side == Side.BID ? bids : asks;
        return new Levels(
                levels.keySet().stream().mapToLong(Long::longValue).toArray(),
                levels.values().stream().mapToLong(Long::longValue).toArray());
    }

    public List<Trade> newest(int count) {
        return trades.subList(Math.max(0, trades.size() - count), trades.size());
    }

    /** All of them, from all trades. */
    public List<Candle> candles(CandleInterval interval) {
        TreeMap<Long, List<Trade>> buckets = new TreeMap<>();
        for (Trade trade : trades) {
            buckets.computeIfAbsent(trade.timeMicros() / interval.micros(), none -> new ArrayList<>())
                    .add(trade);
        }
        List<Candle> candles = new ArrayList<>();
        buckets.forEach((bucket, inside) -> candles.add(new Candle(
                instrument.id(),
                interval,
                bucket * interval.micros(),
                inside.get(0).priceTicks(),
                inside.stream().mapToLong(Trade::priceTicks).max().orElseThrow(),
                inside.stream().mapToLong(Trade::priceTicks).min().orElseThrow(),
                inside.get(inside.size() - 1).priceTicks(),
                inside.stream().mapToLong(Trade::sizeLots).sum(),
                inside.size(),
                (bucket + 1) * interval.micros() <= source.toldSecondMicros || bucket < buckets.lastKey())));
        return candles;
    }
}
