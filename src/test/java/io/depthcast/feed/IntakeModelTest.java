package io.depthcast.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.CandleInterval;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A random life of instruments and sources: they come, change their steps, halt, go, fall silent and come back with another
 * book. Whoever applied every row, whoever had a gap, whoever came late, and those with a share each say the same versions,
 * books, tapes and candles, which are those of a naive model.
 */
class IntakeModelTest {
    private static final int STEPS = 4_000;
    private static final int CHECKS = 8;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldSayTheSameWhereverAndWheneverItIsApplied(long seed) {
        Random random = new Random(seed);
        NaiveIntake life = new NaiveIntake(random);
        Books lived = taking(life, 0, 1);
        List<Books> others = new ArrayList<>(List.of(taking(life, 0, 2), taking(life, 1, 2)));
        for (int step = 1; step <= STEPS; step++) {
            life.step();
            EventBatch batch = life.take();
            assertThat(lived.apply(batch)).as("seed %d, step %d", seed, step).isEqualTo(Books.Applied.APPLIED);
            for (Books other : others) {
                if (random.nextInt(100) > 0 && other.apply(batch) == Books.Applied.GAP && random.nextBoolean()) {
                    other.replace(life.snapshot());
                }
            }
            if (step % (STEPS / CHECKS) == 0) {
                check(life, lived, others, "seed " + seed + ", step " + step);
                others.add(taking(life, 0, 1));
            }
        }
        assertThat(life.accepted).as("seed %d: %s", seed, life.accepted).hasSizeGreaterThan(8);
    }

    private static Books taking(NaiveIntake life, int index, int shares) {
        Books books = new Books(index, shares);
        books.replace(life.snapshot());
        return books;
    }

    private static void check(NaiveIntake life, Books lived, List<Books> others, String context) {
        others.forEach(other -> {
            if (!other.isWhole() || other.sequence() < lived.sequence()) {
                other.replace(life.snapshot());
            }
        });
        assertThat(lived.count()).as(context).isEqualTo(life.listings.size());
        life.listings.forEach((symbol, naive) -> {
            String name = context + ", " + symbol;
            Listing listing = new Listing(naive.instrument, life.number(naive.source), naive.status());
            InstrumentState state = Objects.requireNonNull(lived.state(listing.id()), name);
            assertThat(lived.listings()).as(name).contains(listing);
            sameAsNaive(state, naive, name);
            for (Books other : others) {
                InstrumentState same = other.state(listing.id());
                if (same != null) {
                    assertThat(other.listings()).as(name).contains(listing);
                    assertThat(same.snapshot()).as(name).isEqualTo(state.snapshot());
                    noticesNothing(same, state, name);
                }
            }
        });
        others.forEach(other -> assertThat(other.sequence()).isEqualTo(lived.sequence()));
        assertThat(others.get(0).count() + others.get(1).count()).isEqualTo(lived.count());
    }

    private static void sameAsNaive(InstrumentState state, NaiveListing naive, String name) {
        assertThat(state.levels(Side.BID)).as(name).isEqualTo(naive.levels(Side.BID));
        assertThat(state.levels(Side.ASK)).as(name).isEqualTo(naive.levels(Side.ASK));
        assertThat(state.tape().recent(1_000).trades()).as(name).isEqualTo(naive.newest(1_000));
        for (CandleInterval interval : CandleInterval.values()) {
            assertThat(state.candles(interval).recent(1_000))
                    .as("%s %s", name, interval)
                    .isEqualTo(naive.candles(interval));
        }
    }

    /** A client that comes from one to the other and is up to date is told nothing. */
    private static void noticesNothing(InstrumentState there, InstrumentState here, String name) {
        for (int depth : new int[] {10, 25, 100, 500}) {
            assertThat(there.book(depth)
                            .since(here.book(depth).epoch(), here.book(depth).version()))
                    .as(name)
                    .isNull();
        }
        assertThat(there.best().since(here.best().epoch(), here.best().version()))
                .isNull();
        assertThat(there.tape().since(here.tape().epoch(), here.tape().version()))
                .isNull();
        for (CandleInterval interval : CandleInterval.values()) {
            assertThat(there.candles(interval)
                            .since(
                                    here.candles(interval).epoch(),
                                    here.candles(interval).version()))
                    .isNull();
        }
    }
}
