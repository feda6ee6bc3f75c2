package io.depthcast.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which content codings a client takes (RFC 9110, 12.5.3). */
final class AcceptEncoding {
    private static final Pattern WEIGHT_ZERO = Pattern.compile("\\s*q\\s*=\\s*0(\\.0{0,3})?\\s*");

    private AcceptEncoding() {}

    /** Whether a client names gzip and does not refuse it. A mere {@code *} is no wish for it. */
    static boolean isGzip(HttpServerRequest request) {
        return isGzip(request.headers().getAll(HttpHeaders.ACCEPT_ENCODING));
    }

    static boolean isGzip(List<String> headers) {
        for (String header : headers) {
            for (String coding : header.split(",", -1)) {
                String[] parts = coding.toLowerCase(Locale.ROOT).split(";", 2);
                String name = parts[0].strip();
                if (name.equals("gzip") || name.equals("x-gzip")) {
                    return parts.length == 1 || !WEIGHT_ZERO.matcher(parts[1]).matches();
                }
            }
        }
        return false;
    }
}
