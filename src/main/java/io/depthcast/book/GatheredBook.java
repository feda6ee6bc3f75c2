package io.depthcast.book;

import java.util.Collections;

/**
 * The book of an instrument with its prices gathered to multiples of some ticks: those of the bids rounded down and those of the
 * asks up, so that no size is shown at a better price than it has. It follows the whole book, however deep, level by level,
 * and is an order book itself, with versions of its own: the numbers of the events that changed it.
 */
final class GatheredBook {
    /** Two sizes below this can be added. */
    private static final long LARGE = 1L << 62;

    private final OrderBook whole;
    private final OrderBook book;
    private final int group;

    /** As the whole book is now. No version before this one is known, because nobody noted what changed. */
    GatheredBook(OrderBook whole, int group) {
        this.whole = whole;
        this.group = group;
        book = new OrderBook(whole.instrumentId(), group, true);
        startFrom();
    }

    int group() {
        return group;
    }

    OrderBook book() {
        return book;
    }

    /** The whole book has started anew. */
    void startFrom() {
        var stamps = Collections.nCopies(BookShapes.VIEWS + 1, whole.stamp());
        book.startFrom(whole.epoch(), whole.sequence(), stamps, gathered(whole.bids()), gathered(whole.asks()));
    }

    /** The whole book was repaired after a gap: what the holders of other versions in between saw, nobody here knows. */
    void repaired() {
        var stamps = Collections.nCopies(BookShapes.VIEWS + 1, whole.stamp());
        book.repair(whole.sequence(), stamps, gathered(whole.bids()), gathered(whole.asks()));
    }

    /** A level of the whole book went from one size to another at its newest event. */
    void changed(Side side, long priceTicks, long fromLots, long toLots, long timeMicros) {
        BookSide levels = whole.side(side);
        long gatheredTicks = levels.gatheredTicks(priceTicks, group);
        long heldLots = book.side(side).sizeAt(gatheredTicks);
        // What was held is exact unless it is large, and then the sum of two may not fit.
        long sumLots =
                (heldLots | toLots) < LARGE ? heldLots - fromLots + toLots : levels.sumLots(gatheredTicks, group);
        var unused = book.apply(side, gatheredTicks, sumLots, whole.sequence(), timeMicros);
    }

    private Levels gathered(BookSide side) {
        LevelsBuilder levels = new LevelsBuilder();
        int rank = 0;
        while (rank < side.count()) {
            long gatheredTicks = side.gatheredTicks(side.priceTicks(rank), group);
            long sumLots = 0;
            while (rank < side.count() && side.gatheredTicks(side.priceTicks(rank), group) == gatheredTicks) {
                sumLots = BookSide.sum(sumLots, side.sizeLots(rank++));
            }
            levels.add(gatheredTicks, sumLots);
        }
        return levels.build(0);
    }
}
