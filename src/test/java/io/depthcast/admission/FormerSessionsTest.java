package io.depthcast.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.session.CloseReason;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FormerSessionsTest {
    private static final CloseReason NO_PONG = new CloseReason(CloseReason.NO_PONG, "no pong within 10 s");
    private static final long NOW = Long.MAX_VALUE - TimeUnit.MINUTES.toNanos(1);
    private static final long AGE = TimeUnit.MINUTES.toNanos(FormerSessions.MAX_AGE_MINUTES);

    private final FormerSessions former = new FormerSessions();

    @Test
    void shouldTellWhyASessionWasClosedAndNothingOfOthers() {
        former.closed(id(1), NO_PONG, NOW);

        assertThat(former.lastClose(id(1), NOW)).isEqualTo(NO_PONG);
        assertThat(former.lastClose(id(1), NOW + AGE - 1)).isEqualTo(NO_PONG);
        assertThat(former.lastClose(id(2), NOW)).isNull();
    }

    @Test
    void shouldKeepTheFirstReason() {
        former.closed(id(1), NO_PONG, NOW);
        former.closed(id(1), new CloseReason(CloseReason.GOING_AWAY, "x"), NOW);

        assertThat(former.lastClose(id(1), NOW)).isEqualTo(NO_PONG);
    }

    @Test
    void shouldForgetWhatIsOld() {
        former.closed(id(1), NO_PONG, NOW);
        former.closed(id(2), NO_PONG, NOW + 1);

        assertThat(former.lastClose(id(1), NOW + AGE)).isNull();
        former.sweep(NOW + AGE);
        assertThat(former.size()).isEqualTo(1);
        assertThat(former.lastClose(id(2), NOW + AGE)).isEqualTo(NO_PONG);
    }

    @Test
    void shouldForgetTheEldestOfTooMany() {
        for (int i = 0; i <= FormerSessions.MAX_SESSIONS; i++) {
            former.closed(id(i), NO_PONG, NOW);
        }

        assertThat(former.size()).isEqualTo(FormerSessions.MAX_SESSIONS);
        assertThat(former.lastClose(id(0), NOW)).isNull();
        assertThat(former.lastClose(id(1), NOW)).isEqualTo(NO_PONG);
    }

    private static UUID id(int number) {
        return new UUID(7, number);
    }
}
