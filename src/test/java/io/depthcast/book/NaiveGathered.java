package io.depthcast.book;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/** All levels of a book, gathered anew whenever somebody asks. */
final class NaiveGathered {
    private final SortedMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final SortedMap<Long, Long> asks = new TreeMap<>();

    /** As a book is now. */
    NaiveGathered(InstrumentState state) {
        this(state.levels(Side.BID), state.levels(Side.ASK));
    }

    NaiveGathered(Levels wholeBids, Levels wholeAsks) {
        fill(Side.BID, wholeBids);
        fill(Side.ASK, wholeAsks);
    }

    private void fill(Side side, Levels levels) {
        for (int i = 0; i < levels.count(); i++) {
            apply(side, levels.priceTicks(i), levels.sizeLots(i));
        }
    }

    void apply(Side side, long priceTicks, long sizeLots) {
        if (sizeLots == 0) {
            side(side).remove(priceTicks);
        } else {
            side(side).put(priceTicks, sizeLots);
        }
    }

    private SortedMap<Long, Long> side(Side side) {
        return side == Side.BID ? bids : asks;
    }

    /** Rounded as a person would. */
    static long gathered(Side side, long priceTicks, int group) {
        return BigDecimal.valueOf(priceTicks)
                        .divide(
                                BigDecimal.valueOf(group),
                                0,
                                side == Side.BID ? RoundingMode.FLOOR : RoundingMode.CEILING)
                        .longValueExact()
                * group;
    }

    Levels gathered(Side side, int group) {
        SortedMap<Long, BigInteger> sums = new TreeMap<>(side(side).comparator());
        side(side)
                .forEach((price, size) ->
                        sums.merge(gathered(side, price, group), BigInteger.valueOf(size), BigInteger::add));
        SortedMap<Long, Long> sizes = new TreeMap<>(side(side).comparator());
        sums.forEach((price, sum) ->
                sizes.put(price, sum.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact()));
        return NaiveSide.levels(sizes);
    }

    /** 0 if there is nothing. */
    long sumAt(Side side, long gatheredTicks, int group) {
        return side(side).entrySet().stream()
                .filter(level -> gathered(side, level.getKey(), group) == gatheredTicks)
                .mapToLong(level -> level.getValue())
                .sum();
    }
}
