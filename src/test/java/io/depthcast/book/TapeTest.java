package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TapeTest {
    private static final long EPOCH = 1_795_363_200_000_000L;

    private final Tape tape = new Tape(4);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldAnswerFromEveryTradeLikeTheWholeList(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Trade> all = new ArrayList<>();
        tape.skipTo(EPOCH, 0);
        for (int id = 1; id <= 2_500; id++) {
            Trade trade = randomTrade(random, id);
            all.add(trade);
            add(trade);
            if (id % 500 == 0 || id == 999 || id == 1_001) {
                for (int held = 0; held < id; held++) {
                    int first = Math.max(held, id - 1_000);
                    assertThat(tape.since(EPOCH, held))
                            .as("seed %d, trade %d of %d", seed, held, id)
                            .isEqualTo(new Trades(4, EPOCH, first - held, all.subList(first, id)));
                }
                assertThat(tape.since(EPOCH, id)).isNull();
                assertThat(tape.recent(70)).isEqualTo(new Trades(4, EPOCH, 0, all.subList(id - 70, id)));
            }
        }
        assertThat(tape.recent(5_000).trades()).isEqualTo(all.subList(1_500, 2_500));
    }

    @Test
    void shouldHaveNothingToTellBeforeTheFirstTrade() {
        tape.skipTo(EPOCH, 0);

        assertThat(tape.version()).isZero();
        assertThat(tape.since(EPOCH, 0)).isNull();
        assertThat(tape.recent(10)).isEqualTo(new Trades(4, EPOCH, 0, List.of()));
    }

    @Test
    void shouldReplayTheTradesOfItsEpochToAHolderOfAnotherButNotToANewcomer() {
        tape.skipTo(EPOCH, 0);
        add(trade(1));

        assertThat(tape.since(0, 0)).isNull();
        assertThat(tape.since(EPOCH - 1, 9)).isEqualTo(new Trades(4, EPOCH, 0, List.of(trade(1))));
        assertThat(tape.since(EPOCH, 0)).isEqualTo(new Trades(4, EPOCH, 0, List.of(trade(1))));
    }

    @Test
    void shouldHaveNothingForAHolderOfANewerTrade() {
        tape.skipTo(EPOCH, 0);
        add(trade(1));

        assertThat(tape.since(EPOCH, 2)).isNull();
    }

    @Test
    void shouldCountTheTradesOfAGapAsMissed() {
        tape.skipTo(EPOCH, 0);
        add(trade(1));
        add(trade(2));
        tape.skipTo(EPOCH, 7);

        assertThat(tape.version()).isEqualTo(7);
        assertThat(tape.since(EPOCH, 2)).isEqualTo(new Trades(4, EPOCH, 5, List.of()));
        add(trade(8));
        assertThat(tape.since(EPOCH, 2)).isEqualTo(new Trades(4, EPOCH, 5, List.of(trade(8))));
        assertThat(tape.since(EPOCH, 1)).isEqualTo(new Trades(4, EPOCH, 6, List.of(trade(8))));
        assertThat(tape.since(EPOCH, 7)).isEqualTo(new Trades(4, EPOCH, 0, List.of(trade(8))));
    }

    @Test
    void shouldCountTradesThatWereNotFedAsMissed() {
        tape.skipTo(EPOCH, 0);
        add(trade(1));
        add(trade(5));

        assertThat(tape.since(EPOCH, 1)).isEqualTo(new Trades(4, EPOCH, 3, List.of(trade(5))));
    }

    @Test
    void shouldTellTheTradesOfAGapThatAnotherTapeHas() {
        tape.skipTo(EPOCH, 0);
        add(trade(1));
        tape.replace(EPOCH, new TapeHistory(0, 3, List.of(trade(2), trade(3))));

        assertThat(tape.since(EPOCH, 1)).isEqualTo(new Trades(4, EPOCH, 0, List.of(trade(2), trade(3))));
        assertThat(tape.since(EPOCH, 0)).isEqualTo(new Trades(4, EPOCH, 1, List.of(trade(2), trade(3))));
        assertThat(tape.history()).isEqualTo(new TapeHistory(0, 3, List.of(trade(2), trade(3))));
    }

    @Test
    void shouldCountWhatAHolderMissedOfTheEpochBefore() {
        tape.skipTo(EPOCH, 0);
        add(trade(1));
        add(trade(2));
        tape.skipTo(EPOCH + 1, 40);

        assertThat(tape.since(EPOCH, 2)).isNull();
        assertThat(tape.since(EPOCH, 1)).isEqualTo(new Trades(4, EPOCH + 1, 1, List.of()));
        assertThat(tape.since(EPOCH - 1, 1)).isNull();
        add(trade(41));
        assertThat(tape.since(EPOCH, 2)).isEqualTo(new Trades(4, EPOCH + 1, 0, List.of(trade(41))));
        assertThat(tape.since(EPOCH, 0)).isEqualTo(new Trades(4, EPOCH + 1, 2, List.of(trade(41))));
        assertThat(tape.since(EPOCH - 1, 1)).isEqualTo(new Trades(4, EPOCH + 1, 0, List.of(trade(41))));
    }

    @Test
    void shouldForgetTheTradesOfAnotherEpoch() {
        tape.skipTo(EPOCH, 0);
        add(trade(1));
        tape.skipTo(EPOCH + 1, 1);

        assertThat(tape.since(EPOCH + 1, 0)).isEqualTo(new Trades(4, EPOCH + 1, 1, List.of()));
        assertThat(tape.recent(10).trades()).isEmpty();
    }

    private void add(Trade trade) {
        tape.add(trade.id(), trade.timeMicros(), trade.taker(), trade.priceTicks(), trade.sizeLots(), trade.venueId());
    }

    private static Trade trade(long id) {
        return new Trade(id, EPOCH + id, Side.ASK, 100 + id, id);
    }

    private static Trade randomTrade(SplittableRandom random, long id) {
        Side taker = random.nextBoolean() ? Side.BID : Side.ASK;
        return new Trade(id, EPOCH + id, taker, random.nextLong(1, 1_000), random.nextLong(1, 50));
    }
}
