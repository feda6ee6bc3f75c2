package io.depthcast.http;

import io.depthcast.auth.Entitlements;
import io.depthcast.bus.VertxInternals;
import io.depthcast.fanout.AudienceLoop;
import io.depthcast.fanout.InstrumentDirectory;
import io.depthcast.wire.BinanceBodies;
import io.depthcast.wire.BinanceBody;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.StreamKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The public market data of Binance spot under {@code /binance/}, for programs that speak nothing else: REST below {@code
 * api/v3}, streams at {@code ws} and {@code stream}. One gateway loop.
 */
final class BinanceRoutes {
    private static final String API = BinanceAccess.PREFIX + "api/v3/";
    private static final String RAW = BinanceAccess.PREFIX + "ws";
    private static final Set<String> PATHS = Set.of(
            API + "ping",
            API + "time",
            API + "exchangeInfo",
            API + "depth",
            API + "trades",
            API + "aggTrades",
            API + "klines",
            API + "ticker/24hr",
            API + "ticker/price",
            API + "ticker/bookTicker");

    private static final int USUAL_LEVELS = 100;
    private static final int USUAL_ENTRIES = 500;
    private static final int MOST_ENTRIES = 1_000;

    private final AudienceLoop audience;
    private final InstrumentDirectory directory;
    private final IdentityDesk identities;
    private final RestRoutes requests;
    private final StreamRoute streams;
    private final LongSupplier wallMicros;
    private final RecentAnswers recent = new RecentAnswers();

    BinanceRoutes(
            AudienceLoop audience,
            InstrumentDirectory directory,
            IdentityDesk identities,
            RestRoutes requests,
            StreamRoute streams,
            LongSupplier wallMicros) {
        this.audience = audience;
        this.directory = directory;
        this.identities = identities;
        this.requests = requests;
        this.streams = streams;
        this.wallMicros = wallMicros;
    }

    void mount(Router router) {
        router.get(RAW).handler(context -> streams.take(context.request(), Encodings.BINANCE, List.of()));
        router.get(RAW + "/*").handler(this::raw);
        router.get(BinanceAccess.PREFIX + "stream").handler(this::combined);
        router.get(API + "ping").handler(context -> Answer.json(context.response(), 200, new JsonObject()));
        router.get(API + "time").handler(this::time);
        rest(router, "exchangeInfo", this::exchangeInfo);
        rest(router, "depth", this::depth);
        rest(router, "trades", (context, who) -> trades(context, who, BinanceBody.Kind.TRADES));
        rest(router, "aggTrades", (context, who) -> trades(context, who, BinanceBody.Kind.AGGREGATE_TRADES));
        rest(router, "klines", this::klines);
        rest(router, "ticker/24hr", (context, who) -> tickers(context, who, BinanceBody.Kind.DAY));
        rest(router, "ticker/price", (context, who) -> tickers(context, who, BinanceBody.Kind.PRICE));
        rest(router, "ticker/bookTicker", (context, who) -> tickers(context, who, BinanceBody.Kind.BEST));
    }

    /** What no other route takes; to be called once these are there, for it answers every method. */
    void mountLast(Router router) {
        router.route(BinanceAccess.PREFIX + "api/*").handler(context -> {
            if (PATHS.contains(context.request().path())) {
                BinanceError.UNSUPPORTED.send(context.response());
            } else {
                Answer.empty(context.response().setStatusCode(404));
            }
        });
    }

    private void rest(Router router, String path, BiConsumer<RoutingContext, Entitlements> route) {
        router.get(API + path).handler(context -> {
            if (requests.isAdmitted(context)) {
                identities.identify(
                        context, client -> route.accept(context, client.entitlements()), error -> BinanceError.of(error)
                                .send(context.response()));
            } else {
                BinanceError.TOO_MANY_REQUESTS.send(HttpError.last(context.request()));
            }
        });
    }

    private void raw(RoutingContext context) {
        String path = context.request().path();
        streams.take(context.request(), Encodings.BINANCE, names(decoded(path.substring(RAW.length() + 1))));
    }

    /** As the target has it, where a plus is one. */
    private static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private void combined(RoutingContext context) {
        String named = context.request().getParam("streams", "");
        streams.take(context.request(), Encodings.BINANCE_COMBINED, names(named));
    }

