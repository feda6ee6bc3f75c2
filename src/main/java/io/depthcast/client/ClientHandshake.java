package io.depthcast.client;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client's side of the opening handshake (RFC 6455, 4.1): what is asked for, and what must be answered. */
final class ClientHandshake {
    private static final String DEFLATE = "permessage-deflate";
    /** Neither side refers back beyond a message, so no connection needs a deflater or an inflater of its own. */
    private static final String ALONE = "server_no_context_takeover";

    private static final String OFFER = DEFLATE + "; " + ALONE + "; client_no_context_takeover";
    private static final long NO_FORCED_CLOSE = -1;

    private ClientHandshake() {}

    /**
     * @param session id of the connection before this one, null if there was none
     * @param token as in the settings, or one that came later
     */
    static WebSocketClientHandshaker handshaker(
            ClientSettings settings, @Nullable String session, @Nullable String token) {
        HttpHeaders headers = new DefaultHttpHeaders();
        if (settings.deflate()) {
            headers.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, OFFER);
        }
        if (token != null) {
            headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token);
        }
        return WebSocketClientHandshakerFactory.newHandshaker(
                uri(settings.uri(), session),
                WebSocketVersion.V13,
                settings.encoding().subprotocol(),
                true,
                headers,
                settings.maxMessageBytes(),
                true,
                false,
                NO_FORCED_CLOSE,
                false,
                false);
    }

    private static URI uri(URI uri, @Nullable String session) {
        if (session == null || !session.matches("[A-Za-z0-9._-]{1,64}")) {
            return uri;
        }
        return URI.create(uri + (uri.getRawQuery() == null ? "?" : "&") + "session=" + session);
    }

    /**
     * Whether the gateway deflates, or null if it answered something that was not offered.
     *
     * @param answer value of Sec-WebSocket-Extensions, null if there is none
     */
    static @Nullable Boolean deflates(ClientSettings settings, @Nullable String answer) {
        if (answer == null) {
            return false;
        }
        List<String> parts =
                Arrays.stream(answer.split(";", -1)).map(String::trim).toList();
        boolean isOurs = settings.deflate() && parts.get(0).equals(DEFLATE) && parts.contains(ALONE);
        return isOurs ? true : null;
    }
}
