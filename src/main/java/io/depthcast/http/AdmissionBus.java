package io.depthcast.http;

import io.depthcast.feed.IdentityCodec;
import io.depthcast.limit.Address;
import io.depthcast.limit.Verdict;
import io.depthcast.session.CloseReason;
import io.vertx.core.eventbus.EventBus;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The event-bus contract between gateway loops and the verticle that admits: addresses and messages, in one process. */
public final class AdmissionBus {
    /** Within which an ask is answered, or taken for refused. */
    static final int REPLY_MILLIS = 4_000;

    /** {@link Ask}; the reply is an {@link Answer}. */
    static final String ASK = "depthcast.admission.ask";
    /** {@link Departure}, one for each admitted connection. */
    static final String DEPART = "depthcast.admission.depart";
    /** {@link Closed}, when the close frame goes out: the client may be back before its connection has ended. */
    static final String CLOSED = "depthcast.admission.closed";
    /** The number of a loop that is gone. */
    static final String LEAVE = "depthcast.admission.leave";

    /**
     * @param formerSession of which the client says that it was its own
     * @param askedNanos when; who asked too long ago has given up
     */
    record Ask(int loop, Address address, @Nullable UUID formerSession, long askedNanos) {
        /** Half of the time within which the reply must be there, so that nobody is counted who was turned away. */
        private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(REPLY_MILLIS / 2);

        boolean isStale(long nowNanos) {
            return nowNanos - askedNanos > PATIENCE_NANOS;
        }
    }

    /** @param lastClose why the former session was closed, null if that is not known */
    record Answer(Verdict verdict, @Nullable CloseReason lastClose) {}

    record Departure(int loop, Address address) {}

    record Closed(UUID session, CloseReason reason) {}

    private AdmissionBus() {}

    /** Registers the codecs; once for each bus. */
    public static void register(EventBus bus) {
        IdentityCodec.register(bus, Ask.class);
        IdentityCodec.register(bus, Answer.class);
        IdentityCodec.register(bus, Departure.class);
        IdentityCodec.register(bus, Closed.class);
    }
}
