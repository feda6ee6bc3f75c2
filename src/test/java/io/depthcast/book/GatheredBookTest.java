package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Books with their prices gathered, beside one without any cleverness; a failure names seed, group, depth and version. */
class GatheredBookTest {
    private static final long EPOCH = 1_795_363_200_000_000L;
    private static final Instrument INSTRUMENT =
            new Instrument(7, "GATHERED", StepSize.parse("0.01"), StepSize.parse("1"));
    private static final Instrument OTHER_STEPS =
            new Instrument(7, "GATHERED", StepSize.parse("0.05"), StepSize.parse("1"));
    private static final List<Integer> GROUPS = BookShapes.GROUPS.subList(1, BookShapes.GROUPS.size());

    @ParameterizedTest(name = "seed {0}, {1} events on {2} prices a side around {3}")
    @CsvSource({"1, 500, 60, 10000", "2, 500, 4000, 10000", "3, 400, 40000, 0", "4, 500, 900, -37"})
    void shouldAnswerFromEveryVersionLikeTheNaiveBook(long seed, int events, int prices, long middle) {
        RandomLevels random = new RandomLevels(seed, prices, middle);
        InstrumentState state = started(EPOCH, 5, random.side(Side.BID, prices / 4), random.side(Side.ASK, prices / 4));
        NaiveGathered whole = new NaiveGathered(state);
        List<NaiveBook> naive = new ArrayList<>();
        for (int group : GROUPS) {
            NaiveBook book = new NaiveBook(INSTRUMENT.id(), group);
            book.replace(EPOCH, 5, 1, whole.gathered(Side.BID, group), whole.gathered(Side.ASK, group));
            naive.add(book);
            assertThat(state.book(10, group).version()).isEqualTo(5);
        }
        for (int i = 1; i <= events; i++) {
            random.next();
            long sequence = 5 + 2L * i;
            state.applyLevel(random.side, random.priceTicks, random.sizeLots, sequence, sequence);
            whole.apply(random.side, random.priceTicks, random.sizeLots);
            for (int g = 0; g < GROUPS.size(); g++) {
                long price = NaiveGathered.gathered(random.side, random.priceTicks, GROUPS.get(g));
                naive.get(g)
                        .apply(random.side, price, whole.sumAt(random.side, price, GROUPS.get(g)), sequence, sequence);
            }
        }
        for (NaiveBook book : naive) {
            shouldAnswerAlike(state, book, GROUPS.get(naive.indexOf(book)), "seed " + seed);
        }
    }

