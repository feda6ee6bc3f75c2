package io.depthcast.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.depthcast.wire.Encoding;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The server's side of the WebSocket opening handshake (RFC 6455, 4.2), as a value. The caller has checked Host. Stateless. */
final class Handshake {
    /** What a request leads to. */
    sealed interface Result {}

    /**
     * @param subprotocol to answer, null if the client offered none
     * @param accept value of Sec-WebSocket-Accept
     */
    record Accepted(
            Form form,
            @Nullable String subprotocol,
            @Nullable String extensions,
            String accept) implements Result {
        /** Whether the client agreed to keep the window that it inflates with from one message to the next. */
        boolean keepsWindow() {
            return extensions != null && !extensions.contains(DeflateOffer.NO_TAKEOVER);
        }
    }

    /** The request is answered with this HTTP status. */
    record Refused(int status, String code, String reason) implements Result {}

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    private static final Refused NO_WEBSOCKET =
            new Refused(426, "upgrade-required", "connect with a WebSocket client: ws:// or wss://");

    private Handshake() {}

    /** The encoding is one that the client chooses. */
    static Result check(HttpServerRequest request) {
        return check(request, null);
    }

    /** @param given the encoding whatever the client offers, none of which is selected; null if it chooses */
    static Result check(HttpServerRequest request, @Nullable Encoding given) {
        MultiMap headers = request.headers();
        if (request.method().equals(HttpMethod.HEAD)) {
            return NO_WEBSOCKET;
        }
        if (!request.method().equals(HttpMethod.GET) || request.version() != HttpVersion.HTTP_1_1) {
            return malformed("a WebSocket opens with GET and HTTP/1.1");
        }
        if (!hasToken(headers, "Connection", "upgrade") || !hasToken(headers, "Upgrade", "websocket")) {
            return NO_WEBSOCKET;
        }
        if (!headers.getAll("Sec-WebSocket-Version").equals(List.of("13"))) {
            return new Refused(426, "upgrade-required", "expected Sec-WebSocket-Version: 13");
        }
        if ((headers.contains("Content-Length") && !"0".equals(headers.get("Content-Length")))
                || headers.contains("Transfer-Encoding")) {
            return malformed("a handshake has no body");
        }
        List<String> keys = headers.getAll("Sec-WebSocket-Key");
        if (keys.size() != 1 || !isKey(keys.get(0))) {
            return malformed("expected one Sec-WebSocket-Key of 16 bytes in base64");
        }
        return given == null
                ? choose(headers, keys.get(0))
                : accept(keys.get(0), given, null, DeflateOffer.chooseExplicit(extensions(headers)));
    }

    private static Result choose(MultiMap headers, String key) {
        List<String> offered = HeaderTokens.of(headers.getAll("Sec-WebSocket-Protocol"));
        offered.removeIf(entry -> entry.startsWith(Credentials.BEARER_ENTRY));
        Encoding encoding = offered.isEmpty() ? Encodings.JSON : firstKnown(offered);
        if (encoding == null) {
            return new Refused(
                    400,
                    "unknown-subprotocol",
                    "offer one of "
                            + String.join(
                                    ", ",
                                    Encodings.ALL.stream()
                                            .map(Encoding::subprotocol)
                                            .toList()));
        }
        return accept(
                key,
                encoding,
                offered.isEmpty() ? null : encoding.subprotocol(),
                DeflateOffer.choose(extensions(headers)));
    }

    private static List<String> extensions(MultiMap headers) {
        return headers.getAll("Sec-WebSocket-Extensions");
    }

    private static Accepted accept(String key, Encoding encoding, @Nullable String subprotocol, DeflateOffer deflate) {
        return new Accepted(Form.of(encoding, deflate.windowBits()), subprotocol, deflate.response(), accept(key));
    }

    private static @Nullable Encoding firstKnown(List<String> offered) {
        for (String name : offered) {
            for (Encoding encoding : Encodings.ALL) {
                if (encoding.subprotocol().equals(name)) {
                    return encoding;
                }
            }
        }
        return null;
    }

    private static Refused malformed(String reason) {
        return new Refused(400, "bad-handshake", reason);
    }

    private static boolean hasToken(MultiMap headers, String name, String token) {
        return HeaderTokens.of(headers.getAll(name)).stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).equals(token));
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
