package io.depthcast.http;

import io.depthcast.admission.RequestBudgets;
import io.depthcast.bus.VertxInternals;
import io.depthcast.fanout.AudienceLoop;
import io.depthcast.fanout.EncodingCounter;
import io.depthcast.fanout.InstrumentDirectory;
import io.depthcast.session.Announcements;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
import io.depthcast.session.SessionContext;
import io.depthcast.session.TokenCheck;
import io.depthcast.session.WaitingRoom;
import io.depthcast.wire.FeedStatus;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.util.internal.PlatformDependent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The public HTTP server of one gateway loop and its routes. */
final class PublicPort {
    private static final String TICKETS = "/v1/tickets";
    private static final int REQUEST_LINE_BYTES = 4_096;
    /** More than the longest long poll. */
    private static final int IDLE_SECONDS = 75;

    private static final int DRAIN_MILLIS = 50;
    private static final int BACKLOG_MILLIS = 250;
    /** Part of the memory outside the heap in which answers may wait that are nobody's but one client's. */
    private static final int BACKLOG_SHARE = 8;

    private final Vertx vertx;
    private final HttpSettings settings;
    private final PaceSettings pace;
    private final AudienceLoop audience;
    private final InstrumentDirectory directory;
    private final FrontDesk desk;
    private final FirstLook firstLook;
    private final GatewayLoop clients;
    private final RestRoutes requests;
    private final Router router;
    private final HttpServer server;
    private final Tls tls;
    private final RequestBudgets budgets;
    private final Backlog backlog;
    private final Turnstile turnstile;
    private final long backlogTimer;
    private LimitSettings limits;
    private DrainSettings drainSettings;
    /** Ids begin at 0, so this is none. */
    private long drainTimer = -1;

    PublicPort(
            Vertx vertx,
            GatewaySetup setup,
            AudienceLoop audience,
            InstrumentDirectory directory,
            FrontDesk desk,
            IdentityDesk identities) {
        this.vertx = vertx;
        this.settings = setup.http();
        this.limits = setup.limits();
        this.pace = setup.pace();
        this.audience = audience;
        this.directory = directory;
        this.drainSettings = setup.drain();
        this.desk = desk;
        this.firstLook = new FirstLook(desk);
        this.tls = new Tls(limits.requestHeadSeconds());
        this.turnstile = setup.turnstile();
        this.backlog = new Backlog(
                limits.stalledSeconds(), mostBacklogBytes(), setup.meters().sockets());
        this.backlogTimer = vertx.setPeriodic(BACKLOG_MILLIS, tick -> tick(System.nanoTime()));
        this.clients = new GatewayLoop(
                vertx, audience, context(setup, audience, directory, identities), desk, setup.masking());
        this.router = Router.router(vertx);
        StreamRoute streams = new StreamRoute(clients, desk, setup.pages().origins(), setup.meters());
        router.get("/v1/stream").handler(streams::handle);
        this.budgets = new RequestBudgets(pace.snapshotsPerSecond(), pace.snapshotBurst(), System.nanoTime());
        this.requests = new RestRoutes(vertx, audience, directory, desk, budgets, identities, setup.meters());
        router.head("/v1/sse").handler(requests::admit);
        router.get("/v1/sse").handler(new SseRoute(clients.eventStreams(), desk, identities, directory)::handle);
        requests.mount(router);
        BinanceRoutes binance =
                new BinanceRoutes(audience, directory, identities, requests, streams, () -> micros(setup.clock()));
        if (setup.binance().enabled()) {
            binance.mount(router);
        }
        new OwnPages(setup.pages()).mount(router);
        new StaticRoutes().mount(router);
        router.getRoutes().forEach(route -> route.method(HttpMethod.HEAD));
        new CrossOrigin(setup.pages().origins()).mount(router);
        router.post(TICKETS).handler(requests::admit).handler(identities::ticket);
        RequestTimes times = new RequestTimes(setup.meters().rest());
        router.route("/v1/*").order(-1).handler(times::measure);
        if (setup.binance().enabled()) {
            binance.mountLast(router);
            router.route(BinanceAccess.PREFIX + "api/*").order(-1).handler(times::measure);
        }
        errors(router);
        router.errorHandler(404, requests.counted(PublicPort::notFound));
        router.errorHandler(405, requests.counted(PublicPort::notAllowed));
        this.server = vertx.createHttpServer(options(setup.certifiedKey()))
                .connectionHandler(this::expectRequest)
                .requestHandler(request -> route(request, router));
    }

    private void tick(long nowNanos) {
        backlog.tick(nowNanos);
        desk.tick(nowNanos);
    }

    private static long mostBacklogBytes() {
        return PlatformDependent.maxDirectMemory()
                / BACKLOG_SHARE
                / Runtime.getRuntime().availableProcessors();
    }

