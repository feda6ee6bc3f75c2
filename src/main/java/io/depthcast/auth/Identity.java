package io.depthcast.auth;

import java.util.concurrent.TimeUnit;

/**
 * A client whose credential was good.
 *
 * @param subject who it is; empty where nobody has to say
 * @param expiresMicros when its token ends, microseconds since 1970
 * @param validMillis how long from the moment of verification that is; negative within the leeway
 * @param publishing of what it may tell prices
 */
public record Identity(
        String subject, long expiresMicros, long validMillis, Entitlements entitlements, PublishRights publishing)
        implements Verification {
    /** Everybody, where there is no authentication. */
    public static final Identity ANYONE =
            new Identity("", Long.MAX_VALUE, Long.MAX_VALUE, Entitlements.EVERYTHING, PublishRights.EVERYTHING);

    /** One that may tell nothing. */
    public Identity(String subject, long expiresMicros, long validMillis, Entitlements entitlements) {
        this(subject, expiresMicros, validMillis, entitlements, PublishRights.NOTHING);
    }

    /** Whether nothing was asked of this client. */
    public boolean isAnyone() {
        return subject.isEmpty();
    }

    /** The same, verified at another time. */
    Identity at(long wallMicros) {
        return new Identity(
                subject,
                expiresMicros,
                TimeUnit.MICROSECONDS.toMillis(expiresMicros - wallMicros),
                entitlements,
                publishing);
    }
}
