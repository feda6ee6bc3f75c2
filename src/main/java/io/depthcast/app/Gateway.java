package io.depthcast.app;

import io.depthcast.admission.AdmissionBus;
import io.depthcast.admission.AdmissionVerticle;
import io.depthcast.auth.KeySet;
import io.depthcast.bus.SettingsBus;
import io.depthcast.fanout.FanoutBus;
import io.depthcast.fanout.FanoutVerticle;
import io.depthcast.fanout.WorkMeter;
import io.depthcast.feed.FeedBus;
import io.depthcast.feed.Source;
import io.depthcast.http.CertifiedKey;
import io.depthcast.http.GatewaySetup;
import io.depthcast.http.GatewayVerticle;
import io.depthcast.http.IngestSetup;
import io.depthcast.http.Refusals;
import io.depthcast.limit.Masking;
import io.depthcast.metrics.CertificateMeters;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.PrometheusRegistry;
import io.depthcast.recording.RecorderVerticle;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.transport.Transport;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Everything that runs, and the order in which it starts and stops: along the way of a price, and back. */
public final class Gateway {

    private final WorkMeter work;
    private final PrometheusMeterRegistry registry = PrometheusRegistry.create();
    private final Meters meters = new Meters(registry, Version.text());
    private final Clock clock;
    private final FeedPart feed;
    private final String transport;
    private final Vertx vertx;
    private final Rounds rounds;
    private final KeyFile.Contents keys;
    private final Refusals refusals;
    private final Entrance entrance;
    private final AdmissionVerticle admission;
    private final @Nullable CertifiedKey certifiedKey;
    private final Upkeep upkeep;
    private final List<GatewayVerticle> loops = new ArrayList<>();
    /** Those that serve by now. */
    private final List<GatewayVerticle> running = new CopyOnWriteArrayList<>();

    private final List<String> loopDeployments = new ArrayList<>();
    private volatile Settings settings;
    private int managementPort;

    private Gateway(
            Settings settings,
            Transport transport,
            Clock clock,
            BiFunction<Long, Meters, List<Source>> sources,
            WorkMeter work) {
        this.settings = settings;
        this.clock = new SteadyClock(clock, System::nanoTime);
        this.work = work;
        this.refusals = new Refusals(meters, Masking.of(settings.log().addresses()));
        this.keys = KeyFile.read(settings.auth());
        this.entrance = new Entrance(settings.admission(), settings.transport().proxyProtocol(), meters);
        this.admission = Entrance.admission(settings, keys.keys(), clock, meters);
        this.feed = new FeedPart(
                settings,
                this.clock,
                epoch -> sources.apply(epoch, meters),
                new IngestSetup(
                        settings.ingest(),
                        settings.auth().isOn(),
                        () -> this.settings.admission(),
                        admission::keptOut,
                        refusals,
                        meters),
                meters);
        this.certifiedKey = settings.tls().isOn() ? CertifiedKey.require(settings.tls(), clock.instant()) : null;
        this.transport = transport.name();
        this.vertx = vertx(registry, new ListeningTransport(transport, entrance.turnstile()::handler), loops(settings));
        this.rounds = new Rounds(vertx);
        this.upkeep = new Upkeep(() -> this.settings, registry, meters, admission, entrance, running, feed);
    }

    /**
     * Fails with {@link io.depthcast.http.CannotListen} where an address is taken and with {@link Transports.Unavailable}
     * where the transport is not to be had, and leaves nothing running.
     */
    public static Future<Gateway> start(Settings settings) {
        return start(settings, WorkMeter.CLOCK);
    }

    /** The same with a measure of the caller's for what flushes cost. */
    public static Future<Gateway> start(Settings settings, WorkMeter work) {
        return begin(settings, Clock.systemUTC(), (epoch, meters) -> Sources.of(settings, epoch, meters), work);
    }

    /**
     * The same with a source of the caller's.
     *
     * @param clock tells the wall time at the start
     * @param sources makes the source, given the epoch of the feed
     */
    public static Future<Gateway> start(
            Settings settings, Clock clock, LongFunction<? extends Source> sources, WorkMeter work) {
        return begin(settings, clock, (epoch, meters) -> List.of(sources.apply(epoch)), work);
    }

    private static Future<Gateway> begin(
            Settings settings, Clock clock, BiFunction<Long, Meters, List<Source>> sources, WorkMeter work) {
        Transport transport;
        try {
            transport = Transports.choose(settings.transport());
        } catch (Transports.Unavailable e) {
            return Future.failedFuture(e);
        }
        Gateway gateway = new Gateway(settings, transport, clock, sources, work);
        // A promise of no context, because the loops may be gone when it is completed.
        Promise<Gateway> started = Promise.promise();
        gateway.deploy().onComplete(deployed -> started.complete(gateway), failure -> gateway.stop()
                .onComplete(stopped -> started.fail(failure)));
        return started.future();
    }

    private Future<?> deploy() {
        if (keys.mistake() != null) {
            return Future.failedFuture(keys.mistake());
        }
        FeedBus.register(vertx.eventBus());
        FanoutBus.register(vertx.eventBus());
        SettingsBus.register(vertx.eventBus(), LiveParts.ALL);
        AdmissionBus.register(vertx.eventBus());
        // First of all, because whoever waits for a log may wait long, and is asked meanwhile what for.
        return upkeep.deploy()
                .onSuccess(port -> managementPort = port)
                .compose(id -> RecorderVerticle.deploy(vertx, settings.record(), meters.record()))
                .compose(id -> vertx.deployVerticle(admission))
                .compose(id -> feed.deploy(vertx))
                .compose(id -> settings.node().hasClients() ? deployClients() : Future.succeededFuture())
                .onSuccess(id -> begun());
    }

