package io.depthcast.app;

import io.depthcast.admission.Admission;
import io.depthcast.admission.AdmissionSettings;
import io.depthcast.admission.AdmissionVerticle;
import io.depthcast.admission.Descriptors;
import io.depthcast.admission.Sockets;
import io.depthcast.auth.Authority;
import io.depthcast.auth.KeySet;
import io.depthcast.http.Turnstile;
import io.depthcast.metrics.LimitMeters;
import io.depthcast.metrics.Meters;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where connections come in: how many there may be, by what is known of this process. Any thread. */
final class Entrance {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
    /** Between two counts of the descriptors in use. */
    private static final int MEASURE_MILLIS = 5_000;

    private final Descriptors descriptors = Descriptors.ofProcess();
    private final Sockets sockets;
    private final Turnstile turnstile;

    Entrance(AdmissionSettings settings, boolean proxyProtocol, Meters meters) {
        this.sockets = new Sockets(
                settings,
                descriptors,
                descriptors.reserve(),
                Runtime.getRuntime().maxMemory());
        this.turnstile = new Turnstile(sockets, meters.sockets(), proxyProtocol);
    }

    /**
     * Makes the one place of the node that admits.
     *
     * @param keys null where there is no authentication
     * @param clock of this machine, which is what the times in a token mean
     */
    static AdmissionVerticle admission(Settings settings, @Nullable KeySet keys, Clock clock, Meters meters) {
        Admission admission = new Admission(
                settings.admission(),
                Runtime.getRuntime().maxMemory(),
                Runtime.getRuntime().availableProcessors(),
                System.nanoTime());
        return new AdmissionVerticle(
                admission,
                new Authority(settings.auth(), keys),
                () -> ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()),
                meters);
    }

    Turnstile turnstile() {
        return turnstile;
    }

    /** Connections that come from now on are held to these. */
    void take(AdmissionSettings changed) {
        sockets.take(changed);
    }

    /** Shows what one address may have, and what the one with the most has. */
    void show(LimitMeters limits) {
        var unused = limits.with("socketsPerAddress", sockets::mostPerAddress)
                .taken("socketsPerAddress", sockets::mostOfAddress);
    }

    /** Says what may come, now that files, loops and libraries have their descriptors, and counts again and again. */
    void watch(Rounds rounds) {
        measure();
        LOG.atInfo()
                .addKeyValue("descriptors", descriptors.limit())
                .addKeyValue("reserve", descriptors.reserve())
                .addKeyValue("connections", sockets.most())
                .log("this many connections may come by descriptors and heap");
        rounds.every(MEASURE_MILLIS, Executors.callable(this::measure), measured -> {});
    }

    private void measure() {
        descriptors.measure(sockets.held());
    }
}
