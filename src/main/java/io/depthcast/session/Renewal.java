package io.depthcast.session;

import io.depthcast.auth.Entitlements;
import io.depthcast.auth.Identity;
import io.depthcast.auth.TokenFault;
import io.depthcast.auth.Verification;
import io.depthcast.book.Instrument;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Command;
import io.depthcast.wire.ErrorCode;
import io.depthcast.wire.Frame;
import io.depthcast.wire.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fresh token that a client shows before the present one ends, and what follows from it. One gateway loop. */
final class Renewal {
    private final PacedSubscriber session;
    private final SessionContext shared;
    private final Access access;
    private final Subscriptions subscriptions;

    Renewal(PacedSubscriber session) {
        this.session = session;
        this.shared = session.shared();
        this.access = session.access();
        this.subscriptions = session.subscriptions();
    }

    /** Names the instruments that the client may see. */
    void announceInstruments() {
        Announcements announcements = shared.announcements();
        Frame listing = announcements.listing(session.form(), access.identity().entitlements());
        session.send(listing, announcements.messages());
        announcements.messages().clear();
        listing.release();
    }

    void authenticate(Command.Auth command) {
        if (access.identity().isAnyone()) {
            refuse(new Refusal(command.id(), ErrorCode.UNKNOWN_OP, "this gateway asks for no token"), null);
        } else {
            shared.tokens().verify(command.token(), (found, nowNanos) -> judged(command, found, nowNanos));
        }
    }

    private void judged(Command.Auth command, @Nullable Verification found, long nowNanos) {
        if (session.isClosed()) {
            return;
        }
        if (found instanceof TokenFault fault) {
            session.close(CloseReason.BAD_TOKEN, fault.reason());
        } else if (found instanceof Identity fresh) {
            renew(command, fresh, nowNanos);
        } else {
            String reason = "the gateway cannot look at a token now; send it again in a second";
            refuse(new Refusal(command.id(), ErrorCode.RATE_LIMITED, reason), null);
        }
    }

    private void refuse(Refusal refusal, @Nullable String symbol) {
        session.tell(out -> session.dialect().error(refusal, symbol, out));
    }

    private void renew(Command.Auth command, Identity fresh, long nowNanos) {
        if (!fresh.subject().equals(access.identity().subject())) {
            session.close(CloseReason.BAD_TOKEN, "the token is of another subject; connect anew with it");
            return;
        }
        Entitlements before = access.identity().entitlements();
        access.renew(fresh, nowNanos);
        session.tell(out -> session.dialect().authenticated(command, fresh.expiresMicros(), out));
        if (!before.equals(fresh.entitlements())) {
            announceInstruments();
            endForbidden();
        }
    }

    /** Ends the streams that the client may follow no longer. */
    private void endForbidden() {
        int before = subscriptions.count();
        for (Channel channel : Channel.values()) {
            List<String> ended = new ArrayList<>();
            for (Instrument instrument : shared.directory().all()) {
                if (!access.mayFollow(channel, instrument) && subscriptions.unsubscribe(channel, instrument)) {
                    ended.add(instrument.symbol());
                }
            }
            if (!ended.isEmpty()) {
                Command.Unsubscribe unasked = new Command.Unsubscribe(null, channel, ended);
                session.tell(out -> session.dialect().unsubscribed(unasked, ended, out));
            }
        }
        if (before > 0 && subscriptions.count() == 0) {
            session.close(CloseReason.NOT_ENTITLED, "the fresh token allows nothing of what was subscribed");
        }
    }
}
