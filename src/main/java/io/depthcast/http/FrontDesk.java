package io.depthcast.http;

import io.depthcast.admission.AdmissionBus;
import io.depthcast.admission.AdmissionSettings;
import io.depthcast.admission.BlockList;
import io.depthcast.admission.Verdict;
import io.depthcast.auth.Identity;
import io.depthcast.auth.TokenFault;
import io.depthcast.bus.VertxInternals;
import io.depthcast.limit.Address;
import io.depthcast.metrics.Meters;
import io.depthcast.session.CloseReason;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpServerRequest;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Where a gateway loop asks whether a client may have a stream, of whatever transport. One gateway loop. */
final class FrontDesk implements IdentityDesk.Doorkeeper {
    /** Each node counts its own connections. */
    private static final DeliveryOptions LOCAL =
            new DeliveryOptions().setLocalOnly(true).setSendTimeout(AdmissionBus.REPLY_MILLIS);

    /** Seconds: the bucket has a token again. */
    private static final int SOON = 1;
    /** Seconds: another gateway, or a new one in our place, can be there. */
    private static final int LATER = 5;
    /** Seconds: somebody else must go first. */
    private static final int MUCH_LATER = 10;

    private final Vertx vertx;
    private final int loop;
    private final Meters meters;
    private final BooleanSupplier overloaded;
    private final Refusals refusals;
    private AdmissionSettings settings;
    private BlockList blocks = BlockList.EMPTY;

    /**
     * @param overloaded whether this loop can serve no more
     * @param refusals hears of whoever is turned away
     */
    FrontDesk(
            Vertx vertx,
            int loop,
            AdmissionSettings settings,
            Meters meters,
            BooleanSupplier overloaded,
            Refusals refusals) {
        this.vertx = vertx;
        this.loop = loop;
        this.settings = settings;
        this.meters = meters;
        this.overloaded = overloaded;
        this.refusals = refusals;
    }

    /** Clients that come from now on are held to these. */
    void take(AdmissionSettings changed) {
        settings = changed;
    }

    /**
     * Asks for a stream. Never fails, and completes on this loop. Who is admitted is counted until its TCP connection ends,
     * whatever becomes of the request in between; nothing has to be given back.
     *
     * @param transport one of {@link Refusals}
     */
    Future<Entry> admit(HttpServerRequest request, String transport) {
        return decide(request).onSuccess(entry -> {
            if (entry instanceof Entry.Refused refused) {
                turnedAway(request, transport, refused.error().code());
            } else if (entry instanceof Entry.Admitted admitted && admitted.tooMany() != null) {
                turnedAway(request, transport, "too-many-of-subject");
            }
        });
    }

    /** Whom operators keep out from now on. */
    void take(BlockList changed) {
        blocks = changed;
    }

    /** Whether operators keep out who asks this; of streams the node decides. */
    @Override
    public boolean keepsOut(HttpServerRequest request, String subject) {
        if (blocks.blocks().isEmpty()) {
            return false;
        }
        Address client = client(request);
        return client != null && blocks.keepsOut(client, subject, System.nanoTime());
    }

    @Override
    public void turnedAway(HttpServerRequest request, String kind) {
        turnedAway(request, Refusals.HTTP, kind);
    }

    /** Somebody was refused something; counted and, once a minute and address, logged. */
    void turnedAway(HttpServerRequest request, String transport, String kind) {
        refusals.refused(client(request), transport, kind, System.nanoTime());
    }

    /** To be called every few seconds. */
    void tick(long nowNanos) {
        refusals.tick(nowNanos);
    }

    private Future<Entry> decide(HttpServerRequest request) {
        if (overloaded.getAsBoolean()) {
            return Future.succeededFuture(refused(503, "overloaded", "this gateway is overloaded; try another", LATER));
        }
        Channel channel = VertxInternals.channel(request.connection());
        Address client = client(request);
        if (client == null) {
            return Future.succeededFuture(unavailable());
        }
        AdmissionBus.Ask ask = new AdmissionBus.Ask(
                loop, client, Credentials.of(request), id(request.getParam("session")), System.nanoTime());
        return vertx.eventBus()
                .<AdmissionBus.Answer>request(AdmissionBus.ASK, ask, LOCAL)
                .map(Message::body)
                .map(answer -> entry(answer, client, channel))
                .otherwise(noAnswer -> unavailable());
    }

