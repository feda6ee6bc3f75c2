package io.depthcast.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A feed that goes on where another one ended. */
class InheritedIntakeTest {
    private static final long EPOCH = 1_795_363_200_000_000L;
    private static final StepSize CENT = StepSize.parse("0.01");
    private static final StepSize ONE = StepSize.parse("1");
    private static final long TAKEN_NANOS = 5_000_000_000L;

    private final Intake former = new Intake(EPOCH, IntakeListener.NONE);
    private Intake next;

    @BeforeEach
    void takeOver() {
        former.begin(EPOCH + 1_000_000, 0);
        Door door = former.open("old", 3_000);
        for (String symbol : List.of("A", "B", "GONE", "C")) {
            assertThat(door.define(symbol, CENT, ONE, InstrumentStatus.OPEN)).isNull();
            assertThat(door.snapshot(symbol, levels(10, 5, 9, 4), levels(11, 7), 0))
                    .isNull();
            assertThat(door.trade(symbol, Side.BID, 11, 1, null, 0)).isNull();
        }
        assertThat(door.remove("GONE")).isNull();
        former.take();
        next = new Intake(former.snapshot(), IntakeListener.NONE, TAKEN_NANOS);
        next.begin(EPOCH + 2_000_000, TAKEN_NANOS);
    }

    private static LevelChanges levels(long... pricesAndSizes) {
        LevelChanges levels = new LevelChanges();
        for (int i = 0; i < pricesAndSizes.length; i += 2) {
            levels.add(pricesAndSizes[i], pricesAndSizes[i + 1]);
        }
        return levels;
    }

    private List<String> told() {
        List<String> rows = new ArrayList<>();
        EventBatch batch = next.take();
        for (int i = 0; batch != null && i < batch.count(); i++) {
            rows.add(batch.kind(i) + " " + batch.instrumentId(i) + " " + batch.priceTicks(i) + "x" + batch.sizeLots(i));
        }
        return rows;
    }

    @Test
    void shouldTellASnapshotAsTheDifferenceFromWhatTheFormerFeedTold() {
        long before = former.snapshot().sequence();
        Door door = next.open("new", 3_000);
        assertThat(door.define("B", CENT, ONE, InstrumentStatus.OPEN)).isNull();
        assertThat(door.snapshot("B", levels(10, 6, 9, 4), levels(11, 7), 0)).isNull();
        assertThat(door.trade("B", Side.ASK, 10, 1, null, 0)).isNull();
        EventBatch batch = Objects.requireNonNull(next.take());
        assertThat(batch.epoch()).isEqualTo(EPOCH);
        assertThat(batch.previous()).isEqualTo(before);
        assertThat(batch.count()).isEqualTo(4);
        assertThat(List.of(batch.kind(0), batch.kind(1), batch.kind(2), batch.kind(3)))
                .containsExactly(
                        EventBatch.Kind.DEFINE,
                        EventBatch.Kind.TIME,
                        EventBatch.Kind.BID_LEVEL,
                        EventBatch.Kind.SELL_TRADE);
        assertThat(batch.instrumentId(2)).isEqualTo(2);
        assertThat(List.of(batch.priceTicks(2), batch.sizeLots(2))).containsExactly(10L, 6L);
        assertThat(batch.tradeId(3)).isEqualTo(2);
    }

    @Test
    void shouldGiveASymbolThatIsNewAnIdThatNobodyHad() {
        Door door = next.open("new", 3_000);
        assertThat(door.define("D", CENT, ONE, InstrumentStatus.OPEN)).isNull();
        assertThat(told()).containsExactly("DEFINE 5 0x0");
    }

    @Test
    void shouldTellAsStaleWhatNobodyTellsInTime() {
        Door door = next.open("new", 3_000);
        assertThat(door.define("B", CENT, ONE, InstrumentStatus.OPEN)).isNull();
        assertThat(door.snapshot("B", levels(10, 5, 9, 4), levels(11, 7), 0)).isNull();
        assertThat(told()).containsExactly("DEFINE 2 0x0", "TIME 0 0x0");
        next.begin(EPOCH + 4_900_000, TAKEN_NANOS + TimeUnit.MILLISECONDS.toNanos(2_999));
        door.heartbeat();
        assertThat(told()).doesNotContain("STATUS 1 0x4", "STATUS 4 0x4");
        next.begin(EPOCH + 5_000_000, TAKEN_NANOS + TimeUnit.MILLISECONDS.toNanos(3_000));
        door.heartbeat();
        assertThat(told()).contains("STATUS 1 0x4", "STATUS 4 0x4").doesNotContain("STATUS 2 0x4");

        assertThat(door.define("A", CENT, ONE, InstrumentStatus.OPEN)).isNull();
        assertThat(next.snapshot().books().get(0).listing().status()).isEqualTo(InstrumentStatus.STALE);
        assertThat(door.snapshot("A", levels(10, 5, 9, 4), levels(11, 7), 0)).isNull();
        assertThat(next.snapshot().books().get(0).listing().status()).isEqualTo(InstrumentStatus.OPEN);
    }

    @Test
    void shouldRefuseAChangeOfABookThatWasNotToldWholeSince() {
        Door door = next.open("new", 3_000);
        assertThat(door.define("B", CENT, ONE, InstrumentStatus.OPEN)).isNull();
        Refusal refusal = door.update("B", levels(10, 1), levels(), 0);
        assertThat(Objects.requireNonNull(refusal).code()).isEqualTo(Refusal.Code.NO_SNAPSHOT);
    }
}
