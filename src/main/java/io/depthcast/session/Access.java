package io.depthcast.session;

import io.depthcast.auth.Identity;
import io.depthcast.book.Instrument;
import io.depthcast.wire.Channel;
import java.util.concurrent.TimeUnit;

/** Who the client of one stream is, what it may see, and until when: on monotonic time, as far as clocks are concerned. */
final class Access {
    /** What the passing of time does to a token; the client is told of each step once. */
    enum State {
        VALID,
        EXPIRING,
        EXPIRED
    }

    /** Enough to fetch a fresh token by way of a person's log-in page. */
    private static final long NOTICE_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** A fresh token that is on its way when the old one ends still counts. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(25);

    private Identity identity;
    private long endNanos;
    private boolean told;

    Access(Identity identity, long nowNanos) {
        this.identity = identity;
        endAfter(identity, nowNanos);
    }

    private void endAfter(Identity whose, long nowNanos) {
        endNanos = whose.isAnyone() ? 0 : nowNanos + TimeUnit.MILLISECONDS.toNanos(whose.validMillis());
    }

    Identity identity() {
        return identity;
    }

    /** A fresh token of the same subject counts from here on. One that ends no later brings no further notice. */
    void renew(Identity fresh, long nowNanos) {
        told = told && fresh.expiresMicros() <= identity.expiresMicros();
        identity = fresh;
        endAfter(fresh, nowNanos);
    }

    State check(long nowNanos) {
        if (identity.isAnyone()) {
            return State.VALID;
        }
        long leftNanos = endNanos - nowNanos;
        if (leftNanos <= -GRACE_NANOS) {
            return State.EXPIRED;
        }
        if (leftNanos > NOTICE_NANOS || told) {
            return State.VALID;
        }
        told = true;
        return State.EXPIRING;
    }

    boolean mayFollow(Channel channel, Instrument instrument) {
        return identity.entitlements().allows(channel.text(), instrument.symbol());
    }
}
