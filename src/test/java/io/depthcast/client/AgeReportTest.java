package io.depthcast.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.wire.Command;
import org.junit.jupiter.api.Test;

class AgeReportTest {
    private static final long MILLI = 1_000_000;
    private static final long EPOCH_MICROS = 1_795_363_200_000_000L;

    private final AgeReport ages = new AgeReport();

    /** A pong to the last ping, where our clock's zero is the gateway's {@link #EPOCH_MICROS} and ways differ. */
    private void answer(long id, long gatewayMillis, long receivedMillis) {
        ages.onPong(new ControlMessage.Pong(id, EPOCH_MICROS + gatewayMillis * 1_000), receivedMillis * MILLI);
    }

    private void apply(long eventMillis, long nowMillis) {
        ages.applied(EPOCH_MICROS + eventMillis * 1_000, nowMillis * MILLI);
    }

    private Command.Ping next(long id, long nowMillis) {
        return ages.next(id, nowMillis * MILLI);
    }

    @Test
    void shouldReportTheAgeOfWhatWasAppliedSinceTheLastPing() {
        apply(60, 100);
        assertThat(next(1, 1_000)).isEqualTo(new Command.Ping(1L));
        answer(1, 1_004, 1_008);
        assertThat(next(2, 2_000)).isEqualTo(new Command.Ping(2L, 40));
        assertThat(next(3, 3_000)).isEqualTo(new Command.Ping(3L));
    }

    @Test
    void shouldBelieveTheFastestOfTheLastRoundTrips() {
        next(1, 0);
        answer(1, 30, 40);
        apply(50, 60);
        assertThat(next(2, 1_000)).isEqualTo(new Command.Ping(2L, 20));
        answer(2, 1_002, 1_004);
        apply(50, 60);
        assertThat(next(3, 3_000)).isEqualTo(new Command.Ping(3L, 10));
        for (long id = 3; id < 11; id++) {
            answer(id, id * 1_000 + 5, id * 1_000 + 20);
            next(id + 1, (id + 1) * 1_000);
        }
        apply(50, 60);
        assertThat(next(12, 12_000)).isEqualTo(new Command.Ping(12L, 5));
    }

    @Test
    void shouldStayWithinWhatTheGatewayTakes() {
        next(1, 0);
        answer(1, 0, 0);
        apply(5, 1);
        assertThat(next(2, 2)).isEqualTo(new Command.Ping(2L, 0));
        apply(0, 700_000);
        assertThat(next(3, 700_000)).isEqualTo(new Command.Ping(3L, 600_000));
    }

    @Test
    void shouldForgetAGatewayThatIsGone() {
        next(1, 0);
        answer(1, 0, 0);
        ages.open();
        answer(1, 0, 0);
        apply(5, 10);

        assertThat(next(2, 20)).isEqualTo(new Command.Ping(2L));
    }

    @Test
    void shouldNotTakeTheAnswerToAnotherPing() {
        next(1, 0);
        answer(2, 0, 0);
        apply(5, 10);

        assertThat(next(3, 20)).isEqualTo(new Command.Ping(3L));
    }
}
