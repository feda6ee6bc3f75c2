package io.depthcast.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import java.util.regex.Pattern;

/** An address that could not be bound; the message says which one, from which keys, and why. */
public final class CannotListen extends RuntimeException {
    /** Vert.x gives one free port to all its servers that ask for this one; those that ask for 0 get one each. */
    private static final int SHARED_FREE_PORT = -1;

    /** What epoll and io_uring say before what NIO says. */
    private static final Pattern NATIVE_CALL = Pattern.compile("^.*failed with error\\(-?\\d+\\): ");

    private CannotListen(HttpSettings settings, String section, Throwable cause) {
        super(
                "cannot listen on %s:%d (%s.host, %s.port): %s"
                        .formatted(settings.host(), settings.port(), section, section, reason(cause)),
                cause);
    }

    /** Binds a server, and fails with an exception of this class. */
    static Future<HttpServer> orListen(HttpServer server, HttpSettings settings, String section) {
        return orListen(server, settings, section, settings.port());
    }

    /** The same for one of several servers that share a port, a free one too. */
    static Future<HttpServer> orListenTogether(HttpServer server, HttpSettings settings, String section) {
        return orListen(server, settings, section, settings.port() == 0 ? SHARED_FREE_PORT : settings.port());
    }

    private static Future<HttpServer> orListen(HttpServer server, HttpSettings settings, String section, int port) {
        return server.listen(port, settings.host())
                .recover(cause -> Future.failedFuture(new CannotListen(settings, section, cause)));
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null
                ? cause.toString()
                : NATIVE_CALL.matcher(cause.getMessage()).replaceFirst("");
    }
}
