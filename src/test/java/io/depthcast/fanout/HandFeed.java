package io.depthcast.fanout;

import io.depthcast.book.Instrument;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A feed whose every event a test makes. Opens, with event 1, with ten levels of ten lots a side from 999 and 1,000. */
final class HandFeed {
    private static final int OPENING_LEVELS = 10;
    private static final int MICROS_PER_EVENT = 1_000;

    private final long epoch;
    private final List<Market> markets = new ArrayList<>();
    private EventBatch.Builder batch;
    private long sequence = 1;

    private static final class Market {
        final Instrument instrument;
        final SortedMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
        final SortedMap<Long, Long> asks = new TreeMap<>();
        long lastTradeId;

        Market(int id) {
            instrument = new Instrument(id, "S" + id, StepSize.parse("1"), StepSize.parse("1"));
            for (long i = 0; i < OPENING_LEVELS; i++) {
                bids.put(999 - i, 10L);
                asks.put(1_000 + i, 10L);
            }
        }
    }

    HandFeed(long epoch, int instruments) {
        this.epoch = epoch;
        for (int id = 1; id <= instruments; id++) {
            markets.add(new Market(id));
        }
        batch = new EventBatch.Builder(epoch, sequence + 1);
    }

    HandFeed bid(int id, long priceTicks, long sizeLots) {
        return level(id, Side.BID, priceTicks, sizeLots);
    }

    HandFeed ask(int id, long priceTicks, long sizeLots) {
        return level(id, Side.ASK, priceTicks, sizeLots);
    }

    HandFeed trade(int id, long priceTicks) {
        sequence++;
        batch.trade(id, Side.BID, priceTicks, 1, ++markets.get(id - 1).lastTradeId, timeMicros());
        return this;
    }

    /** The events since the last call. */
    EventBatch take() {
        EventBatch taken = batch.build(1);
        batch = new EventBatch.Builder(epoch, sequence + 1);
        return taken;
    }

    FeedSnapshot snapshot() {
        List<FeedSnapshot.Book> books = new ArrayList<>();
        for (Market market : markets) {
            books.add(new FeedSnapshot.Book(
                    market.instrument, levels(market.bids), levels(market.asks), market.lastTradeId));
        }
        return new FeedSnapshot(epoch, sequence, timeMicros(), books);
    }

    private HandFeed level(int id, Side side, long priceTicks, long sizeLots) {
        sequence++;
        Market market = markets.get(id - 1);
        SortedMap<Long, Long> levels = side == Side.BID ? market.bids : market.asks;
        if (sizeLots == 0) {
            levels.remove(priceTicks);
        } else {
            levels.put(priceTicks, sizeLots);
        }
        batch.level(id, side, priceTicks, sizeLots, timeMicros());
        return this;
    }

    private long timeMicros() {
        return epoch + sequence * MICROS_PER_EVENT;
    }

    private static Levels levels(SortedMap<Long, Long> side) {
        long[] prices = side.keySet().stream().mapToLong(Long::longValue).toArray();
        long[] sizes = side.values().stream().mapToLong(Long::longValue).toArray();
        return new Levels(prices, sizes);
    }
}
