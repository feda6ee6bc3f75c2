package io.depthcast.app;

import io.depthcast.http.CertifiedKey;
import io.depthcast.http.CertifiedKeyReading;
import io.depthcast.metrics.CertificateMeters;
import io.vertx.core.Future;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a renewed certificate and its key while the gateway runs: both, or neither. A pair is judged when it has been seen
 * twice, because its two files are seldom replaced at once. One thread.
 */
final class CertificateWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

    private final Function<CertifiedKey, Future<?>> server;
    private final CertificateMeters meters;
    private CertifiedKeyReading seen;
    private CertifiedKeyReading judged;

    /**
     * @param served what the gateway was started with
     * @param server takes a pair for connections from then on
     */
    CertificateWatch(CertifiedKey served, Function<CertifiedKey, Future<?>> server, CertificateMeters meters) {
        this.server = server;
        this.meters = meters;
        this.seen = served;
        this.judged = served;
    }

    /** What is there now. */
    void see(CertifiedKeyReading now) {
        boolean stands = now.equals(seen);
        seen = now;
        if (stands && !now.equals(judged)) {
            judged = now;
            judge(now);
        }
    }

    private void judge(CertifiedKeyReading reading) {
        if (reading instanceof CertifiedKey renewed) {
            server.apply(renewed).onSuccess(served -> taken(renewed)).onFailure(failure -> refused(failure.toString()));
        } else if (reading instanceof CertifiedKeyReading.Wrong wrong) {
            refused(wrong.toString());
        }
    }

    private void taken(CertifiedKey renewed) {
        meters.renewed(renewed.expires());
        LOG.atInfo().addKeyValue("expires", renewed.expires()).log("the renewed certificate is taken");
    }

    private void refused(String mistake) {
        meters.refused();
        LOG.atError()
                .addKeyValue("mistake", mistake)
                .log("the renewed certificate or its key is wrong; the former ones stay");
    }
}
