package io.depthcast.app;

import io.depthcast.admission.AdmissionVerticle;
import io.depthcast.admission.Block;
import io.depthcast.admission.Blocks;
import io.depthcast.http.GatewayVerticle;
import io.depthcast.http.Health;
import io.depthcast.http.HealthCheck;
import io.depthcast.http.ManagementSetup;
import io.depthcast.http.ManagementVerticle;
import io.depthcast.http.Operator;
import io.depthcast.metrics.LimitMeters;
import io.depthcast.metrics.LoopLag;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.ProcessMeters;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator sees of the node and may do to it: the management port, on threads of its own, so that it answers while
 * any other loop stands; and the drain. Any thread.
 */
final class Upkeep implements Operator {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    /** One adds up metrics, one reads a file of the page. */
    private static final int WORKERS = 2;
    /** A loop that is later than this does not turn: collections and overload are over sooner. */
    private static final int STANDING_MILLIS = 2_000;

    private final Supplier<Settings> settings;
    private final PrometheusMeterRegistry registry;
    private final Meters meters;
    private final AdmissionVerticle admission;
    private final Entrance entrance;
    private final List<GatewayVerticle> loops;
    private final FeedPart feed;
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(WORKERS));
    private volatile boolean started;
    private volatile boolean draining;

    /**
     * @param settings that hold now
     * @param loops that run; more come while the node starts
     * @param feed where events come from
     */
    Upkeep(
            Supplier<Settings> settings,
            PrometheusMeterRegistry registry,
            Meters meters,
            AdmissionVerticle admission,
            Entrance entrance,
            List<GatewayVerticle> loops,
            FeedPart feed) {
        this.feed = feed;
        this.entrance = entrance;
        this.settings = settings;
        this.registry = registry;
        this.meters = meters;
        this.admission = admission;
        this.loops = loops;
    }

    /** Opens the management port; completes with its number. */
    Future<Integer> deploy() {
        showLimits();
        ProcessMeters.register(registry);
        Settings now = settings.get();
        ManagementVerticle verticle = new ManagementVerticle(
                new ManagementSetup(now.management(), now.access(), registry, this::live, this::mayCome, loops, this));
        return vertx.deployVerticle(verticle).map(id -> verticle.port());
    }

    /** Whoever comes from now on finds all of it. */
    void started() {
        started = true;
    }

    private List<HealthCheck> live() {
        List<HealthCheck> live = new ArrayList<>();
        for (LoopLag lag : meters.loopLags()) {
            live.add(new HealthCheck(lag.loop(), () -> Future.succeededFuture(turns(lag))));
        }
        return live;
    }

    private List<HealthCheck> mayCome() {
        List<HealthCheck> mayCome = new ArrayList<>();
        if (!started) {
            mayCome.add(new HealthCheck("start", () -> Future.succeededFuture(new Health(false, "is starting"))));
        }
        mayCome.add(entrance.turnstile().hasRoom());
        mayCome.addAll(feed.checks());
        mayCome.add(new HealthCheck("draining", this::takesClients));
        loops.forEach(loop -> mayCome.add(loop.hasLiveFeed()));
        return mayCome;
    }

    private void showLimits() {
        long heapBytes = Runtime.getRuntime().maxMemory();
        LimitMeters limits = new LimitMeters(registry)
                .with("connections", () -> settings.get().admission().connections(heapBytes))
                .with("connectionsPerAddress", () -> settings.get().admission().connectionsPerAddress())
                .with("connectionsPerSubject", () -> settings.get().admission().connectionsPerSubject())
                .with("handshakesPerSecond", () -> settings.get().admission().handshakesPerSecond())
                .with("subscriptions", () -> settings.get().limits().subscriptions())
                .with("bytesPerSecond", () -> settings.get().pace().bytesPerSecond())
                .with("pendingBytes", () -> settings.get().pace().pendingBytes())
                .taken("connectionsPerAddress", admission::mostOfAddress)
                .taken("connectionsPerSubject", admission::mostOfSubject);
        entrance.show(limits);
    }

    private static Health turns(LoopLag lag) {
        long lateMillis = TimeUnit.NANOSECONDS.toMillis(lag.lateNanos());
        return lateMillis < STANDING_MILLIS
                ? new Health(true, "turns")
                : new Health(false, "late by " + lateMillis + " ms");
    }

    private Future<Health> takesClients() {
        return Future.succeededFuture(
                draining ? new Health(false, "sends its clients away") : new Health(true, "takes clients"));
    }

    @Override
    public <T> Future<T> blocks(Function<Blocks, T> question) {
        return admission.blocks(question);
    }

    @Override
    public Future<Integer> closePublishers(Block block) {
        return feed.closePublishers(block);
    }

    @Override
    public boolean isDraining() {
        return draining;
    }

    /** As {@link Gateway#drain}. */
    Future<Void> drain() {
        Promise<Void> drained = Promise.promise();
        beginDrain(drained).onFailure(drained::fail);
        return drained.future().otherwiseEmpty();
    }

    @Override
    public Future<Void> beginDrain() {
        Promise<Void> drained = Promise.promise();
        drained.future().onSuccess(left -> LOG.info("every client has been sent away"));
        return beginDrain(drained);
    }

    /** @param drained to be completed when nobody is left */
    private Future<Void> beginDrain(Promise<Void> drained) {
        draining = true;
        meters.draining(true);
        return admission.drain().onSuccess(shut -> Future.join(
                        loops.stream().map(GatewayVerticle::drain).toList())
                .onComplete(left -> drained.tryComplete()));
    }

    @Override
    public Future<Void> endDrain() {
        return admission
                .admitAgain()
                .compose(open ->
                        Future.join(loops.stream().map(GatewayVerticle::stay).toList()))
                .onSuccess(stayed -> {
                    draining = false;
                    meters.draining(false);
                    LOG.info("clients are taken again");
                })
                .mapEmpty();
    }

    /** Closes the management port. Never fails. */
    Future<Void> close() {
        return vertx.close().otherwiseEmpty();
    }
}
