package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fast book against the naive one, under random events; a failure names the seed, depth and version. */
class OrderBookRandomTest {
    private static final long EPOCH = 1_795_363_200_000_000L;
    private static final int[] DEPTHS = {10, 25, 100, 500};

    @ParameterizedTest(name = "seed {0}, {1} events on {2} prices a side, {3} % removals")
    @CsvSource({
        "1, 1200, 8, 50",
        "2, 1200, 16, 40",
        "3, 1200, 16, 60",
        "4, 1200, 30, 35",
        "5, 1000, 60, 40",
        "6, 1000, 150, 20",
        "7, 800, 20, 45",
        "8, 1500, 40, 50",
        "9, 1200, 12, 30"
    })
    void shouldAnswerFromEveryVersionLikeTheNaiveBook(long seed, int events, int prices, int removals) {
        RandomBook random = new RandomBook(seed, prices, removals);
        for (int i = 1; i <= events; i++) {
            random.step();
            assertThat(random.fast.depth(10).since(0, 0))
                    .as("seed %d, event %d", seed, i)
                    .isEqualTo(random.naive.since(10, 0));
            if (i % 400 == 0) {
                shouldAnswerExactly(random, 1, "seed " + seed);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}, {1} events on {2} prices a side")
    @CsvSource({"11, 900, 540", "12, 900, 700", "13, 900, 502"})
    void shouldAnswerFromEveryVersionOfABookDeeperThanEveryView(long seed, int events, int prices) {
        RandomBook random = new RandomBook(seed, prices, 30);
        random.replaceInAnotherEpoch(EPOCH + 1, prices);
        for (int i = 1; i <= events; i++) {
            random.step();
        }
        shouldAnswerExactly(random, 4, "seed " + seed);
    }

    @ParameterizedTest(name = "seed {0}, {1} events on {2} prices a side")
    @CsvSource({"21, 1000, 20", "22, 1000, 40", "23, 600, 120", "24, 300, 520"})
    void shouldAnswerARepairedGapAsOneEvent(long seed, int events, int prices) {
        RandomBook random = new RandomBook(seed, prices, 30);
        random.replaceInAnotherEpoch(EPOCH + 1, prices * 3 / 4);
        for (int i = 1; i <= events; i++) {
            random.step();
            if (i == events / 2) {
                random.repairGap();
                shouldAnswerExactly(random, 1, "seed " + seed + " after the repair");
            }
        }
        shouldAnswerExactly(random, 1, "seed " + seed);
    }

    @ParameterizedTest(name = "seed {0}, {1} events on {2} prices a side, every {3}th drives the price up")
    @CsvSource({"31, 3000, 24, 1000000", "32, 3000, 300, 6", "33, 3000, 40, 3", "34, 3000, 24, 25"})
    void shouldStayExactWhenTombstonesAreMergedAndForgotten(long seed, int events, int prices, int driftEvery) {
        RandomBook random = new RandomBook(seed, prices, 50);
        for (int i = 1; i <= events; i++) {
            if (i % driftEvery == 0) {
                random.driveUp();
            }
            random.step();
        }
        for (int depth : new int[] {10, 25, 100}) {
            for (long held = 1; held < random.naive.view(depth).version; held++) {
                shouldLeadToNow(random, depth, held, "seed " + seed + ", depth " + depth + ", version " + held);
            }
        }
    }

    private static void shouldAnswerExactly(RandomBook random, int step, String context) {
        NaiveBook naive = random.naive;
        for (int depth : DEPTHS) {
            DepthView view = random.fast.depth(depth);
            assertThat(view.version()).as(context).isEqualTo(naive.view(depth).version);
            for (long held = 0; held <= naive.sequence + 1; held += step) {
                BookUpdate update = view.since(random.epoch, held);
                assertThat(update)
                        .as("%s, depth %d, version %d", context, depth, held)
                        .isEqualTo(naive.since(depth, held));
                if (update != null && !update.isSnapshot()) {
                    shouldKnowTheBestHeld(update, naive.view(depth), "%s, depth %d".formatted(context, depth));
                }
            }
            assertThat(view.since(random.epoch - 1, 1)).as(context).isEqualTo(naive.snapshot(depth));
        }
        BestView best = random.fast.best();
        assertThat(best.since(0, 0)).as(context).isEqualTo(naive.best());
        assertThat(best.since(random.epoch, naive.view(1).version)).as(context).isNull();
    }

    private static void shouldLeadToNow(RandomBook random, int depth, long held, String context) {
        NaiveBook.View view = random.naive.view(depth);
        BookUpdate update = random.fast.depth(depth).since(random.epoch, held);
        assertThat(update).as(context).isNotNull();
        assertThat(update.sequence()).as(context).isEqualTo(view.version);
        if (update.isSnapshot()) {
            assertThat(update).as(context).isEqualTo(random.naive.snapshot(depth));
            return;
        }
        assertThat(update.previous()).as(context).isEqualTo(held);
        shouldKnowTheBestHeld(update, view, context);
        assertThat(applied(update.bids(), view.bids.at(held))).as(context).isEqualTo(view.bids.now());
        assertThat(applied(update.asks(), view.asks.at(held))).as(context).isEqualTo(view.asks.now());
    }

    /** Unless it says that it does not. */
    private static void shouldKnowTheBestHeld(BookUpdate update, NaiveBook.View view, String context) {
        shouldKnowTheBestHeld(update.bids(), view.bids.at(update.previous()), context);
        shouldKnowTheBestHeld(update.asks(), view.asks.at(update.previous()), context);
    }

    private static void shouldKnowTheBestHeld(Levels changes, SortedMap<Long, Long> held, String context) {
        if (changes.count() > 0 && changes.heldBestTicks() != 0) {
            assertThat(held).as(context).isNotEmpty();
            assertThat(changes.heldBestTicks()).as(context).isEqualTo(held.firstKey());
        }
    }

    private static SortedMap<Long, Long> applied(Levels changes, SortedMap<Long, Long> state) {
        SortedMap<Long, Long> result = new TreeMap<>(state);
        for (int i = 0; i < changes.count(); i++) {
            if (changes.sizeLots(i) == 0) {
                result.remove(changes.priceTicks(i));
            } else {
                result.put(changes.priceTicks(i), changes.sizeLots(i));
            }
        }
        return result;
    }

    /** Both books, driven by the same random events. */
    private static final class RandomBook {
        private final OrderBook fast = new OrderBook(7);
        private final NaiveBook naive = new NaiveBook(7);
        private final SplittableRandom random;
        private final int prices;
        private final int removals;
        private long epoch;
        private long timeMicros = EPOCH;
        private long middleTicks = 10_000;

        RandomBook(long seed, int prices, int removals) {
            random = new SplittableRandom(seed);
            this.prices = prices;
            this.removals = removals;
            replaceInAnotherEpoch(EPOCH, 0);
        }

        /** Sequences skip numbers, prices crowd near the best, sizes repeat, and what is absent is removed too. */
        void step() {
            Side side = random.nextBoolean() ? Side.BID : Side.ASK;
            int distance = Math.min(random.nextInt(prices), random.nextInt(prices));
            long price = side == Side.BID ? middleTicks - distance : middleTicks + 1 + distance;
            long size = random.nextInt(100) < removals ? 0 : random.nextInt(1, 5);
            apply(side, price, size);
        }

        /** Takes the best ask away, so that bids may come where it was. */
        void driveUp() {
            if (!naive.asks.isEmpty()) {
                middleTicks = Math.max(middleTicks, naive.asks.firstKey());
                apply(Side.ASK, naive.asks.firstKey(), 0);
            }
        }

        private void apply(Side side, long price, long size) {
            long sequence = naive.sequence + random.nextInt(1, 3);
            timeMicros += random.nextInt(1000);
            fast.apply(side, price, size, sequence, timeMicros);
            naive.apply(side, price, size, sequence, timeMicros);
        }

        void replaceInAnotherEpoch(long newEpoch, int levels) {
            epoch = newEpoch;
            replace(levels == 0 ? 0 : 5, levels);
        }

        void repairGap() {
            replace(naive.sequence + 40, naive.bids.size() + 3);
        }

        private void replace(long sequence, int levels) {
            Levels bids = randomLevels(levels, -1, middleTicks);
            Levels asks = randomLevels(levels, 1, middleTicks + 1);
            Snapshots.replace(fast, epoch, sequence, timeMicros, bids, asks);
            naive.replace(epoch, sequence, timeMicros, bids, asks);
        }

        private Levels randomLevels(int count, int direction, long bestTicks) {
            long[] priceTicks = new long[count];
            long[] sizeLots = new long[count];
            long price = bestTicks;
            for (int i = 0; i < count; i++) {
                priceTicks[i] = price;
                sizeLots[i] = random.nextInt(1, 5);
                price += direction * (random.nextInt(4) == 0 ? 2L : 1L);
            }
            return new Levels(priceTicks, sizeLots);
        }
    }
}
