package io.depthcast.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;

/** An address that could not be bound; the message says which one, from which keys, and why. */
public final class CannotListen extends RuntimeException {
    private CannotListen(HttpSettings settings, String section, Throwable cause) {
        super(
                "cannot listen on %s:%d (%s.host, %s.port): %s"
                        .formatted(settings.host(), settings.port(), section, section, reason(cause)),
                cause);
    }

    /** Binds a server, and fails with an exception of this class. */
    static Future<HttpServer> orListen(HttpServer server, HttpSettings settings, String section) {
        return server.listen(settings.port(), settings.host())
                .recover(cause -> Future.failedFuture(new CannotListen(settings, section, cause)));
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
