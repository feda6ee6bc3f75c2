package io.depthcast.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;

/** The certificate of the public port and what became of its renewals; only where there is TLS. Any thread. */
public final class CertificateMeters {
    private final ReloadMeters renewals;
    private volatile Instant expires;

    public CertificateMeters(MeterRegistry registry, Instant expires) {
        this.renewals = new ReloadMeters(registry, "certificate", "certificate and its key");
        this.expires = expires;
        Gauge.builder("depthcast.certificate.expiry.timestamp", this, meters -> meters.expires.getEpochSecond())
                .baseUnit("seconds")
                .description("When the certificate of the public port, or one of its chain, expires.")
                .register(registry);
    }

    public void renewed(Instant nowExpires) {
        expires = nowExpires;
        renewals.taken();
    }

    /** The former certificate stays. */
    public void refused() {
        renewals.refused();
    }
}
