package io.depthcast.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.book.Trade;
import io.depthcast.feed.Refusal.Code;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sources get wrong, and what becomes of it. */
class IntakeTest extends IntakeBench {
    @ParameterizedTest
    @ValueSource(longs = {-5, -1, Long.MIN_VALUE})
    void shouldRefuseALevelOfLessThanNothing(long sizeLots) {
        openBook("AAA");
        assertThat(code(door.update("AAA", levels(100, 1, 99, sizeLots), NONE, 0)))
                .isEqualTo(Code.BAD_SIZE);
        assertThat(code(door.snapshot("AAA", NONE, levels(101, sizeLots), 0))).isEqualTo(Code.BAD_SIZE);
        assertThat(code(door.trade("AAA", Side.BID, 101, sizeLots, null, 0))).isEqualTo(Code.BAD_SIZE);
        assertThat(intake.take()).as("refused whole").isNull();
    }

    @Test
    void shouldRefuseWhatCannotBeWrittenInDecimals() {
        door.define("AAA", StepSize.parse("25"), StepSize.parse("1000"), InstrumentStatus.OPEN);
        long most = Long.MAX_VALUE / 25;
        assertThat(door.snapshot("AAA", levels(-most, Long.MAX_VALUE / 1000), levels(most, 1), 0))
                .isNull();
        assertThat(code(door.update("AAA", levels(most + 1, 1), NONE, 0))).isEqualTo(Code.BAD_PRICE);
        assertThat(code(door.update("AAA", levels(-most - 1, 1), NONE, 0))).isEqualTo(Code.BAD_PRICE);
        assertThat(code(door.update("AAA", levels(1, Long.MAX_VALUE / 1000 + 1), NONE, 0)))
                .isEqualTo(Code.BAD_SIZE);
        assertThat(code(door.trade("AAA", Side.ASK, 1, 0, null, 0))).isEqualTo(Code.BAD_SIZE);
    }

    @Test
    void shouldRefuseSymbolsStatusesAndVenueIdsThatAreNone() {
        openBook("AAA");
        assertThat(code(door.define("btc/usd", CENT, CENT, InstrumentStatus.OPEN)))
                .isEqualTo(Code.BAD_REQUEST);
        assertThat(code(door.define("BBB", CENT, CENT, InstrumentStatus.STALE))).isEqualTo(Code.BAD_REQUEST);
        assertThat(code(door.status("AAA", InstrumentStatus.STALE))).isEqualTo(Code.BAD_REQUEST);
        for (String id : List.of("", "x".repeat(37), "a\nb", "\u00e9")) {
            assertThat(code(door.trade("AAA", Side.BID, 1, 1, id, 0))).isEqualTo(Code.BAD_REQUEST);
        }
        assertThat(door.trade("AAA", Side.BID, 1, 1, "x".repeat(36), 0)).isNull();
    }

    @Test
    void shouldRefuseAChangeOfABookThatWasNotToldWhole() {
        door.define("AAA", CENT, CENT, InstrumentStatus.OPEN);
        assertThat(code(door.update("AAA", levels(100, 1), NONE, 0))).isEqualTo(Code.NO_SNAPSHOT);
        assertThat(code(door.snapshot("AAA", levels(100, 1, 99, 2, 100, 3), NONE, 0)))
                .isEqualTo(Code.BAD_PRICE);
        assertThat(door.snapshot("AAA", levels(98, 1, 100, 5, 97, 0), NONE, 0)).isNull();
        assertThat(door.update("AAA", levels(99, 1), NONE, 0)).isNull();
        take();
        assertThat(state("AAA").levels(Side.BID)).isEqualTo(new Levels(new long[] {100, 99, 98}, new long[] {5, 1, 1}));
    }

    @Test
    void shouldTellASnapshotAsTheDifferenceFromTheBookThereIs() {
        openBook("AAA");
        long before = state("AAA").book(10).version();
        door.snapshot("AAA", levels(100, 1, 98, 7), levels(101, 2), 0);
        EventBatch batch = take();
        assertThat(batch.count()).as("99 is gone, 98 is new").isEqualTo(2);
        assertThat(Objects.requireNonNull(state("AAA").book(10).since(EPOCH, before))
                        .bids())
                .isEqualTo(new Levels(new long[] {99, 98}, new long[] {0, 7}));
        door.snapshot("AAA", levels(98, 7, 100, 1), levels(101, 2), 0);
        assertThat(intake.take()).as("nothing differs").isNull();
    }

    @Test
    void shouldWriteNothingForAChangeThatChangesNothing() {
        openBook("AAA");
        assertThat(door.update("AAA", levels(100, 1, 50, 0), levels(7, 0), 0)).isNull();
        assertThat(intake.take()).isNull();
    }

    @Test
    void shouldNumberTradesItselfAndKeepTheVenuesIdBeside() {
        openBook("AAA");
        for (String venueId : List.of("100", "103", "97", "103")) {
            assertThat(door.trade("AAA", Side.BID, 101, 1, venueId, nowMicros)).isNull();
        }
        take();
        assertThat(state("AAA").tape().recent(9).missed()).isZero();
        assertThat(state("AAA").tape().recent(9).trades())
                .isEqualTo(List.of(
                        new Trade(1, nowMicros, Side.BID, 101, 1, "100"),
                        new Trade(2, nowMicros, Side.BID, 101, 1, "103"),
                        new Trade(3, nowMicros, Side.BID, 101, 1, "97"),
                        new Trade(4, nowMicros, Side.BID, 101, 1, "103")));
    }

    @Test
    void shouldBoundInstrumentsAndLevels() {
        for (int i = 0; i < EventRules.MAX_INSTRUMENTS; i++) {
            assertThat(door.define("S" + i, CENT, CENT, InstrumentStatus.OPEN)).isNull();
        }
        assertThat(code(door.define("MORE", CENT, CENT, InstrumentStatus.OPEN))).isEqualTo(Code.TOO_MANY);
        door.remove("S7");
        assertThat(door.define("MORE", CENT, CENT, InstrumentStatus.OPEN)).isNull();

        LevelChanges many = new LevelChanges();
        for (int i = 0; i < EventRules.MAX_LEVELS; i++) {
            many.add(1 + i, 1);
        }
        assertThat(door.snapshot("MORE", NONE, many, 0)).isNull();
        assertThat(code(door.update("MORE", NONE, levels(0, 1), 0))).isEqualTo(Code.TOO_MANY);
        assertThat(door.update("MORE", NONE, levels(1, 0), 0)).isNull();
        many.add(0, 1);
        assertThat(code(door.snapshot("MORE", NONE, many, 0))).isEqualTo(Code.TOO_MANY);
        assertThat(door.hasRoom()).isFalse();
        take();
        assertThat(door.hasRoom()).isTrue();
    }
}
