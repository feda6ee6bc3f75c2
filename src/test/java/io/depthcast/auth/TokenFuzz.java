package io.depthcast.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.concurrent.TimeUnit;
import org.jose4j.lang.JoseException;

/** A stranger's token: whatever it says, without a signature it is nobody's. */
public final class TokenFuzz {
    private static final long NOW = 1_795_363_200_000_000L;
    private static final Authority AUTHORITY = authority();

    private TokenFuzz() {}

    private static Authority authority() {
        try {
            KeySet keys = KeySet.parse(TestIssuer.keySet(TestIssuer.edwards("a"), TestIssuer.secret("b")));
            return new Authority(new AuthSettings("keys.json", AuthSettings.ANY, AuthSettings.ANY, 5), keys);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, ISO_8859_1);
        if (AUTHORITY.verify(Credential.token(text), NOW) instanceof Identity identity) {
            throw new AssertionError("somebody: " + identity);
        }
        if (AUTHORITY.look(Credential.ticket(text), NOW + TimeUnit.SECONDS.toMicros(1)) instanceof Identity) {
            throw new AssertionError("a ticket that was never issued");
        }
    }
}
