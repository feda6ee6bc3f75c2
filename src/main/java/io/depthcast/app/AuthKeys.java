package io.depthcast.app;

import static io.depthcast.config.Key.number;
import static io.depthcast.config.Key.word;

import io.depthcast.auth.AuthSettings;
import io.depthcast.config.Key;
import java.util.List;

/** The keys of who a client is; see {@link Keys}. */
final class AuthKeys {
    static final List<Key> ALL = List.of(
            word("auth.keys", AuthSettings.NONE, "file with the JSON Web Key Set; none: nobody shows a token"),
            word("auth.issuer", AuthSettings.ANY, "iss of every token"),
            word("auth.audience", AuthSettings.AUDIENCE, "what aud of every token has among its values"),
            number(
                    "auth.leewaySeconds",
                    0,
                    300,
                    AuthSettings.LEEWAY_SECONDS,
                    "seconds by which the clock of the issuer may differ"));

    private AuthKeys() {}
}
