package io.depthcast.source;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The questions that are asked of the exchange, and how long to wait when it has had enough of them. Feed loop only. */
final class BinanceRest {
    private static final Logger LOG = LoggerFactory.getLogger(BinanceRest.class);
    /** Of a snapshot, on each side. */
    private static final int SNAPSHOT_LEVELS = 1_000;

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MAX_RETRY_SECONDS = 600;
    private static final int DEFAULT_RETRY_SECONDS = 30;

    private final HttpClient client;
    private final String base;

    BinanceRest(Vertx vertx, String base) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(TIMEOUT_MILLIS).setDecompressionSupported(true));
        this.base = base;
    }

    /** The exchange asks to be left alone for a while: its status 429, or 418 for who did not listen. */
    static final class TooMany extends RuntimeException {
        final long waitNanos;

        TooMany(int status, long seconds) {
            super("HTTP " + status + ": asked too often; again in " + seconds + " s");
            this.waitNanos = TimeUnit.SECONDS.toNanos(seconds);
        }
    }

    /** The exchange does not answer this question: its status 400. */
    private static final class Refused extends IOException {
        Refused(String message) {
            super(message);
        }
    }

    /**
     * Of those of the symbols that the exchange lists. It refuses a question of which one name is unknown to it, and not only
     * of that name, so the question is halved until it is only that name which is left out.
     */
    Future<List<BinanceListing>> listings(List<String> names) {
        String list = names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",", "[", "]"));
        return get("/api/v3/exchangeInfo?symbols=" + URLEncoder.encode(list, StandardCharsets.UTF_8))
                .map(BinanceListing::all)
                .recover(failure -> failure instanceof Refused refused ? halves(names, refused) : failed(failure));
    }

    private Future<List<BinanceListing>> halves(List<String> names, Refused refused) {
        int half = names.size() / 2;
        if (half == 0) {
            LOG.warn("{} is left out: {}", names.get(0), refused.getMessage());
            return Future.succeededFuture(List.of());
        }
        return listings(names.subList(0, half)).compose(first -> listings(names.subList(half, names.size()))
                .map(second -> Stream.concat(first.stream(), second.stream()).toList()));
    }

    private static Future<List<BinanceListing>> failed(Throwable failure) {
        return Future.failedFuture(failure);
    }

    Future<String> depth(String name) {
        return get("/api/v3/depth?symbol=" + name + "&limit=" + SNAPSHOT_LEVELS);
    }

    private Future<String> get(String target) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(base + target)
                .setTimeout(TIMEOUT_MILLIS);
        return client.request(options).compose(request -> request.send()).compose(BinanceRest::body);
    }

    private static Future<String> body(HttpClientResponse response) {
        int status = response.statusCode();
        if (status == 429 || status == 418) {
            return Future.failedFuture(new TooMany(status, retrySeconds(response.getHeader("Retry-After"))));
        }
        return response.body()
                .compose(bytes -> status == 200
                        ? Future.succeededFuture(bytes.toString())
                        : Future.failedFuture(failure(status, Refusals.quote(bytes.toString()))));
    }

    private static IOException failure(int status, String body) {
        String message = "HTTP " + status + ": " + body;
        return status == 400 ? new Refused(message) : new IOException(message);
    }

    private static long retrySeconds(@Nullable String header) {
        boolean isNumber = header != null && header.matches("[0-9]{1,6}");
        return isNumber ? Math.min(MAX_RETRY_SECONDS, Long.parseLong(header)) : DEFAULT_RETRY_SECONDS;
    }

    Future<Void> close() {
        return client.close();
    }
}
