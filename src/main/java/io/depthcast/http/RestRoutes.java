package io.depthcast.http;

import io.depthcast.admission.RequestBudgets;
import io.depthcast.auth.Entitlements;
import io.depthcast.fanout.AudienceLoop;
import io.depthcast.fanout.InstrumentDirectory;
import io.depthcast.limit.Address;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.RateLimit;
import io.depthcast.wire.Channel;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.Version;
import io.depthcast.wire.View;
import io.depthcast.wire.Views;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** {@code /v1/instruments}, {@code /v1/book}, {@code /v1/trades} and {@code /v1/candles}. One gateway loop. */
final class RestRoutes {
    private static final int STATE_WAIT_MILLIS = 2_000;
    private static final int MAX_WAIT_MILLIS = 60_000;
    private static final int MAX_TRADES = 1_000;
    private static final int MAX_CANDLES = 1_000;

    private static final HttpError TOO_MANY =
            new HttpError(429, "too-many-requests", "your address asks too often; follow a stream, or ask less");

    private final Vertx vertx;
    private final AudienceLoop audience;
    private final InstrumentDirectory directory;
    private final FrontDesk desk;
    private final RequestBudgets budgets;
    private final IdentityDesk identities;
    private final Meters meters;
    private final RecentAnswers recent = new RecentAnswers();
    private final Set<OneAnswer> waiting = new HashSet<>();

    RestRoutes(
            Vertx vertx,
            AudienceLoop audience,
            InstrumentDirectory directory,
            FrontDesk desk,
            RequestBudgets budgets,
            IdentityDesk identities,
            Meters meters) {
        this.vertx = vertx;
        this.audience = audience;
        this.directory = directory;
        this.desk = desk;
        this.budgets = budgets;
        this.identities = identities;
        this.meters = meters;
    }

    void mount(Router router) {
        router.get("/v1/instruments").handler(this::admit).handler(identified(this::instruments));
        router.get("/v1/book/:symbol").handler(this::admit).handler(identified(this::book));
        router.get("/v1/trades/:symbol").handler(this::admit).handler(identified(this::trades));
        router.get("/v1/candles/:symbol").handler(this::admit).handler(identified(this::candles));
        router.get("/v1/tickers").handler(this::admit).handler(identified(this::tickers));
        router.get("/v1/ticker/:symbol").handler(this::admit).handler(identified(this::ticker));
    }

    private Handler<RoutingContext> identified(BiConsumer<RoutingContext, Entitlements> route) {
        return context -> identities.identify(context, client -> route.accept(context, client.entitlements()));
    }

    /**
     * Each of these costs an encoding, a place in a stream, as the start of a book on a connection does, or the check of a
     * signature.
     */
    void admit(RoutingContext context) {
        counted(RoutingContext::next).handle(context);
    }

    /**
     * An answer of which no address is to have any number. Who has had too many of them loses his connection: what he has
     * sent on it already, thousands of requests perhaps, costs nothing more.
     */
    Handler<RoutingContext> counted(Handler<RoutingContext> answer) {
        return context -> {
            if (isAdmitted(context)) {
                answer.handle(context);
            } else {
                TOO_MANY.sendLast(context.request());
            }
        };
    }

    /** Whether its address may ask now; if not, that is counted, and the answer says when to ask again. */
    boolean isAdmitted(RoutingContext context) {
        Address client = desk.client(context.request());
        if (client == null || desk.isExempt(client) || budgets.tryTake(client, System.nanoTime())) {
            return true;
        }
        meters.rateLimited(RateLimit.REQUESTS);
        desk.turnedAway(context.request(), Refusals.HTTP, "too-many-requests");
        context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        return false;
    }

    private void instruments(RoutingContext context, Entitlements entitlements) {
        Answer.json(context.response(), out -> directory.writeListing(entitlements, out));
    }

