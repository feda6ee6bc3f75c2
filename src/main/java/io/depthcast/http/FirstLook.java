package io.depthcast.http;

import io.depthcast.admission.Sockets;
import io.depthcast.bus.VertxInternals;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with a request, or with who asks, whatever it is for; looked at before any route. One gateway loop. */
final class FirstLook {
    private static final String RETRY_SECONDS = "5";
    private static final Pattern BAD_TARGET = Pattern.compile("^(?!/|https?://)|%(?![0-9A-Fa-f]{2})");
    /** A name or an address, with or without a port (RFC 3986, 3.2.2); nothing where the target says it. */
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._~-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])?(:[0-9]{0,5})?");

    private static final HttpError FULL =
            new HttpError(503, "full", "this gateway has all the connections it can hold; try another");
    private static final HttpError NO_METHOD = new HttpError(501, "unknown-method", "no method of HTTP; try GET");
    private static final HttpError NO_HOST =
            new HttpError(400, "bad-request", "expected one Host header, a name and perhaps a port (RFC 9112, 3.2)");
    private static final HttpError NO_TARGET =
            new HttpError(400, "bad-request", "expected a path, with % before two hex digits only");
    /** Who may have these is decided, and counted, for the whole node. */
    private static final Set<String> STREAMS = Set.of("/v1/stream", "/v1/sse");

    private final FrontDesk desk;

    FirstLook(FrontDesk desk) {
        this.desk = desk;
    }

    /** Answers a request that no route shall see, as the last one of its connection; returns whether it is one. */
    boolean refuses(HttpServerRequest request) {
        HttpError wrong = wrong(request);
        if (wrong == null) {
            return false;
        }
        if (wrong.equals(FULL)) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        if (wrong.equals(FULL) || wrong.equals(HttpError.BLOCKED)) {
            desk.turnedAway(request, wrong.code());
        }
        wrong.sendLast(request);
        return true;
    }

    private @Nullable HttpError wrong(HttpServerRequest request) {
        Sockets.Seat seat = Turnstile.seatOf(VertxInternals.channel(request.connection()));
        if (seat != null && seat.isRefused()) {
            return FULL;
        }
        if (request.method().name().equals(RequestGate.UNKNOWN_METHOD)) {
            return NO_METHOD;
        }
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        if (hosts.size() != 1 || !HOST.matcher(hosts.get(0)).matches()) {
            // What the router takes for failures of the gateway, with a stack trace in the log for each.
            return NO_HOST;
        }
        if (BAD_TARGET.matcher(request.uri()).find()) {
            return NO_TARGET;
        }
        return !STREAMS.contains(request.path()) && desk.keepsOut(request, "") ? HttpError.BLOCKED : null;
    }
}
