package io.depthcast.http;

import static io.depthcast.limit.AddressTest.address;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.depthcast.HeardLog;
import io.depthcast.limit.Address;
import io.depthcast.limit.Masking;
import io.depthcast.metrics.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log says of those who are turned away. */
class RefusalsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Address ONE = address("203.0.113.7");
    private static final Address OTHER = address("198.51.100.1");

    private final HeardLog log = HeardLog.of(Refusals.class, Level.INFO);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Refusals refusals = new Refusals(new Meters(registry, "test"), Masking.MASKED);
    /** Nowhere near zero, for monotonic time has no origin. */
    private long nowNanos = Long.MAX_VALUE - 5 * SECOND;

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void shouldSayOnceAMinuteHowManyMoreThereWere() {
        refuse(ONE, Refusals.WEBSOCKET, "too-many-handshakes", 1);
        refuse(ONE, Refusals.HTTP, "too-many-requests", 4);
        refuse(ONE, Refusals.SSE, "blocked", 1);
        pass(59);
        assertThat(lines()).containsExactly("203.0.113.x websocket too-many-handshakes 0");

        pass(1);
        refuse(ONE, Refusals.SSE, "blocked", 7);
        pass(30);
        // Of six one is the line itself, and it has the last one's reason.
        assertThat(lines()).containsExactly("203.0.113.x websocket too-many-handshakes 0", "203.0.113.x sse blocked 4");
        pass(30);
        assertThat(lines()).hasSize(3).endsWith("203.0.113.x sse blocked 6");
    }

    @Test
    void shouldForgetAnAddressThatWasRefusedNothingForAMinute() {
        refuse(ONE, Refusals.HTTP, "full", 1);
        refuse(OTHER, Refusals.HTTP, "full", 2);
        assertThat(refusals.addresses()).isEqualTo(2);
        pass(60);
        assertThat(refusals.addresses()).isEqualTo(1);
        pass(60);
        assertThat(refusals.addresses()).isZero();
        assertThat(lines())
                .containsExactly("203.0.113.x http full 0", "198.51.100.x http full 0", "198.51.100.x http full 0");
    }

    @Test
    void shouldCountWhatItHasNoMemoryToTell() {
        for (int i = 0; i < 10_100; i++) {
            refuse(address("10." + i / 250 + "." + i % 250 + ".1"), Refusals.HTTP, "full", 1);
        }
        refuse(null, Refusals.HTTP, "full", 1);
        assertThat(refusals.addresses()).isEqualTo(10_000);
        assertThat(registry.get("depthcast.refusals")
                        .tags("transport", "http", "reason", "full")
                        .functionCounter()
                        .count())
                .isEqualTo(10_101);
    }

    @Test
    void shouldHaveOneLineOfAnAddressWhateverLoopsRefuseIt() throws Exception {
        int loops = 4;
        ExecutorService threads = Executors.newFixedThreadPool(loops);
        try {
            threads.invokeAll(Collections.nCopies(loops, () -> {
                refuse(ONE, Refusals.WEBSOCKET, "full", 1_000);
                return null;
            }));
            assertThat(lines()).containsExactly("203.0.113.x websocket full 0");
            long later = nowNanos + 60 * SECOND;
            threads.invokeAll(Collections.nCopies(loops, () -> {
                refusals.tick(later);
                return null;
            }));
        } finally {
            threads.shutdown();
        }
        assertThat(lines()).containsExactly("203.0.113.x websocket full 0", "203.0.113.x websocket full 3998");
    }

    private void refuse(Address address, String transport, String kind, int times) {
        for (int i = 0; i < times; i++) {
            refusals.refused(address, transport, kind, nowNanos);
        }
    }

    private void pass(int seconds) {
        nowNanos += seconds * SECOND;
        refusals.tick(nowNanos);
    }

    /** Without what the log adds where it has left out lines of tests before. */
    private List<String> lines() {
        return log.lines().stream()
                .map(line -> String.join(
                        " ",
                        line.getKeyValuePairs().stream()
                                .filter(pair -> !pair.key.equals("dropped"))
                                .map(pair -> String.valueOf(pair.value))
                                .toList()))
                .toList();
    }
}
