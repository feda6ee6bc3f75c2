package io.depthcast.app;

import io.depthcast.http.HealthCheck;
import io.depthcast.http.ManagementVerticle;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.PrometheusRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.List;

/** Everything that runs, and the order in which it starts and stops. */
final class Gateway {
    private final Vertx vertx;
    private final Meters meters;
    private final int httpPort;
    private final int managementPort;

    private Gateway(Vertx vertx, Meters meters, int httpPort, int managementPort) {
        this.vertx = vertx;
        this.meters = meters;
        this.httpPort = httpPort;
        this.managementPort = managementPort;
    }

    /** Fails with {@link io.depthcast.http.CannotListen} where an address is taken, and leaves nothing running. */
    static Future<Gateway> start(Settings settings) {
        PrometheusMeterRegistry registry = PrometheusRegistry.create();
        Meters meters = new Meters(registry, Version.text());
        Vertx vertx = vertx(registry);
        HealthCheck loop = HealthCheck.ofLoop("management-loop", vertx.getOrCreateContext());
        ManagementVerticle management =
                new ManagementVerticle(settings.management(), registry, List.of(loop), List.of(loop));
        // A promise of no loop: closing Vert.x ends the loops, and a future composed on one of them would never
        // complete.
        Promise<Gateway> started = Promise.promise();
        vertx.deployVerticle(management)
                .onSuccess(id -> started.complete(
                        new Gateway(vertx, meters, settings.http().port(), management.port())))
                .onFailure(failure -> vertx.close().onComplete(closed -> started.fail(failure)));
        return started.future();
    }

    private static Vertx vertx(PrometheusMeterRegistry registry) {
        MicrometerMetricsOptions options = new MicrometerMetricsOptions()
                .setEnabled(true)
                .setJvmMetricsEnabled(true)
                .setNettyMetricsEnabled(true);
        return Vertx.builder()
                .with(new VertxOptions().setMetricsOptions(options))
                .withMetrics(new MicrometerMetricsFactory(registry))
                .build();
    }

    int httpPort() {
        return httpPort;
    }

    int managementPort() {
        return managementPort;
    }

    Meters meters() {
        return meters;
    }

    Future<Void> stop() {
        return vertx.close();
    }
}
