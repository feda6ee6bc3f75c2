package io.depthcast.app;

import io.depthcast.admission.AdmissionSettings;
import io.depthcast.admission.Descriptors;
import io.depthcast.admission.Sockets;
import io.depthcast.http.Turnstile;
import io.depthcast.metrics.LimitMeters;
import io.depthcast.metrics.Meters;
import io.vertx.core.Vertx;
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
        this.sockets = new Sockets(settings, descriptors, Runtime.getRuntime().maxMemory());
        this.turnstile = new Turnstile(sockets, meters.sockets(), proxyProtocol);
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
    void watch(Vertx vertx) {
        descriptors.measure(sockets.open());
        LOG.atInfo()
                .addKeyValue("descriptors", descriptors.limit())
                .addKeyValue("reserve", descriptors.reserve())
                .addKeyValue("connections", sockets.most())
                .log("this many connections may come by descriptors and heap");
        vertx.setPeriodic(
                MEASURE_MILLIS,
                tick -> vertx.executeBlocking(() -> {
                    descriptors.measure(sockets.open());
                    return true;
                }));
    }
}
