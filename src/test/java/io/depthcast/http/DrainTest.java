package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.session.CloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final long SECOND = 1_000_000_000L;
    /** Nowhere near zero, for monotonic time has no origin. */
    private final long start = Math.subtractExact(Long.MAX_VALUE, 5 * SECOND);

    private final List<String> log = new ArrayList<>();

    /** A client that writes down what happens to it. */
    private record Played(String name, boolean isLocal, List<String> log) implements Drain.Guest {
        @Override
        public void announce(int reconnectAfterMillis) {
            log.add(name + " after " + reconnectAfterMillis);
        }

        @Override
        public void close(CloseReason reason) {
            log.add(name + " closed " + reason.code());
        }
    }

    @Test
    void shouldTellEverybodyAtOnceAndCloseEvenlyOverTheTime() {
        Drain drain = drain(20, 5_000);
        for (int i = 0; i < 100; i++) {
            drain.add(new Played("a" + i, false, log));
        }
        assertThat(log).hasSize(100).allMatch(line -> line.contains(" after "));

        List<Integer> closed = new ArrayList<>();
        for (int second = 0; second <= 20; second += 5) {
            drain.tick(start + second * SECOND);
            closed.add(log.size() - 100);
        }
        assertThat(closed).containsExactly(0, 25, 50, 75, 100);
        assertThat(log.get(100)).isEqualTo("a0 closed 1001");
    }

    @Test
    void shouldGiveEachADelayOfItsOwnUpToTheLongest() {
        Drain drain = drain(20, 3);
        for (int i = 0; i < 200; i++) {
            drain.add(new Played("a", false, log));
        }

        assertThat(log).containsOnly("a after 0", "a after 1", "a after 2", "a after 3");
    }

    @Test
    void shouldNotKeepThisMachineWaiting() {
        Drain drain = drain(20, 0);
        drain.add(new Played("far", false, log));
        drain.add(new Played("near", true, log));

        assertThat(log).containsExactly("far after 0", "near after 0", "near closed 1001");
    }

    @Test
    void shouldSendAwayThoseWhoCameLateInTheSameTime() {
        Drain drain = drain(10, 0);
        drain.add(new Played("first", false, log));
        drain.tick(start + 9 * SECOND);
        drain.add(new Played("late", false, log));
        drain.tick(start + 9 * SECOND);
        drain.tick(start + 10 * SECOND);
        drain.add(new Played("later", false, log));
        drain.tick(start + 10 * SECOND);

        assertThat(log)
                .containsExactly(
                        "first after 0",
                        "late after 0",
                        "first closed 1001",
                        "late closed 1001",
                        "later after 0",
                        "later closed 1001");
    }

    @Test
    void shouldCloseAllAtOnceWhereThereIsNoTime() {
        Drain drain = drain(0, 0);
        drain.add(new Played("a", false, log));
        drain.add(new Played("b", false, log));
        drain.tick(start);

        assertThat(log).containsExactly("a after 0", "b after 0", "a closed 1001", "b closed 1001");
    }

    private Drain drain(int seconds, int reconnectMillis) {
        return new Drain(new DrainSettings(seconds, reconnectMillis), start, new Random(1)::nextInt);
    }
}
