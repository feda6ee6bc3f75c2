package io.depthcast.wire;

import io.depthcast.book.BookUpdate;
import io.depthcast.book.Instrument;
import io.depthcast.book.Levels;
import io.depthcast.book.StepSize;
import java.util.SplittableRandom;

/** Deltas of one book, 20 levels each, one in seven of them gone; made beforehand, and then the same ones in turn. */
final class RandomDeltas {
    static final long MICROS = 1_795_363_200_000_000L;
    static final Instrument INSTRUMENT = new Instrument(1, "BTC-USD", StepSize.parse("0.1"), StepSize.parse("0.0001"));

    private static final int UPDATES = 1024;
    private static final int LEVELS_A_SIDE = 10;

    private final SplittableRandom random = new SplittableRandom(1);
    private final BookUpdate[] updates = new BookUpdate[UPDATES];
    private int next;

    RandomDeltas() {
        for (int i = 0; i < UPDATES; i++) {
            updates[i] = new BookUpdate(
                    1,
                    25,
                    MICROS,
                    1_000_000L + i,
                    1_000_001L + i,
                    MICROS + 20_000L * i,
                    random.nextInt(),
                    levels(640_000, -1),
                    levels(640_001, 1));
        }
    }

    BookUpdate next() {
        return updates[next++ % UPDATES];
    }

    private Levels levels(long bestTicks, long direction) {
        long[] priceTicks = new long[LEVELS_A_SIDE];
        long[] sizeLots = new long[LEVELS_A_SIDE];
        long price = bestTicks;
        for (int i = 0; i < LEVELS_A_SIDE; i++) {
            price += direction * random.nextInt(1, 5);
            priceTicks[i] = price;
            sizeLots[i] = random.nextInt(7) == 0 ? 0 : random.nextInt(1, 50_000);
        }
        return new Levels(priceTicks, sizeLots, bestTicks);
    }
}