    /** Where a client is, behind any trusted proxy; null if its connection is gone. */
    @Nullable
    Address client(HttpServerRequest request) {
        Address peer = ProxiedChannel.peer(VertxInternals.channel(request.connection()));
        return peer == null ? null : ForwardedAddress.of(peer, request.headers(), settings.trustedProxies());
    }

    private Entry entry(AdmissionBus.Answer answer, Address client, Channel channel) {
        if (answer.client() instanceof TokenFault fault) {
            meters.tokenRefused(fault.label());
            return refused(HttpError.unauthorized(fault), Entry.Refused.NEVER);
        }
        if (!(answer.client() instanceof Identity identity)) {
            return refusal(answer.verdict(), answer.retrySeconds());
        }
        boolean mayStay = answer.verdict() == Verdict.ADMITTED;
        meters.admission(mayStay ? "admitted" : "too-many-of-subject");
        String counted = mayStay ? identity.subject() : "";
        channel.closeFuture().addListener(closed -> depart(client, counted));
        return new Entry.Admitted(client, identity, mayStay ? null : tooMany(), answer.lastClose());
    }

    private CloseReason tooMany() {
        String reason = "at most " + settings.connectionsPerSubject() + " connections of one token subject; close some";
        return new CloseReason(CloseReason.TOO_MANY_CONNECTIONS, reason);
    }

    private void depart(Address client, String subject) {
        vertx.eventBus().send(AdmissionBus.DEPART, new AdmissionBus.Departure(loop, client, subject), LOCAL);
    }

    /** Remembers why a session ends, for its client to hear when it is back. */
    void closed(String session, CloseReason reason) {
        UUID id = id(session);
        if (id != null) {
            vertx.eventBus().send(AdmissionBus.CLOSED, new AdmissionBus.Closed(id, reason), LOCAL);
        }
    }

    /** Whether an address is spared the limits of addresses. */
    boolean isExempt(Address client) {
        return settings.isExempt(client);
    }

    /** This loop ends, and with it all that it was admitted. */
    void leave() {
        vertx.eventBus().send(AdmissionBus.LEAVE, loop, LOCAL);
    }

    private static @Nullable UUID id(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException notOne) {
            return null;
        }
    }

    private Entry refusal(Verdict verdict, int retrySeconds) {
        return switch (verdict) {
            case ADMITTED, TOO_MANY_OF_SUBJECT -> throw new IllegalArgumentException("not a refusal");
            case TOO_MANY_HANDSHAKES ->
                refused(
                        429,
                        "too-many-handshakes",
                        "more than " + settings.handshakesPerSecond() + " handshakes a second from this address",
                        SOON);
            case TOO_MANY_CONNECTIONS ->
                refused(
                        429,
                        "too-many-connections",
                        "at most " + settings.connectionsPerAddress()
                                + " connections an address; subscribe to more on one",
                        MUCH_LATER);
            case FULL ->
                refused(503, "full", "this gateway has all the connections it can hold; try another", MUCH_LATER);
            case CROWDED ->
                refused(
                        503,
                        "crowded",
                        "more clients come at once than this gateway takes in; come back",
                        retrySeconds);
            case BLOCKED -> refused(HttpError.BLOCKED, Entry.Refused.NEVER);
            case DRAINING -> refused(503, "draining", "this gateway is going away; reconnect elsewhere", LATER);
        };
    }

    private Entry unavailable() {
        return refused(503, "unavailable", "the gateway cannot take you now; try again", SOON);
    }

    private Entry refused(int status, String code, String reason, int retryAfterSeconds) {
        return refused(new HttpError(status, code, reason), retryAfterSeconds);
    }

    private Entry refused(HttpError error, int retryAfterSeconds) {
        meters.admission(error.code());
        return new Entry.Refused(error, retryAfterSeconds);
    }
}
