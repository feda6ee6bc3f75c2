package io.depthcast.http;

import io.depthcast.admission.Block;
import io.depthcast.bus.VertxInternals;
import io.depthcast.limit.Address;
import io.depthcast.session.CloseReason;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who publishes now, and whom operators keep out of it. Feed loop only. */
final class PublisherDesk implements IdentityDesk.Doorkeeper {
    /** A publisher that is connected. */
    interface Guest {
        Address address();

        /** Of its token; empty where it needs none. */
        String subject();

        void close(CloseReason reason);
    }

    private final IngestSetup setup;
    private final Set<Guest> connected = new LinkedHashSet<>();

    PublisherDesk(IngestSetup setup) {
        this.setup = setup;
    }

    /** Passes on a request from an address that is not kept out, whatever it asks for, and refuses any other. */
    void check(RoutingContext context) {
        if (keepsOut(context.request(), "")) {
            turnedAway(context.request(), HttpError.BLOCKED.code());
            HttpError.BLOCKED.sendLast(context.request());
        } else {
            context.next();
        }
    }

    @Override
    public boolean keepsOut(HttpServerRequest request, String subject) {
        Address address = address(request);
        return address != null && keepsOut(address, subject);
    }

    boolean keepsOut(Address address, String subject) {
        return setup.keptOut().get().keepsOut(address, subject, System.nanoTime());
    }

    @Override
    public void turnedAway(HttpServerRequest request, String kind) {
        setup.refusals().refused(address(request), Refusals.PUBLISH, kind, System.nanoTime());
    }

    /** Where a publisher is, behind any trusted proxy; null if its connection is gone. */
    @Nullable
    Address address(HttpServerRequest request) {
        Address peer = ProxiedChannel.peer(VertxInternals.channel(request.connection()));
        return peer == null
                ? null
                : ForwardedAddress.of(
                        peer, request.headers(), setup.admission().get().trustedProxies());
    }

    void add(Guest publisher) {
        connected.add(publisher);
    }

    void remove(Guest publisher) {
        connected.remove(publisher);
    }

    /** Ends those whom a block keeps out; returns how many. */
    int close(Block block) {
        int closed = 0;
        for (Guest publisher : new ArrayList<>(connected)) {
            if (block.keepsOut(publisher.address(), publisher.subject())) {
                publisher.close(BlockRoutes.KEPT_OUT);
                closed++;
            }
        }
        return closed;
    }

    /** To be called every few seconds. */
    void tick(long nowNanos) {
        setup.refusals().tick(nowNanos);
    }
}
