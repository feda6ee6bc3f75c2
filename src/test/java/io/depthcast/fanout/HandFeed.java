package io.depthcast.fanout;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.Snapshots;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.Listing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A feed whose every row a test makes. Opens, with row 1, with ten levels of ten lots a side from 999 and 1,000. */
final class HandFeed {
    private static final int SOURCE = 0;
    private static final int OPENING_LEVELS = 10;
    private static final int MICROS_PER_EVENT = 1_000;
    private static final StepSize ONE = StepSize.parse("1");

    private final long epoch;
    private final Books books = new Books(0, 1);
    private final Map<Integer, Long> lastTradeIds = new HashMap<>();
    private EventBatch.Builder batch;

    HandFeed(long epoch, int instruments) {
        this.epoch = epoch;
        List<FeedSnapshot.Book> opening = new ArrayList<>();
        for (int id = 1; id <= instruments; id++) {
            Instrument instrument = new Instrument(id, "S" + id, ONE, ONE);
            opening.add(new FeedSnapshot.Book(
                    new Listing(instrument, SOURCE, InstrumentStatus.OPEN),
                    Snapshots.of(instrument, opening(999, -1), opening(1_000, 1), 1, epoch, 0)));
        }
        books.replace(new FeedSnapshot(epoch, 1, 1, opening));
        batch = new EventBatch.Builder(epoch, 2);
    }

    private static Levels opening(long bestTicks, int direction) {
        return new Levels(
                LongStream.range(0, OPENING_LEVELS)
                        .map(i -> bestTicks + direction * i)
                        .toArray(),
                LongStream.range(0, OPENING_LEVELS).map(i -> 10).toArray());
    }

    HandFeed bid(int id, long priceTicks, long sizeLots) {
        batch.level(id, Side.BID, priceTicks, sizeLots, timeMicros());
        return this;
    }

    HandFeed ask(int id, long priceTicks, long sizeLots) {
        batch.level(id, Side.ASK, priceTicks, sizeLots, timeMicros());
        return this;
    }

    HandFeed trade(int id, long priceTicks) {
        batch.trade(id, Side.BID, priceTicks, 1, lastTradeIds.merge(id, 1L, Long::sum), timeMicros());
        return this;
    }

    /** The clock of the source of all instruments. */
    HandFeed time() {
        batch.time(SOURCE, timeMicros());
        return this;
    }

    HandFeed define(int id, String tickSize) {
        Instrument instrument = new Instrument(id, "S" + id, StepSize.parse(tickSize), ONE);
        Listing listing = new Listing(instrument, SOURCE, InstrumentStatus.OPEN);
        batch.define(listing, lastTradeIds.getOrDefault(id, 0L), timeMicros());
        return this;
    }

    HandFeed status(int id, InstrumentStatus status) {
        batch.status(id, status, timeMicros());
        return this;
    }

    HandFeed remove(int id) {
        batch.remove(id, timeMicros());
        return this;
    }

    /** The rows since the last call. */
    EventBatch take() {
        EventBatch taken = batch.build(timeMicros(), 1);
        books.apply(taken);
        batch = new EventBatch.Builder(epoch, taken.lastSequence() + 1);
        return taken;
    }

    FeedSnapshot snapshot() {
        return books.snapshot();
    }

    private long timeMicros() {
        return epoch + batch.nextSequence() * MICROS_PER_EVENT;
    }
}
