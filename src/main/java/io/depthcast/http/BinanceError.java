package io.depthcast.http;

import io.depthcast.bus.VertxInternals;
import io.depthcast.wire.BinanceDialect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.http.HttpServerResponse;

/**
 * A refusal of a request in Binance's dialect: {@code {"code":-1121,"msg":"Invalid symbol."}}.
 *
 * @param status of HTTP
 * @param code fixed, for programs
 */
record BinanceError(int status, int code, String message) {
    static final BinanceError INVALID_SYMBOL = new BinanceError(400, -1121, "Invalid symbol.");
    static final BinanceError INVALID_INTERVAL = new BinanceError(400, -1120, "Invalid interval.");
    static final BinanceError INVALID_COMBINATION =
            new BinanceError(400, -1128, "Combination of optional parameters invalid.");
    static final BinanceError UNSUPPORTED = new BinanceError(405, -1020, "This operation is not supported.");
    static final BinanceError UNAVAILABLE =
            new BinanceError(503, -1001, "Internal error; unable to process your request. Please try again.");

    static final BinanceError TOO_MANY_REQUESTS = new BinanceError(
            429, -1003, "Too many requests; please use WebSocket Streams for live updates to avoid polling the API.");

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /** What the gateway says in its own words. */
    static BinanceError of(HttpError error) {
        return switch (error.status()) {
            case UNAUTHORIZED ->
                new BinanceError(UNAUTHORIZED, -2015, "Invalid API-key, IP, or permissions for action.");
            case FORBIDDEN -> new BinanceError(FORBIDDEN, -1002, "You are not authorized to execute this request.");
            default -> UNAVAILABLE;
        };
    }

    static BinanceError missing(String parameter) {
        return new BinanceError(
                400, -1102, "Mandatory parameter '" + parameter + "' was not sent, was empty/null, or malformed.");
    }

    static BinanceError empty(String parameter) {
        return new BinanceError(400, -1105, "Parameter '" + parameter + "' was empty.");
    }

    static BinanceError illegal(String parameter, String legal) {
        return new BinanceError(
                400,
                -1100,
                "Illegal characters found in parameter '" + parameter + "'; legal range is '" + legal + "'.");
    }

    static BinanceError invalid(String parameter) {
        return new BinanceError(400, -1130, "Data sent for parameter '" + parameter + "' is not valid.");
    }

    static BinanceError twice(String parameter) {
        return new BinanceError(400, -1101, "Duplicate values for parameter '" + parameter + "'.");
    }

    static BinanceError unread(int read, int sent) {
        return new BinanceError(
                400,
                -1104,
                "Not all sent parameters were read; read '" + read + "' parameter(s) but was sent '" + sent + "'.");
    }

    void send(HttpServerResponse response) {
        ByteBuf body = Unpooled.buffer();
        BinanceDialect.error(code, message, body);
        Answer.json(response.setStatusCode(status), VertxInternals.buffer(body));
    }
}
