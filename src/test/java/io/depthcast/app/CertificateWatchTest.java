package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.http.CertifiedKey;
import io.depthcast.http.CertifiedKeyReading.Wrong;
import io.depthcast.metrics.CertificateMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateWatchTest {
    private static final CertifiedKey FIRST = new CertifiedKey("chain 1", "key 1", Instant.ofEpochSecond(1_000));
    private static final CertifiedKey SECOND = new CertifiedKey("chain 2", "key 2", Instant.ofEpochSecond(2_000));
    private static final CertifiedKey THIRD = new CertifiedKey("chain 3", "key 3", Instant.ofEpochSecond(3_000));
    private static final Wrong HALF_REPLACED = new Wrong(Wrong.PRIVATE_KEY, "the key of the first one", "another one");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<CertifiedKey> served = new ArrayList<>();
    private boolean serverFails;
    private final CertificateWatch watch =
            new CertificateWatch(FIRST, this::serve, new CertificateMeters(registry, FIRST.expires()));

    private Future<?> serve(CertifiedKey key) {
        served.add(key);
        return serverFails ? Future.failedFuture("no") : Future.succeededFuture();
    }

    @Test
    void shouldTakeWhatItHasSeenTwice() {
        watch.see(FIRST);
        watch.see(FIRST);
        watch.see(SECOND);
        assertThat(served).isEmpty();
        watch.see(SECOND);
        watch.see(SECOND);

        assertThat(served).containsExactly(SECOND);
        assertThat(state()).containsExactly(2_000.0, 1.0, 0.0, 1.0);
    }

    @Test
    void shouldNotJudgeAPairWhoseFilesAreReplacedOneAfterTheOther() {
        watch.see(HALF_REPLACED);
        watch.see(SECOND);
        watch.see(SECOND);

        assertThat(served).containsExactly(SECOND);
        assertThat(state()).containsExactly(2_000.0, 1.0, 0.0, 1.0);
    }

    @Test
    void shouldRefuseAWrongPairOnceAndTakeTheMendedOne() {
        watch.see(HALF_REPLACED);
        watch.see(HALF_REPLACED);
        watch.see(HALF_REPLACED);
        assertThat(served).isEmpty();
        assertThat(state()).containsExactly(1_000.0, 0.0, 1.0, 0.0);

        watch.see(THIRD);
        watch.see(THIRD);
        assertThat(served).containsExactly(THIRD);
        assertThat(state()).containsExactly(3_000.0, 1.0, 1.0, 1.0);
    }

    @Test
    void shouldRefuseWhatTheServerCannotServe() {
        serverFails = true;
        watch.see(SECOND);
        watch.see(SECOND);

        assertThat(state()).containsExactly(1_000.0, 0.0, 1.0, 0.0);
    }

    /** When it expires, how many were taken and refused, whether the last one was good. */
    private List<Double> state() {
        return List.of(
                registry.get("depthcast.certificate.expiry.timestamp").gauge().value(),
                count("taken"),
                count("refused"),
                registry.get("depthcast.certificate.last.reload.successful")
                        .gauge()
                        .value());
    }

    private double count(String outcome) {
        return registry.get("depthcast.certificate.reloads")
                .tag("outcome", outcome)
                .functionCounter()
                .count();
    }
}