    private void book(RoutingContext context, Entitlements entitlements) {
        Query query = new Query(context);
        int instrumentId = query.instrument(Channel.BOOK, directory, entitlements);
        int depth = query.oneOf("depth", Views.DEFAULT_DEPTH, Views.DEPTHS, "bad-depth");
        int group = query.oneOf("group", Views.DEFAULT_GROUP, Views.GROUPS, "bad-group");
        Version since = query.version("since");
        boolean isPoll = since.epoch() != 0;
        int waitMillis = query.integer("waitMillis", isPoll ? 0 : STATE_WAIT_MILLIS, 0, MAX_WAIT_MILLIS);
        if (query.isRefused()) {
            return;
        }
        StreamKey key = new StreamKey(instrumentId, new View.Book(depth, group));
        boolean gzip = AcceptEncoding.isGzip(context.request());
        OneAnswer asker = isPoll
                ? OneAnswer.since(vertx, audience.streams(), key, since, gzip, waitMillis)
                : OneAnswer.state(vertx, audience.streams(), key, gzip, waitMillis);
        HttpServerResponse response = context.response();
        response.closeHandler(gone -> asker.abandon());
        waiting.add(asker);
        asker.future().onSuccess(body -> {
            waiting.remove(asker);
            reply(response, body, gzip, isPoll);
        });
    }

    /** Answers whoever waits; nobody is asked for more. */
    void close() {
        for (OneAnswer asker : new ArrayList<>(waiting)) {
            asker.abandon();
        }
    }

    private static void reply(HttpServerResponse response, @Nullable Buffer answer, boolean gzip, boolean mayBeEmpty) {
        if (response.closed() || response.ended()) {
            return;
        }
        response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (answer != null) {
            if (gzip) {
                response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            }
            Answer.json(response, answer);
        } else if (mayBeEmpty) {
            Answer.empty(response.setStatusCode(204));
        } else {
            response.putHeader("Retry-After", "1");
            new HttpError(503, "stale", "the book has no state yet; try again in a second").send(response);
        }
    }

    private void trades(RoutingContext context, Entitlements entitlements) {
        Query query = new Query(context);
        int instrumentId = query.instrument(Channel.TRADES, directory, entitlements);
        int limit = query.integer("limit", 100, 1, MAX_TRADES);
        if (!query.isRefused()) {
            history(context, new StreamKey(instrumentId, View.Single.TRADES), limit);
        }
    }

    private void candles(RoutingContext context, Entitlements entitlements) {
        Query query = new Query(context);
        int instrumentId = query.instrument(Channel.CANDLES, directory, entitlements);
        View view = query.oneOf("interval", "1m", Views.INTERVALS, "bad-interval");
        int limit = query.integer("limit", 500, 1, MAX_CANDLES);
        if (!query.isRefused()) {
            history(context, new StreamKey(instrumentId, view), limit);
        }
    }

    private void ticker(RoutingContext context, Entitlements entitlements) {
        Query query = new Query(context);
        int instrumentId = query.instrument(Channel.TICKER, directory, entitlements);
        if (!query.isRefused()) {
            history(context, new StreamKey(instrumentId, View.Single.TICKER), 1);
        }
    }

    private void tickers(RoutingContext context, Entitlements entitlements) {
        Future<Buffer> told = entitlements.isEverything()
                ? recent.get("tickers", directory.version(), System.nanoTime(), () -> tickers(entitlements))
                : tickers(entitlements);
        told.onSuccess(all -> Answer.json(context.response(), all)).onFailure(gone -> unavailable(context));
    }

    private Future<Buffer> tickers(Entitlements entitlements) {
        List<Future<Buffer>> each = directory.idsVisibleTo(entitlements, Channel.TICKER).stream()
                .map(id -> audience.history(new StreamKey(id, View.Single.TICKER), 1))
                .toList();
        return Future.all(each).map(all -> listed(all.<Buffer>list()));
    }

    /** Without those of which nothing is known yet. */
    private static Buffer listed(List<Buffer> tickers) {
        Buffer body = Buffer.buffer("{\"tickers\":[");
        int empty = body.length();
        for (Buffer ticker : tickers) {
            if (ticker.length() > 0) {
                body.appendString(body.length() > empty ? "," : "").appendBuffer(ticker);
            }
        }
        return body.appendString("]}");
    }

    private static void unavailable(RoutingContext context) {
        new HttpError(503, "unavailable", "the history is not to be had now; try again").send(context.response());
    }

    private void history(RoutingContext context, StreamKey key, int limit) {
        audience.history(key, limit)
                .onSuccess(body -> {
                    if (body.length() > 0) {
                        Answer.json(context.response(), body);
                    } else {
                        unavailable(context);
                    }
                })
                .onFailure(gone -> unavailable(context));
    }
}
