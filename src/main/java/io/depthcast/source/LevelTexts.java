package io.depthcast.source;

import io.depthcast.book.StepSize;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Refusal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The levels of one side as an object tells them, kept as decimals until its instrument and so the steps are known.
 * Reusable; one thread.
 */
final class LevelTexts {
    private static final int INITIAL_CAPACITY = 64;
    /** Bit of a scale whose digits go on. */
    private static final int TRUNCATED = 0x40;

    private final Decimal decimal = new Decimal();
    private final LevelChanges changes = new LevelChanges();
    /** Price, size, price, size. */
    private long[] mantissas = new long[2 * INITIAL_CAPACITY];

    private byte[] scales = new byte[2 * INITIAL_CAPACITY];
    private int count;
    private int rounded;

    void clear() {
        count = 0;
        rounded = 0;
    }

    int levels() {
        return count / 2;
    }

    /** The next price, or the size of the price before. */
    void add(Decimal number) {
        if (count == mantissas.length) {
            mantissas = Arrays.copyOf(mantissas, 2 * count);
            scales = Arrays.copyOf(scales, 2 * count);
        }
        mantissas[count] = number.mantissa();
        scales[count++] = (byte) (number.scale() | (number.isTruncated() ? TRUNCATED : 0));
    }

    /** Turns them into whole ticks and lots for {@link #changes}; null, or what is wrong with the first that is not. */
    @Nullable
    Refusal convert(StepSize tick, StepSize lot) {
        changes.clear();
        for (int i = 0; i < count; i += 2) {
            load(i);
            long priceTicks = decimal.ticks(tick);
            if (priceTicks == Decimal.NONE) {
                return Refusals.price(i / 2, tick);
            }
            load(i + 1);
            long sizeLots = decimal.lots(lot);
            if (sizeLots == Decimal.NONE) {
                return Refusals.size(i / 2, lot);
            }
            rounded += decimal.isFiner(lot) ? 1 : 0;
            changes.add(priceTicks, sizeLots);
        }
        return null;
    }

    private void load(int i) {
        decimal.set(mantissas[i], scales[i] & ~TRUNCATED, (scales[i] & TRUNCATED) != 0);
    }

    LevelChanges changes() {
        return changes;
    }

    /** Sizes that were finer than the lot, of the last conversion. */
    int rounded() {
        return rounded;
    }
}
