package io.depthcast.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.depthcast.book.Candle;
import io.depthcast.book.CandleInterval;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.book.Trade;
import io.depthcast.feed.Refusal.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sources get wrong, and what becomes of it. */
class IntakeTest {
    private static final long EPOCH = 1_795_363_200_000_000L;
    private static final long SECOND = 1_000_000;
    private static final StepSize CENT = StepSize.parse("0.01");
    private static final StepSize TENTH = StepSize.parse("0.1");
    private static final LevelChanges NONE = new LevelChanges();

    private final List<String> heard = new ArrayList<>();
    private final Intake intake = new Intake(EPOCH, new IntakeListener() {
        @Override
        public void refused(String source, Code code) {
            heard.add(source + " refused " + code.text());
        }

        @Override
        public void late(String source) {
            heard.add(source + " late");
        }

        @Override
        public void stale(String source) {
            heard.add(source + " stale");
        }
    });
    /** A shard that has all instruments. */
    private final Books shard = new Books(0, 1);

    private final Door door = intake.open("one", 3_000);
    private long nowMicros = EPOCH;

    @BeforeEach
    void begin() {
        shard.replace(intake.snapshot());
        pass(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {-5, -1, Long.MIN_VALUE})
    void shouldRefuseALevelOfLessThanNothing(long sizeLots) {
        openBook("AAA");
        assertThat(code(door.update("AAA", levels(100, 1, 99, sizeLots), NONE, 0))).isEqualTo(Code.BAD_SIZE);
        assertThat(code(door.snapshot("AAA", NONE, levels(101, sizeLots), 0))).isEqualTo(Code.BAD_SIZE);
        assertThat(code(door.trade("AAA", Side.BID, 101, sizeLots, null, 0))).isEqualTo(Code.BAD_SIZE);
        assertThat(intake.take()).as("refused whole").isNull();
        assertThat(heard).containsExactly("one refused bad-size", "one refused bad-size", "one refused bad-size");
    }

    @Test
    void shouldRefuseWhatCannotBeWrittenInDecimals() {
        door.define("AAA", StepSize.parse("25"), StepSize.parse("1000"), InstrumentStatus.OPEN);
        long most = Long.MAX_VALUE / 25;
        assertThat(door.snapshot("AAA", levels(-most, Long.MAX_VALUE / 1000), levels(most, 1), 0)).isNull();
        assertThat(code(door.update("AAA", levels(most + 1, 1), NONE, 0))).isEqualTo(Code.BAD_PRICE);
        assertThat(code(door.update("AAA", levels(-most - 1, 1), NONE, 0))).isEqualTo(Code.BAD_PRICE);
        assertThat(code(door.update("AAA", levels(1, Long.MAX_VALUE / 1000 + 1), NONE, 0))).isEqualTo(Code.BAD_SIZE);
        assertThat(code(door.trade("AAA", Side.ASK, 1, 0, null, 0))).isEqualTo(Code.BAD_SIZE);
    }

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
    void shouldRefuseSymbolsStatusesAndVenueIdsThatAreNone() {
        openBook("AAA");
        assertThat(code(door.define("btc/usd", CENT, CENT, InstrumentStatus.OPEN))).isEqualTo(Code.BAD_REQUEST);
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
        assertThat(code(door.snapshot("AAA", levels(100, 1, 99, 2, 100, 3), NONE, 0))).isEqualTo(Code.BAD_PRICE);
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
        assertThat(Objects.requireNonNull(state("AAA").book(10).since(EPOCH, before)).bids())
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
    void shouldRefuseTimesThatAreAheadAndTakeLateOnesAsTheNewest() {
        openBook("AAA");
        assertThat(code(door.trade("AAA", Side.BID, 1, 1, null, nowMicros + 61 * SECOND))).isEqualTo(Code.BAD_TIME);
        assertThat(code(door.trade("AAA", Side.BID, 1, 1, null, nowMicros * 1_000))).isEqualTo(Code.BAD_TIME);
        assertThat(code(door.update("AAA", NONE, NONE, -1))).isEqualTo(Code.BAD_TIME);
        heard.clear();
        assertThat(door.trade("AAA", Side.BID, 1, 1, null, nowMicros + 5)).isNull();
        assertThat(door.trade("AAA", Side.BID, 1, 1, null, nowMicros - 5)).isNull();
        take();
        assertThat(state("AAA").tape().recent(9).trades()).extracting(Trade::timeMicros)
                .containsExactly(nowMicros + 5, nowMicros + 5);
        assertThat(heard).containsExactly("one late");
    }

    @Test
    void shouldNotCloseACandleByTheClockOfAnotherInstrumentThatIsAhead() {
        openBook("AAA");
        openBook("BBB");
        door.trade("AAA", Side.BID, 101, 1, null, nowMicros);
        door.trade("BBB", Side.BID, 101, 1, null, nowMicros + 50 * SECOND);
        door.trade("AAA", Side.BID, 102, 1, null, nowMicros + 1);
        take();
        assertThat(seconds("AAA")).extracting(Candle::trades, Candle::closed).containsExactly(tuple(2L, false));
    }

    @Test
    void shouldKeepAClosedCandleClosedWhateverComesLate() {
        Door other = intake.open("two", 3_000);
        openBook("AAA");
        openBook("BBB");
        other.define("CCC", CENT, CENT, InstrumentStatus.OPEN);
        door.trade("AAA", Side.BID, 101, 1, null, nowMicros);
        other.trade("CCC", Side.BID, 101, 1, null, nowMicros);
        pass(1_500);
        door.trade("BBB", Side.BID, 101, 1, null, nowMicros);
        door.trade("AAA", Side.BID, 102, 1, null, nowMicros - SECOND);
        take();
        assertThat(seconds("AAA"))
                .extracting(Candle::trades, Candle::closed)
                .containsExactly(tuple(1L, true), tuple(1L, false));
        assertThat(seconds("CCC")).as("has a clock of its own").extracting(Candle::closed).containsExactly(false);
    }

    @Test
    void shouldCloseTheCandleOfAQuietInstrumentWhenASourceWithoutTimesSaysThatItIsThere() {
        openBook("AAA");
        door.trade("AAA", Side.BID, 101, 1, null, 0);
        pass(1_000);
        door.heartbeat();
        take();
        assertThat(seconds("AAA")).extracting(Candle::closed).containsExactly(true);
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
        assertThat(shard.takeChanges().changed()).extracting(each -> each.instrument().symbol())
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
        assertThat(Objects.requireNonNull(state("AAA").tape().since(EPOCH, 1)).missed()).isZero();
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
        assertThat(door.snapshot("AAA", levels(100, 9, 99, 1), levels(101, 2), 0)).isNull();
        take();
        assertThat(List.of(status("AAA"), status("BBB")))
                .containsExactly(InstrumentStatus.HALTED, InstrumentStatus.STALE);
        assertThat(Objects.requireNonNull(state("AAA").book(10).since(EPOCH, version)).bids())
                .as("a delta")
                .isEqualTo(new Levels(new long[] {100}, new long[] {9}));
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
    void shouldBoundInstrumentsAndLevels() {
        for (int i = 0; i < Intake.MAX_INSTRUMENTS; i++) {
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

    private void openBook(String symbol) {
        assertThat(door.define(symbol, CENT, CENT, InstrumentStatus.OPEN)).isNull();
        assertThat(door.snapshot(symbol, levels(100, 1, 99, 1), levels(101, 2), 0)).isNull();
        take();
    }

    private void pass(int millis) {
        nowMicros += millis * 1_000L;
        intake.begin(nowMicros, (nowMicros - EPOCH) * 1_000);
    }

    /** What was told, applied to the shard. */
    private EventBatch take() {
        EventBatch batch = Objects.requireNonNullElseGet(intake.take(), intake::heartbeat);
        assertThat(shard.apply(batch)).isEqualTo(Books.Applied.APPLIED);
        return batch;
    }

    private int id(String symbol) {
        return Objects.requireNonNull(door.instrument(symbol)).id();
    }

    private InstrumentState state(String symbol) {
        return shard.listings().stream()
                .filter(each -> each.instrument().symbol().equals(symbol))
                .map(each -> Objects.requireNonNull(shard.state(each.id())))
                .findFirst()
                .orElseThrow();
    }

    private InstrumentStatus status(String symbol) {
        return shard.listings().stream()
                .filter(each -> each.instrument().symbol().equals(symbol))
                .map(Listing::status)
                .findFirst()
                .orElseThrow();
    }

    private List<Candle> seconds(String symbol) {
        return state(symbol).candles(CandleInterval.ONE_SECOND).recent(9);
    }

    private static Code code(Refusal refusal) {
        return Objects.requireNonNull(refusal, "taken").code();
    }

    private static LevelChanges levels(long... pairs) {
        LevelChanges changes = new LevelChanges();
        for (int i = 0; i < pairs.length; i += 2) {
            changes.add(pairs[i], pairs[i + 1]);
        }
        return changes;
    }
}
