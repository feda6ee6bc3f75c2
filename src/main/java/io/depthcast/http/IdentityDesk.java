package io.depthcast.http;

import io.depthcast.admission.AdmissionBus;
import io.depthcast.auth.Authority;
import io.depthcast.auth.Credential;
import io.depthcast.auth.Identity;
import io.depthcast.auth.TokenFault;
import io.depthcast.auth.Verification;
import io.depthcast.metrics.Meters;
import io.depthcast.session.TokenCheck;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;

/** Where a gateway loop asks who a client is, other than for a stream. One gateway loop. */
final class IdentityDesk implements TokenCheck {
    private static final DeliveryOptions LOCAL =
            new DeliveryOptions().setLocalOnly(true).setSendTimeout(AdmissionBus.REPLY_MILLIS);

    /** Requests of one loop whose tokens are looked at: some milliseconds of work. */
    private static final int MOST_PROVING = 64;

    private final Vertx vertx;
    private final Context context;
    private final boolean isOn;
    private final Meters meters;
    private final Doorkeeper doorkeeper;
    private int proving;

    /** Who knows whom operators keep out, and hears of each request that is refused. */
    interface Doorkeeper {
        /** @param subject of the token; empty as long as it is not known */
        boolean keepsOut(HttpServerRequest request, String subject);

        /** @param kind the code of the error */
        void turnedAway(HttpServerRequest request, String kind);
    }

    /** @param isOn whether clients have to say who they are */
    IdentityDesk(Vertx vertx, boolean isOn, Meters meters, Doorkeeper doorkeeper) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.isOn = isOn;
        this.meters = meters;
        this.doorkeeper = doorkeeper;
    }

    /** Whether clients have to say who they are. */
    boolean isOn() {
        return isOn;
    }

    /** Has a request served for whom it is, or answers it with 401. */
    void identify(RoutingContext context, Consumer<Identity> served) {
        identify(context, served, error -> error.send(context.response()));
    }

    /** The same in other words. */
    void identify(RoutingContext context, Consumer<Identity> served, Consumer<HttpError> refused) {
        if (!isOn) {
            served.accept(Identity.ANYONE);
            return;
        }
        request(credential(context.request()), false)
                .onComplete(
                        proven -> serve(context, proven.verification(), served, refused),
                        noAnswer -> refused.accept(unavailable(context)));
    }

    /** The same for a request that may show a ticket, which stays good. */
    void look(RoutingContext context, Consumer<Identity> served) {
        Consumer<HttpError> refused = error -> error.send(context.response());
        request(Credentials.of(context.request()), false)
                .onComplete(
                        proven -> serve(context, proven.verification(), served, refused),
                        noAnswer -> refused.accept(unavailable(context)));
    }

    /** Of requests so many at a time, so that handshakes do not wait behind all that strangers can send. */
    private Future<AdmissionBus.Proven> request(Credential shown, boolean wantsTicket) {
        if (proving >= MOST_PROVING) {
            return Future.failedFuture("too many at a time");
        }
        proving++;
        return prove(shown, wantsTicket).onComplete(answered -> proving--);
    }

    /** A ticket is for a stream, and used up by it. */
    private static Credential credential(HttpServerRequest request) {
        Credential shown = Credentials.of(request);
        return shown.kind() == Credential.Kind.TICKET ? Credential.NONE : shown;
    }

    private void serve(
            RoutingContext context, Verification found, Consumer<Identity> served, Consumer<HttpError> refused) {
        if (found instanceof TokenFault fault) {
            meters.tokenRefused(fault.label());
            turnAway(context, HttpError.unauthorized(fault), refused);
        } else if (found instanceof Identity identity) {
            if (doorkeeper.keepsOut(context.request(), identity.subject())) {
                turnAway(context, HttpError.BLOCKED, refused);
            } else {
                served.accept(identity);
            }
        }
    }

    private void turnAway(RoutingContext context, HttpError error, Consumer<HttpError> refused) {
        doorkeeper.turnedAway(context.request(), error.code());
        refused.accept(error);
    }

    /** {@code POST /v1/tickets}. */
    void ticket(RoutingContext context) {
        if (!isOn) {
            new HttpError(404, "no-tickets", "this gateway asks for no token, so a stream needs no ticket")
                    .send(context.response());
            return;
        }
        Consumer<HttpError> refused = error -> error.send(context.response());
        request(credential(context.request()), true)
                .onComplete(
                        proven -> serve(context, proven.verification(), identity -> hand(context, proven), refused),
                        noAnswer -> refused.accept(unavailable(context)));
    }

    private static void hand(RoutingContext context, AdmissionBus.Proven proven) {
        if (proven.ticket() == null) {
            context.response().putHeader("Retry-After", String.valueOf(Authority.TICKET_SECONDS));
            new HttpError(429, "too-many-tickets", "use the tickets that you have, or wait until they have expired")
                    .send(context.response());
            return;
        }
        context.response().putHeader("Cache-Control", "no-store");
        JsonObject body =
                new JsonObject().put("ticket", proven.ticket()).put("expiresInSeconds", Authority.TICKET_SECONDS);
        Answer.json(context.response(), 200, body);
    }

    /** Asks from this loop's context, which a frame does not come with, so that the reply comes back to this loop. */
    @Override
    public void verify(String token, Reply reply) {
        context.runOnContext(now -> ask(token, reply));
    }

    private void ask(String token, Reply reply) {
        prove(Credential.token(token), false)
                .onComplete(
                        proven -> {
                            if (proven.verification() instanceof TokenFault fault) {
                                meters.tokenRefused(fault.label());
                            }
                            reply.give(proven.verification(), System.nanoTime());
                        },
                        noAnswer -> reply.give(null, System.nanoTime()));
    }

    private Future<AdmissionBus.Proven> prove(Credential credential, boolean wantsTicket) {
        return vertx.eventBus()
                .<AdmissionBus.Proven>request(
                        AdmissionBus.PROVE, new AdmissionBus.Proof(credential, wantsTicket), LOCAL)
                .map(Message::body);
    }

    private static HttpError unavailable(RoutingContext context) {
        context.response().putHeader("Retry-After", "1");
        return new HttpError(503, "unavailable", "the gateway cannot look at your token now; try again");
    }
}
