package io.depthcast.client;

import io.depthcast.wire.Encoding;
import io.depthcast.wire.Encodings;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one client is to do.
 *
 * @param uri of the stream: {@code ws://host:port/v1/stream} or {@code wss:}
 * @param encoding of market data
 * @param deflate whether to offer permessage-deflate
 * @param tokens whose tokens are sent as {@code Authorization: Bearer}, null where the gateway asks for none
 * @param maxMessageBytes of a message from the gateway, also after inflation
 * @param silenceMillis a connection on which nothing came for this long is given up; the gateway's heartbeat is every 5 s
 * @param backoffBaseMillis first ceiling of the wait before a new attempt
 * @param backoffCapMillis its highest ceiling
 * @param healthyMillis after a connection of this length the ceiling is the first again
 */
public record ClientSettings(
        URI uri,
        Encoding encoding,
        boolean deflate,
        @Nullable TokenSource tokens,
        int maxMessageBytes,
        long silenceMillis,
        long backoffBaseMillis,
        long backoffCapMillis,
        long healthyMillis) {
    private static final int DEFAULT_MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
    private static final int WS_PORT = 80;
    private static final int WSS_PORT = 443;

    /** @throws IllegalArgumentException if the URI is not one of a WebSocket, or a number not positive */
    public ClientSettings {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("ws") || scheme.equals("wss"))) {
            throw new IllegalArgumentException("expected ws://host:port/v1/stream or wss:, got " + uri);
        }
        if (maxMessageBytes < 1 || silenceMillis < 1) {
            throw new IllegalArgumentException("expected positive limits, got " + maxMessageBytes + " bytes and "
                    + silenceMillis + " ms of silence");
        }
    }

    /** SBE, deflated, and the waits that the protocol recommends. */
    public static ClientSettings of(URI uri) {
        return new ClientSettings(
                uri,
                Encodings.SBE,
                true,
                null,
                DEFAULT_MAX_MESSAGE_BYTES,
                TimeUnit.SECONDS.toMillis(11),
                250,
                TimeUnit.SECONDS.toMillis(15),
                TimeUnit.SECONDS.toMillis(10));
    }

    public ClientSettings withEncoding(Encoding other) {
        return new ClientSettings(
                uri,
                other,
                deflate,
                tokens,
                maxMessageBytes,
                silenceMillis,
                backoffBaseMillis,
                backoffCapMillis,
                healthyMillis);
    }

    public ClientSettings withDeflate(boolean offered) {
        return new ClientSettings(
                uri,
                encoding,
                offered,
                tokens,
                maxMessageBytes,
                silenceMillis,
                backoffBaseMillis,
                backoffCapMillis,
                healthyMillis);
    }

    /** With one token for good. */
    public ClientSettings withToken(String token) {
        return withTokens(use -> use.accept(token));
    }

    public ClientSettings withTokens(TokenSource other) {
        return new ClientSettings(
                uri,
                encoding,
                deflate,
                other,
                maxMessageBytes,
                silenceMillis,
                backoffBaseMillis,
                backoffCapMillis,
                healthyMillis);
    }

    public ClientSettings withSilence(long millis) {
        return new ClientSettings(
                uri,
                encoding,
                deflate,
                tokens,
                maxMessageBytes,
                millis,
                backoffBaseMillis,
                backoffCapMillis,
                healthyMillis);
    }

    public ClientSettings withBackoff(long baseMillis, long capMillis, long goodMillis) {
        return new ClientSettings(
                uri, encoding, deflate, tokens, maxMessageBytes, silenceMillis, baseMillis, capMillis, goodMillis);
    }

    boolean isSecure() {
        return uri.getScheme().equalsIgnoreCase("wss");
    }

    int port() {
        int usual = isSecure() ? WSS_PORT : WS_PORT;
        return uri.getPort() == -1 ? usual : uri.getPort();
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ClientSettings[" + uri + " " + encoding.name() + (deflate ? " deflated" : "") + "]";
    }
}
