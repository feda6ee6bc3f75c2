package io.depthcast.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Door;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Refusal;
import io.depthcast.metrics.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class CountedDoorTest {
    private static final StepSize ONE = StepSize.parse("1");
    private static final LevelChanges NOTHING = new LevelChanges();

    private final PlainDoor intake = new PlainDoor();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Door door = new CountedDoor(intake, new Meters(registry, "test").source("own"));

    @Test
    void shouldStaleTheBookOfWhatIsRefused() {
        assertThat(door.define("ACME", ONE, ONE, InstrumentStatus.OPEN)).isNull();
        assertThat(door.snapshot("ACME", NOTHING, NOTHING, 0)).isNull();
        intake.refusal = new Refusal(Refusal.Code.BAD_PRICE, "too large");
        intake.refused = "update";
        assertThat(door.update("ACME", NOTHING, NOTHING, 0)).isEqualTo(intake.refusal);
        assertThat(door.trade("ACME", Side.BID, 1, 1, null, 0)).isNull();
        assertThat(intake.told)
                .containsExactly(
                        "define ACME 1 1 open", "snapshot ACME [] [] 0", "stale ACME", "trade ACME BID 1x1 null 0");
        assertThat(registry.get("depthcast.source.events").functionCounter().count())
                .isEqualTo(3);
        assertThat(registry.get("depthcast.source.refused")
                        .tag("code", "bad-price")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }
}