    private Future<?> deployClients() {
        return deployShards()
                .compose(id -> deployLoop())
                .compose(id -> deployOtherLoops())
                .onSuccess(id -> entrance.watch(rounds));
    }

    private Future<?> deployShards() {
        List<Future<String>> shards = new ArrayList<>();
        for (int shard = 0; shard < settings.fanout().shards(); shard++) {
            shards.add(vertx.deployVerticle(new FanoutVerticle(settings.fanout(), shard, clock, meters, work)));
        }
        return Future.all(shards);
    }

    private Future<String> deployLoop() {
        GatewaySetup setup = new GatewaySetup(
                "depthcast/" + Version.text(),
                settings.http(),
                settings.fanout(),
                settings.limits(),
                settings.pace(),
                settings.admission(),
                settings.pages(),
                settings.binance(),
                settings.auth(),
                settings.drain(),
                clock,
                meters,
                work,
                entrance.turnstile(),
                refusals,
                Masking.of(settings.log().addresses()),
                certifiedKey);
        GatewayVerticle loop = new GatewayVerticle(setup, loops.size());
        loops.add(loop);
        return vertx.deployVerticle(loop).onSuccess(id -> {
            loopDeployments.add(id);
            running.add(loop);
        });
    }

    /** One loop per core; they share the port, so each takes connections in turn. */
    private Future<?> deployOtherLoops() {
        List<Future<String>> others = new ArrayList<>();
        for (int core = 1; core < Runtime.getRuntime().availableProcessors(); core++) {
            others.add(deployLoop());
        }
        return others.isEmpty() ? Future.succeededFuture() : Future.all(others);
    }

    private void begun() {
        upkeep.started();
        if (certifiedKey != null && !loops.isEmpty()) {
            CertificateMeters renewals = new CertificateMeters(registry, certifiedKey.expires());
            CertificateWatch watch = new CertificateWatch(certifiedKey, loops.get(0)::renew, renewals);
            rounds.every(ConfigWatch.LOOK_MILLIS, () -> CertifiedKey.read(settings.tls(), clock.instant()), watch::see);
        }
    }

    /** Rounds, feed, admission, recorder, shards and gateway loops get a thread each: one that stands holds up no other. */
    private static int loops(Settings settings) {
        return 4 + settings.fanout().shards() + Runtime.getRuntime().availableProcessors();
    }

    private static Vertx vertx(PrometheusMeterRegistry registry, Transport transport, int loops) {
        MicrometerMetricsOptions options = new MicrometerMetricsOptions()
                .setEnabled(true)
                .setJvmMetricsEnabled(true)
                .setNettyMetricsEnabled(true);
        return Vertx.builder()
                .with(new VertxOptions().setMetricsOptions(options).setEventLoopPoolSize(loops))
                .withMetrics(new MicrometerMetricsFactory(registry))
                .withTransport(transport)
                .build();
    }

    /** 0 if there is none for clients. */
    public int httpPort() {
        return loops.isEmpty() ? 0 : loops.get(0).port();
    }

    /** Where publishers connect; 0 if they cannot. */
    public int ingestPort() {
        return feed.ingestPort();
    }

    /** Completes with the reason if another process has taken the place of this one, which then has to stop. */
    Future<String> ended() {
        return feed.ended();
    }

    /** What the gateway speaks to the kernel by: nio, epoll or io_uring. */
    public String transport() {
        return transport;
    }

    public int managementPort() {
        return managementPort;
    }

    /** Runs on the live parts of these from now on. */
    void take(Settings changed) {
        settings = changed;
        entrance.take(changed.admission());
        LiveParts.of(changed).forEach(part -> SettingsBus.publish(vertx.eventBus(), part));
    }

    /** What it runs on now. */
    Settings settings() {
        return settings;
    }

    /** With which tokens were signed at the start; null where there is no authentication. */
    @Nullable
    KeySet keys() {
        return keys.keys();
    }

    /** Tokens that come from now on are signed with these. */
    void keys(KeySet changed) {
        admission.keys(changed);
    }

    public Meters meters() {
        return meters;
    }

    /**
     * Takes no client any more, and sends those there are away over the time of the settings. Completes when none is left;
     * never fails. Everything else runs on until {@link #stop}, which may also cut this short.
     */
    public Future<Void> drain() {
        return upkeep.drain();
    }

    /** Says good-bye to the clients, then ends everything. Fails with what could not be ended, when all else is. */
    public Future<Void> stop() {
        return InTurn.all(List.of(
                () -> Future.join(InTurn.all(List.of(feed::leave)), InTurn.all(List.of(this::sayGoodBye))),
                upkeep::close,
                rounds::end,
                vertx::close));
    }

    private Future<?> sayGoodBye() {
        List<Future<Void>> gone = loopDeployments.stream().map(vertx::undeploy).toList();
        return gone.isEmpty() ? Future.succeededFuture() : Future.join(gone);
    }
}
