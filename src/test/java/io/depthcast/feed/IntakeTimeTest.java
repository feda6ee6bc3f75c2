package io.depthcast.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.depthcast.book.Candle;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.Trade;
import io.depthcast.feed.Refusal.Code;
import org.junit.jupiter.api.Test;

/** Times that sources tell, and the candles that hang on them. */
class IntakeTimeTest extends IntakeBench {
    @Test
    void shouldRefuseTimesThatAreAheadAndTakeLateOnesAsTheNewest() {
        openBook("AAA");
        assertThat(code(door.trade("AAA", Side.BID, 1, 1, null, nowMicros + 61 * SECOND)))
                .isEqualTo(Code.BAD_TIME);
        assertThat(code(door.trade("AAA", Side.BID, 1, 1, null, nowMicros * 1_000)))
                .isEqualTo(Code.BAD_TIME);
        assertThat(code(door.update("AAA", NONE, NONE, -1))).isEqualTo(Code.BAD_TIME);
        assertThat(door.trade("AAA", Side.BID, 1, 1, null, nowMicros + 5)).isNull();
        assertThat(door.trade("AAA", Side.BID, 1, 1, null, nowMicros - 5)).isNull();
        take();
        assertThat(state("AAA").tape().recent(9).trades())
                .extracting(Trade::timeMicros)
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
        assertThat(seconds("CCC"))
                .as("has a clock of its own")
                .extracting(Candle::closed)
                .containsExactly(false);
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
}