    /** What is told of requests that no route takes. */
    static void errors(Router router) {
        router.errorHandler(404, PublicPort::notFound);
        router.errorHandler(405, PublicPort::notAllowed);
        router.errorHandler(500, PublicPort::failed);
    }

    private static SessionContext context(
            GatewaySetup setup, AudienceLoop audience, InstrumentDirectory directory, TokenCheck tokens) {
        Clock clock = setup.clock();
        PooledByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
        return new SessionContext(
                setup.server(),
                directory,
                audience.streams(),
                new Announcements(allocator, directory, new EncodingCounter(setup.meters())),
                new WaitingRoom(),
                setup.limits(),
                setup.pace(),
                setup.meters(),
                allocator,
                () -> micros(clock),
                new SplittableRandom(),
                tokens);
    }

    private static long micros(Clock clock) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    private HttpServerOptions options(@Nullable CertifiedKey key) {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxInitialLineLength(REQUEST_LINE_BYTES)
                .setMaxHeaderSize(limits.requestHeadBytes())
                .setHttp2ClearTextEnabled(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setSendBufferSize(pace.sendBufferBytes());
        return key == null ? options : tls.on(options, key);
    }

    /** What it answers, for whoever wants to know all of it. */
    List<Route> routes() {
        return router.getRoutes();
    }

    Future<HttpServer> listen() {
        return CannotListen.orListenTogether(server, settings, "http")
                .onSuccess(listening -> turnstile.guard(listening.actualPort()));
    }

    Health feedHealth() {
        FeedStatus status = audience.feedStatus();
        return new Health(status == FeedStatus.LIVE, status.name().toLowerCase(Locale.ROOT));
    }

    /** Clients that come from now on have these, but for those of the server itself. */
    void take(LimitSettings changed) {
        limits = changed;
        backlog.stalledSeconds(changed.stalledSeconds());
        clients.take(changed);
    }

    /** Clients that come from now on have this, but for the send buffer. */
    void take(PaceSettings changed) {
        clients.take(changed);
        budgets.setRate(changed.snapshotsPerSecond(), changed.snapshotBurst(), System.nanoTime());
    }

    /** For a drain that begins later. */
    void take(DrainSettings changed) {
        drainSettings = changed;
    }

    /** Connections of all loops from now on are shown this certificate; those that are there stay as they are. */
    Future<?> renew(CertifiedKey key) {
        return server.updateSSLOptions(tls.options(key));
    }

    int actualPort() {
        return server.actualPort();
    }

    /** See {@link Connections#followers}. */
    Map<StreamName, Integer> followers() {
        Map<Integer, String> symbols = directory.symbols();
        Map<StreamName, Integer> named = new HashMap<>();
        audience.followers().forEach((key, count) -> {
            String symbol = symbols.getOrDefault(key.instrumentId(), "#" + key.instrumentId());
            named.merge(new StreamName(key.channel().text(), symbol, key.view().detail()), count, Integer::sum);
        });
        return named;
    }

    GatewayLoop clients() {
        return clients;
    }

    /** Sends every client away, and completes when none is left. */
    Future<Void> drain() {
        stay();
        Drain drain = new Drain(drainSettings, System.nanoTime(), ThreadLocalRandom.current()::nextInt);
        long timer = vertx.setPeriodic(DRAIN_MILLIS, tick -> drain.tick(System.nanoTime()));
        drainTimer = timer;
        return clients.drain(drain).onComplete(gone -> vertx.cancelTimer(timer));
    }

    /** Takes {@link #drain} back: whoever has not been closed stays. */
    void stay() {
        vertx.cancelTimer(drainTimer);
        clients.stay();
    }

    Future<Void> close() {
        requests.close();
        return clients.close()
                .compose(gone -> server.close())
                .compose(closed -> audience.close())
                .onComplete(left -> {
                    vertx.cancelTimer(backlogTimer);
                    desk.leave();
                });
    }

    private void expectRequest(HttpConnection connection) {
        Channel channel = VertxInternals.channel(connection);
        HeadTimer.install(channel.pipeline(), limits.requestHeadSeconds());
        RequestGate.install(channel, backlog);
    }

    private void route(HttpServerRequest request, Router router) {
        request.response().putHeader("X-Content-Type-Options", "nosniff");
        if (!firstLook.refuses(request)) {
            router.handle(request);
        }
    }

    private static void notFound(RoutingContext context) {
        new HttpError(404, "not-found", "no such path; see /docs/").send(context.response());
    }

    private static void notAllowed(RoutingContext context) {
        String path = context.request().path();
        String method = path.equals(PublishRoute.PATH) ? "GET and POST" : path.equals(TICKETS) ? "POST" : "GET";
        new HttpError(405, "method-not-allowed", "this path takes " + method + " only").send(context.response());
    }

    private static void failed(RoutingContext context) {
        if (!context.response().ended()) {
            new HttpError(500, "internal-error", "the gateway failed; its log says why").send(context.response());
        }
    }
}