    private static List<String> names(String text) {
        return Arrays.stream(text.split("/", -1))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private void time(RoutingContext context) {
        Answer.json(context.response(), 200, new JsonObject().put("serverTime", wallMicros.getAsLong() / 1_000));
    }

    private void exchangeInfo(RoutingContext context, Entitlements entitlements) {
        BinanceQuery query = new BinanceQuery(context, directory, entitlements);
        query.ignore("permissions", "showPermissionSets", "symbolStatus");
        List<Integer> listed = query.instruments(Channel.BOOK);
        if (!query.isRefused()) {
            told(query, "exchangeInfo", () -> Future.succeededFuture(listing(listed)))
                    .onSuccess(body -> Answer.json(context.response(), body));
        }
    }

    private Buffer listing(List<Integer> listed) {
        ByteBuf out = Unpooled.buffer();
        directory.writeBinanceListing(listed, wallMicros.getAsLong(), out);
        return VertxInternals.buffer(out);
    }

    /** What others were told just now, if it is about everything; else what is made. */
    private Future<Buffer> told(BinanceQuery query, String question, Supplier<Future<Buffer>> making) {
        return query.isOfAll() ? recent.get(question, directory.version(), System.nanoTime(), making) : making.get();
    }

    private void depth(RoutingContext context, Entitlements entitlements) {
        BinanceQuery query = new BinanceQuery(context, directory, entitlements);
        BinanceBody body = BinanceBody.of(BinanceBody.Kind.DEPTH);
        int instrumentId = query.instrument(body.channel());
        int limit = query.limit(USUAL_LEVELS, BinanceBodies.MOST_LEVELS);
        answer(context, query, instrumentId, body, limit);
    }

    private void trades(RoutingContext context, Entitlements entitlements, BinanceBody.Kind kind) {
        BinanceQuery query = new BinanceQuery(context, directory, entitlements);
        BinanceBody body = BinanceBody.of(kind);
        int instrumentId = query.instrument(body.channel());
        int limit = query.limit(USUAL_ENTRIES, MOST_ENTRIES);
        answer(context, query, instrumentId, body, limit);
    }

    private void klines(RoutingContext context, Entitlements entitlements) {
        BinanceQuery query = new BinanceQuery(context, directory, entitlements);
        int instrumentId = query.instrument(Channel.CANDLES);
        BinanceBody body = query.klines();
        int limit = query.limit(USUAL_ENTRIES, MOST_ENTRIES);
        answer(context, query, instrumentId, body, limit);
    }

    private void answer(RoutingContext context, BinanceQuery query, int instrumentId, BinanceBody body, int limit) {
        if (!query.isRefused()) {
            audience.history(new StreamKey(instrumentId, body), limit)
                    .onSuccess(told -> send(context, told))
                    .onFailure(gone -> BinanceError.UNAVAILABLE.send(context.response()));
        }
    }

    private static void send(RoutingContext context, Buffer told) {
        if (told.length() > 0) {
            Answer.json(context.response(), told);
        } else {
            BinanceError.UNAVAILABLE.send(context.response());
        }
    }

    /** One that is named alone is an object; several, or all, are an array of those of which anything is known. */
    private void tickers(RoutingContext context, Entitlements entitlements, BinanceBody.Kind kind) {
        BinanceQuery query = new BinanceQuery(context, directory, entitlements);
        query.ignore("type");
        BinanceBody body = BinanceBody.of(kind);
        List<Integer> named = query.instruments(body.channel());
        boolean isOne = query.text("symbol") != null;
        if (isOne) {
            answer(context, query, named.isEmpty() ? 0 : named.get(0), body, 1);
            return;
        }
        if (query.isRefused()) {
            return;
        }
        told(query, kind.name(), () -> tickers(named, body))
                .onSuccess(all -> Answer.json(context.response(), all))
                .onFailure(gone -> BinanceError.UNAVAILABLE.send(context.response()));
    }

    private Future<Buffer> tickers(List<Integer> named, BinanceBody body) {
        List<Future<Buffer>> each = named.stream()
                .map(id -> audience.history(new StreamKey(id, body), 1))
                .toList();
        return Future.all(each).map(all -> array(all.<Buffer>list()));
    }

    private static Buffer array(List<Buffer> tickers) {
        Buffer body = Buffer.buffer("[");
        for (Buffer ticker : tickers) {
            if (ticker.length() > 0) {
                body.appendString(body.length() > 1 ? "," : "").appendBuffer(ticker);
            }
        }
        return body.appendString("]");
    }
}
