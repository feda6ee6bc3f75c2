package io.depthcast.admission;

import io.depthcast.auth.Credential;
import io.depthcast.auth.Verification;
import io.depthcast.bus.IdentityCodec;
import io.depthcast.limit.Address;
import io.depthcast.session.CloseReason;
import io.vertx.core.eventbus.EventBus;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The event-bus contract between gateway loops and the verticle that admits: addresses and messages, in one process. */
public final class AdmissionBus {
    /** Within which an ask is answered, or taken for refused. */
    public static final int REPLY_MILLIS = 4_000;

    /** {@link Ask}; the reply is an {@link Answer}. */
    public static final String ASK = "depthcast.admission.ask";
    /** {@link Proof}; the reply is {@link Proven}. */
    public static final String PROVE = "depthcast.admission.prove";
    /** {@link Departure}, one for each admitted connection. */
    public static final String DEPART = "depthcast.admission.depart";
    /** {@link Closed}, when the close frame goes out: the client may be back before its connection has ended. */
    public static final String CLOSED = "depthcast.admission.closed";
    /** {@link BlockList}, published when somebody is kept out or let in again. */
    public static final String BLOCKS = "depthcast.admission.blocks";
    /** The number of a loop that is gone. */
    public static final String LEAVE = "depthcast.admission.leave";

    /**
     * @param credential what the client shows
     * @param formerSession of which the client says that it was its own
     * @param askedNanos when; who asked too long ago has given up
     */
    public record Ask(
            int loop,
            Address address,
            Credential credential,
            @Nullable UUID formerSession,
            long askedNanos) {
        /** Half of the time within which the reply must be there, so that nobody is counted who was turned away. */
        private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(REPLY_MILLIS / 2);

        boolean isStale(long nowNanos) {
            return nowNanos - askedNanos > PATIENCE_NANOS;
        }
    }

    /**
     * @param client what was found of the credential of a client that is admitted
     * @param lastClose why the former session was closed, null if that is not known
     * @param retrySeconds after which one who is {@link Verdict#CROWDED} out has a place, else 0
     */
    public record Answer(
            Verdict verdict,
            @Nullable Verification client,
            @Nullable CloseReason lastClose,
            int retrySeconds) {}

    /** @param subject for which the connection was counted, empty if for none */
    public record Departure(int loop, Address address, String subject) {}

    public record Proof(Credential credential, boolean wantsTicket) {}

    /** @param ticket null if none was asked for, or may be had */
    public record Proven(
            Verification verification, @Nullable String ticket) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Proven[" + verification + "]";
        }
    }

    public record Closed(UUID session, CloseReason reason) {}

    private AdmissionBus() {}

    /** Registers the codecs; once for each bus. */
    public static void register(EventBus bus) {
        IdentityCodec.register(bus, Ask.class);
        IdentityCodec.register(bus, Answer.class);
        IdentityCodec.register(bus, Departure.class);
        IdentityCodec.register(bus, Proof.class);
        IdentityCodec.register(bus, Proven.class);
        IdentityCodec.register(bus, Closed.class);
        IdentityCodec.register(bus, BlockList.class);
    }
}
