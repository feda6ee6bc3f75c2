package io.depthcast.http;

import io.depthcast.auth.Credential;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;

/** What a request shows to say who its client is: a header, an entry among the subprotocols, or a ticket. Stateless. */
final class Credentials {
    /** How an entry begins that is a token for those who can set no header. It is never answered. */
    static final String BEARER_ENTRY = "bearer.";

    private static final String BEARER = "bearer ";
    /** Where programs that speak Binance's dialect put what they were given. */
    private static final String API_KEY = "X-MBX-APIKEY";

    private Credentials() {}

    static Credential of(HttpServerRequest request) {
        List<Credential> shown = new ArrayList<>();
        for (String value : request.headers().getAll("Authorization")) {
            shown.add(authorization(value));
        }
        for (String entry : HeaderTokens.of(request.headers().getAll("Sec-WebSocket-Protocol"))) {
            if (entry.startsWith(BEARER_ENTRY)) {
                shown.add(Credential.token(entry.substring(BEARER_ENTRY.length())));
            }
        }
        for (String key : request.headers().getAll(API_KEY)) {
            if (request.path().startsWith(BinanceAccess.PREFIX) && !key.isBlank()) {
                shown.add(Credential.token(key.trim()));
            }
        }
        for (String ticket : request.params().getAll("ticket")) {
            shown.add(Credential.ticket(ticket));
        }
        return shown.isEmpty() ? Credential.NONE : shown.size() == 1 ? shown.get(0) : Credential.SEVERAL;
    }

    /** Of another scheme than Bearer it is no token, whatever it is. */
    private static Credential authorization(String value) {
        boolean isBearer = value.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return Credential.token(isBearer ? value.substring(BEARER.length()).trim() : "");
    }
}