    private static void shouldAnswerAlike(InstrumentState state, NaiveBook naive, int group, String context) {
        for (int depth : BookShapes.DEPTHS) {
            Versioned<BookUpdate> view = state.book(depth, group);
            String what = context + ", group " + group + ", depth " + depth;
            assertThat(view.version()).as(what).isEqualTo(naive.view(depth).version);
            for (long held = 0; held <= naive.sequence + 1; held++) {
                assertThat(view.since(EPOCH, held))
                        .as("%s, version %d", what, held)
                        .isEqualTo(naive.since(depth, held));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldLeadEveryHolderToNowOverGapsOtherStepsAndOtherEpochs(long seed) {
        GatheredModel model = new GatheredModel(seed, INSTRUMENT, OTHER_STEPS);
        for (int i = 0; i < 1_500; i++) {
            model.step();
        }
        model.shouldHaveHeardEverything();
    }

    @Test
    void shouldRoundBidsDownAndAsksUpOnEitherSideOfNothing() {
        InstrumentState state = started(EPOCH, 1, levels(15, 1, 10, 2, 9, 4, -1, 8), levels(16, 1, 20, 2, 21, 4));

        assertThat(state.book(10, 10).since(0, 0))
                .extracting(BookUpdate::bids, BookUpdate::asks)
                .containsExactly(levels(10, 3, 0, 4, -10, 8), levels(20, 3, 30, 4));
        assertThat(state.book(10, 1).since(0, 0)).isEqualTo(state.book(10).since(0, 0));
    }

    @Test
    void shouldTellTheLargestSizeWhereTheSumIsMoreAndTheSumAgainOnceItIsNot() {
        long huge = Long.MAX_VALUE - 3;
        InstrumentState state = started(EPOCH, 1, Levels.NONE, levels(11, huge, 12, 1));
        Versioned<BookUpdate> view = state.book(10, 10);

        assertThat(asks(view)).isEqualTo(levels(20, Long.MAX_VALUE - 2));
        assertThat(state.applyLevel(Side.ASK, 13, huge, 2, 2)).isTrue();
        assertThat(asks(view)).isEqualTo(levels(20, Long.MAX_VALUE));
        assertThat(state.applyLevel(Side.ASK, 11, 5, 3, 3)).isTrue();
        assertThat(asks(view)).isEqualTo(levels(20, Long.MAX_VALUE));
        assertThat(state.applyLevel(Side.ASK, 13, 0, 4, 4)).isTrue();
        assertThat(asks(view)).isEqualTo(levels(20, 6));
    }

    @Test
    void shouldStartWithASnapshotAfterItWasForgotten() {
        InstrumentState state = started(EPOCH, 1, levels(5, 1), levels(6, 1));
        long version = state.book(10, 5).version();
        state.forgetGathered(5);
        state.applyLevel(Side.BID, 4, 3, 2, 2);

        BookUpdate told = state.book(10, 5).since(EPOCH, version);
        assertThat(told)
                .isEqualTo(new BookUpdate(
                        7,
                        10,
                        5,
                        EPOCH,
                        0,
                        2,
                        2,
                        BookChecksum.of(levels(10, 1), levels(5, 1, 0, 3)),
                        levels(5, 1, 0, 3),
                        levels(10, 1)));
    }

    @Test
    void shouldRefuseAGroupThatIsNone() {
        InstrumentState state = new InstrumentState(INSTRUMENT);

        assertThatThrownBy(() -> state.book(10, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a group of 1, 2, 5, 10, 25, 50, 100, 250, 500 or 1000, got 3");
    }

    private static Levels asks(Versioned<BookUpdate> view) {
        BookUpdate now = view.since(0, 0);
        assertThat(now).isNotNull();
        return now.asks();
    }

    private static InstrumentState started(long epoch, long sequence, Levels bids, Levels asks) {
        InstrumentState state = new InstrumentState(INSTRUMENT);
        state.replace(epoch, sequence, Snapshots.of(INSTRUMENT, bids, asks, sequence, 1, 0));
        return state;
    }

    private static Levels levels(long... pricesAndSizes) {
        long[] prices = new long[pricesAndSizes.length / 2];
        long[] sizes = new long[prices.length];
        for (int i = 0; i < prices.length; i++) {
            prices[i] = pricesAndSizes[2 * i];
            sizes[i] = pricesAndSizes[2 * i + 1];
        }
        return new Levels(prices, sizes);
    }

    /** Random levels, which crowd near the best; what is absent is removed too. */
    static final class RandomLevels {
        private final SplittableRandom random;
        private final int prices;
        private final long middle;
        Side side = Side.BID;
        long priceTicks;
        long sizeLots;

        RandomLevels(long seed, int prices, long middle) {
            random = new SplittableRandom(seed);
            this.prices = prices;
            this.middle = middle;
        }

        void next() {
            side = random.nextBoolean() ? Side.BID : Side.ASK;
            long distance = Math.min(random.nextInt(prices), random.nextInt(prices));
            priceTicks = side == Side.BID ? middle - distance : middle + 1 + distance;
            sizeLots = random.nextInt(100) < 45 ? 0 : random.nextInt(1, 5);
        }

        /** A whole side, best first. */
        Levels side(Side of, int count) {
            long[] priceTicks = new long[count];
            long[] sizeLots = new long[count];
            long distance = 0;
            for (int i = 0; i < count; i++) {
                priceTicks[i] = of == Side.BID ? middle - distance : middle + 1 + distance;
                sizeLots[i] = random.nextInt(1, 5);
                distance += 1 + random.nextInt(4);
            }
            return new Levels(priceTicks, sizeLots);
        }
    }
}
