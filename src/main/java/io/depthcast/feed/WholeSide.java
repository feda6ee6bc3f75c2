package io.depthcast.feed;

import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A whole side of a book as a source tells it, put in order. Stateless. */
final class WholeSide {
    private WholeSide() {}

    /** Best first, without the sizes of 0; null if a price is named twice. */
    static @Nullable Levels of(Side side, LevelChanges told) {
        int[] order = IntStream.range(0, told.count())
                .filter(i -> told.sizeLots(i) != 0)
                .toArray();
        if (!isSorted(side, told, order)) {
            order = IntStream.of(order)
                    .boxed()
                    .sorted((a, b) -> compare(side, told.priceTicks(a), told.priceTicks(b)))
                    .mapToInt(Integer::intValue)
                    .toArray();
            if (!isSorted(side, told, order)) {
                return null;
            }
        }
        return new Levels(
                IntStream.of(order).mapToLong(told::priceTicks).toArray(),
                IntStream.of(order).mapToLong(told::sizeLots).toArray());
    }

    /** Strictly, best first. */
    private static boolean isSorted(Side side, LevelChanges told, int[] order) {
        for (int i = 1; i < order.length; i++) {
            if (compare(side, told.priceTicks(order[i - 1]), told.priceTicks(order[i])) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static int compare(Side side, long a, long b) {
        return side == Side.BID ? Long.compare(b, a) : Long.compare(a, b);
    }

    /** Prices of the former side that the new one has not. */
    static long[] pricesNotIn(Levels levels, Levels former, Side side) {
        long[] gone = new long[former.count()];
        int count = 0;
        int next = 0;
        for (int i = 0; i < former.count(); i++) {
            long priceTicks = former.priceTicks(i);
            while (next < levels.count() && compare(side, levels.priceTicks(next), priceTicks) < 0) {
                next++;
            }
            if (next == levels.count() || levels.priceTicks(next) != priceTicks) {
                gone[count++] = priceTicks;
            }
        }
        return Arrays.copyOf(gone, count);
    }
}
