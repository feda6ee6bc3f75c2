package io.depthcast.source;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The questions that are asked of the exchange, and how long to wait when it has had enough of them. Feed loop only. */
final class BinanceRest {
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

    Future<String> exchangeInfo(List<String> names) {
        String list = names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",", "[", "]"));
        return get("/api/v3/exchangeInfo?symbols=" + URLEncoder.encode(list, StandardCharsets.UTF_8));
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
                        : Future.failedFuture("HTTP " + status + ": " + Refusals.quote(bytes.toString())));
    }

    private static long retrySeconds(@Nullable String header) {
        boolean isNumber = header != null && header.matches("[0-9]{1,6}");
        return isNumber ? Math.min(MAX_RETRY_SECONDS, Long.parseLong(header)) : DEFAULT_RETRY_SECONDS;
    }

    Future<Void> close() {
        return client.close();
    }
}
