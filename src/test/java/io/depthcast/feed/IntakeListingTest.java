package io.depthcast.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Candle;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.Trade;
import io.depthcast.feed.Refusal.Code;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How instruments come, change and go, and how sources fall silent. */
class IntakeListingTest extends IntakeBench {
    @Test
    void shouldTellEachInstrumentToOneSourceOnly() {
        Door other = intake.open("two", 3_000);
        openBook("AAA");
        assertThat(code(other.define("AAA", CENT, CENT, InstrumentStatus.OPEN))).isEqualTo(Code.TAKEN);
        assertThat(code(other.update("AAA", NONE, NONE, 0))).isEqualTo(Code.TAKEN);
        assertThat(code(other.remove("AAA"))).isEqualTo(Code.TAKEN);
        assertThat(code(other.trade("BBB", Side.BID, 1, 1, null, 0))).isEqualTo(Code.UNKNOWN_SYMBOL);
        assertThat(other.instrument("AAA")).isNull();

        assertThat(door.remove("AAA")).isNull();
        assertThat(other.define("AAA", CENT, CENT, InstrumentStatus.OPEN)).isNull();
        assertThat(code(door.status("AAA", InstrumentStatus.HALTED))).isEqualTo(Code.TAKEN);
        assertThat(intake.open("two", 9)).isSameAs(other);
    }

    @Test
    void shouldStartABookAnewInOtherSteps() {
        openBook("AAA");
        door.trade("AAA", Side.BID, 101, 1, null, 0);
        take();
        long version = state("AAA").book(10).version();
        assertThat(door.define("AAA", TENTH, CENT, InstrumentStatus.OPEN)).isNull();
        assertThat(code(door.update("AAA", levels(10, 1), NONE, 0))).isEqualTo(Code.NO_SNAPSHOT);
        assertThat(door.snapshot("AAA", levels(10, 1), levels(11, 1), 0)).isNull();
        assertThat(door.trade("AAA", Side.BID, 11, 1, null, 0)).isNull();
        take();
        InstrumentState state = state("AAA");
        assertThat(state.instrument().tickSize()).isEqualTo(TENTH);
        var told = Objects.requireNonNull(state.book(10).since(EPOCH, version));
        assertThat(told.isSnapshot()).isTrue();
        assertThat(told.bids()).isEqualTo(new Levels(new long[] {10}, new long[] {1}));
        assertThat(state.tape().recent(9).trades()).extracting(Trade::id).containsExactly(2L);
        assertThat(seconds("AAA")).extracting(Candle::openTicks).containsExactly(11L);
    }

    @Test
    void shouldListNewInstrumentsAndForgetThoseThatGo() {
        openBook("AAA");
        openBook("BBB");
        take();
        assertThat(shard.takeChanges().changed())
                .extracting(each -> each.instrument().symbol())
                .containsExactly("AAA", "BBB");
        int id = id("AAA");
        door.trade("AAA", Side.BID, 101, 1, null, 0);
        door.remove("AAA");
        take();
        assertThat(shard.takeChanges()).isEqualTo(new ListingChanges(List.of(id), List.of()));
        assertThat(shard.state(id)).isNull();

        openBook("AAA");
        door.trade("AAA", Side.BID, 101, 1, null, 0);
        take();
        assertThat(id("AAA")).as("stays the same").isEqualTo(id);
        assertThat(state("AAA").tape().version()).as("goes on").isEqualTo(2);
        assertThat(Objects.requireNonNull(state("AAA").tape().since(EPOCH, 1)).missed())
                .isZero();
    }

    @Test
    void shouldTellStatusesOnceEach() {
        openBook("AAA");
        take();
        assertThat(door.status("AAA", InstrumentStatus.HALTED)).isNull();
        assertThat(door.status("AAA", InstrumentStatus.HALTED)).isNull();
        assertThat(take().count()).isEqualTo(1);
        assertThat(status("AAA")).isEqualTo(InstrumentStatus.HALTED);
        assertThat(door.define("AAA", CENT, CENT, InstrumentStatus.AUCTION)).isNull();
        assertThat(take().kind(0)).isEqualTo(EventBatch.Kind.STATUS);
        assertThat(status("AAA")).isEqualTo(InstrumentStatus.AUCTION);
    }

    @Test
    void shouldHoldASourceThatSaysNothingForStaleUntilItTellsABookWhole() {
        Door other = intake.open("two", 3_000);
        openBook("AAA");
        openBook("BBB");
        other.define("CCC", CENT, CENT, InstrumentStatus.OPEN);
        pass(2_999);
        other.heartbeat();
        take();
        assertThat(status("AAA")).isEqualTo(InstrumentStatus.OPEN);
        pass(2);
        take();
        assertThat(List.of(status("AAA"), status("BBB"), status("CCC")))
                .containsExactly(InstrumentStatus.STALE, InstrumentStatus.STALE, InstrumentStatus.OPEN);
        assertThat(heard).containsExactly("one stale");

        long version = state("AAA").book(10).version();
        assertThat(code(door.update("AAA", levels(100, 9), NONE, 0))).isEqualTo(Code.NO_SNAPSHOT);
        assertThat(door.status("AAA", InstrumentStatus.HALTED)).isNull();
        assertThat(door.snapshot("AAA", levels(100, 9, 99, 1), levels(101, 2), 0))
                .isNull();
        take();
        assertThat(List.of(status("AAA"), status("BBB")))
                .containsExactly(InstrumentStatus.HALTED, InstrumentStatus.STALE);
        assertThat(Objects.requireNonNull(state("AAA").book(10).since(EPOCH, version))
                        .bids())
                .as("a delta")
                .isEqualTo(new Levels(new long[] {100}, new long[] {9}));
    }

    @Test
    void shouldNotTakeALossForASignOfLife() {
        openBook("AAA");
        openBook("BBB");
        pass(2_999);
        assertThat(door.stale("AAA")).isNull();
        take();
        assertThat(List.of(status("AAA"), status("BBB")))
                .containsExactly(InstrumentStatus.STALE, InstrumentStatus.OPEN);
        pass(2);
        take();
        assertThat(status("BBB")).isEqualTo(InstrumentStatus.STALE);
    }

    @Test
    void shouldHoldASourceThatIsGoneForStaleAtOnce() {
        openBook("AAA");
        door.disconnected();
        door.disconnected();
        take();
        assertThat(status("AAA")).isEqualTo(InstrumentStatus.STALE);
        assertThat(heard).containsExactly("one stale");
    }

    @Test
    void shouldKeepADoorOnlyAsLongAsAnythingIsListedThroughIt() {
        for (int i = 0; i < 10_000; i++) {
            Door passing = intake.open("passing" + i, 3_000);
            assertThat(passing.define("AAA", CENT, CENT, InstrumentStatus.OPEN)).isNull();
            assertThat(intake.open("passing" + i, 3_000)).isSameAs(passing);
            assertThat(passing.remove("AAA")).isNull();
            assertThat(intake.open("passing" + i, 3_000)).isNotSameAs(passing);
        }
        assertThat(intake.doors()).isZero();
        take();

        openBook("AAA");
        door.remove("AAA");
        openBook("AAA");
        pass(3_001);
        take();
        assertThat(status("AAA")).as("one that lists again is watched again").isEqualTo(InstrumentStatus.STALE);
        assertThat(intake.doors()).isOne();
    }
}
