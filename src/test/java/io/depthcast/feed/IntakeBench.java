package io.depthcast.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Candle;
import io.depthcast.book.CandleInterval;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Refusal.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;

/** An intake with one source, a shard that has all instruments, and a clock that a test moves. */
abstract class IntakeBench {
    static final long EPOCH = 1_795_363_200_000_000L;
    static final long SECOND = 1_000_000;
    static final StepSize CENT = StepSize.parse("0.01");
    static final StepSize TENTH = StepSize.parse("0.1");
    static final LevelChanges NONE = new LevelChanges();

    final List<String> heard = new ArrayList<>();
    final Intake intake = new Intake(EPOCH, new IntakeListener() {
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
    final Books shard = new Books(0, 1);

    final Door door = intake.open("one", 3_000);
    long nowMicros = EPOCH;

    @BeforeEach
    void begin() {
        shard.replace(intake.snapshot());
        pass(0);
    }

    void openBook(String symbol) {
        assertThat(door.define(symbol, CENT, CENT, InstrumentStatus.OPEN)).isNull();
        assertThat(door.snapshot(symbol, levels(100, 1, 99, 1), levels(101, 2), 0))
                .isNull();
        take();
    }

    void pass(int millis) {
        nowMicros += millis * 1_000L;
        intake.begin(nowMicros, (nowMicros - EPOCH) * 1_000);
    }

    /** What was told, applied to the shard. */
    EventBatch take() {
        EventBatch batch = Objects.requireNonNullElseGet(intake.take(), intake::heartbeat);
        assertThat(shard.apply(batch)).isEqualTo(Books.Applied.APPLIED);
        return batch;
    }

    int id(String symbol) {
        return Objects.requireNonNull(door.instrument(symbol)).id();
    }

    InstrumentState state(String symbol) {
        return shard.listings().stream()
                .filter(each -> each.instrument().symbol().equals(symbol))
                .map(each -> Objects.requireNonNull(shard.state(each.id())))
                .findFirst()
                .orElseThrow();
    }

    InstrumentStatus status(String symbol) {
        return shard.listings().stream()
                .filter(each -> each.instrument().symbol().equals(symbol))
                .map(Listing::status)
                .findFirst()
                .orElseThrow();
    }

    List<Candle> seconds(String symbol) {
        return state(symbol).candles(CandleInterval.ONE_SECOND).recent(9);
    }

    static Code code(Refusal refusal) {
        return Objects.requireNonNull(refusal, "taken").code();
    }

    static LevelChanges levels(long... pairs) {
        LevelChanges changes = new LevelChanges();
        for (int i = 0; i < pairs.length; i += 2) {
            changes.add(pairs[i], pairs[i + 1]);
        }
        return changes;
    }
}
