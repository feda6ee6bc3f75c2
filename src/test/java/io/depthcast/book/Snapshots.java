package io.depthcast.book;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Snapshots that a test makes by hand. */
public final class Snapshots {
    private Snapshots() {}

    /** Of an instrument all of whose views changed last at one version, and that was traded so often, before it came here. */
    public static InstrumentSnapshot of(
            Instrument instrument, Levels bids, Levels asks, long version, long timeMicros, long lastTradeId) {
        return new InstrumentSnapshot(
                instrument,
                bids,
                asks,
                Collections.nCopies(BookShapes.VIEWS + 1, new ViewStamp(version, timeMicros)),
                new TapeHistory(lastTradeId, lastTradeId, List.of()),
                candles(0));
    }

    private static List<CandleHistory> candles(long version) {
        return Arrays.stream(CandleInterval.values())
                .map(interval -> new CandleHistory(interval, version, List.of()))
                .toList();
    }

    /** As one event, which the views have the number of that it changed. */
    static void replace(OrderBook book, long epoch, long sequence, long timeMicros, Levels bids, Levels asks) {
        ViewStamp now = new ViewStamp(sequence, timeMicros);
        if (book.epoch() != epoch) {
            book.startFrom(epoch, sequence, Collections.nCopies(BookShapes.VIEWS + 1, now), bids, asks);
            return;
        }
        List<ViewStamp> stamps = new ArrayList<>();
        for (int view = 0; view < BookShapes.VIEWS; view++) {
            boolean same = isSame(book, BookShapes.depth(view), bids, asks);
            stamps.add(same ? book.stamps().get(view) : now);
        }
        stamps.add(isSame(book, 1, bids, asks) ? book.best().stamp() : now);
        book.repair(sequence, stamps, bids, asks);
    }

    private static boolean isSame(OrderBook book, int depth, Levels bids, Levels asks) {
        return book.bids().best(depth).equals(best(depth, bids))
                && book.asks().best(depth).equals(best(depth, asks));
    }

    private static Levels best(int depth, Levels side) {
        int count = Math.min(depth, side.count());
        long[] priceTicks = new long[count];
        long[] sizeLots = new long[count];
        for (int i = 0; i < count; i++) {
            priceTicks[i] = side.priceTicks(i);
            sizeLots[i] = side.sizeLots(i);
        }
        return new Levels(priceTicks, sizeLots);
    }
}
