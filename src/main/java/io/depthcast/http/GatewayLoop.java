package io.depthcast.http;

import io.depthcast.fanout.AudienceLoop;
import io.depthcast.session.Announcements;
import io.depthcast.session.CloseReason;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.MessageCache;
import io.depthcast.session.PaceSettings;
import io.depthcast.session.Session;
import io.depthcast.session.SessionContext;
import io.depthcast.session.SessionView;
import io.depthcast.wire.Frame;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The clients of one gateway loop: upgrades those of the WebSocket, watches over all, sends them off. */
final class GatewayLoop {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayLoop.class);
    /** How connections end when all is well, and when many do at once. */
    private static final Set<Integer> QUIET_CODES =
            Set.of(CloseReason.NORMAL, CloseReason.GOING_AWAY, CloseReason.ABNORMAL);

    private static final int TICK_MILLIS = 250;
    private static final int MAX_WAITING_MILLIS = 100;
    private static final int HEARTBEAT_MILLIS = 5_000;

    private final Vertx vertx;
    private final AudienceLoop audience;
    private SessionContext shared;
    private final FrontDesk desk;
    private final Announcements announcements;
    private final MessageCache heartbeats;
    private final InboundInflater inflater;
    private final EventStreams eventStreams;
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final long waitingTimer;
    private final List<Promise<Void>> whenEmpty = new ArrayList<>();
    private final long tickTimer;
    private final long heartbeatTimer;
    private @Nullable Drain drain;
    private boolean closing;

    GatewayLoop(Vertx vertx, AudienceLoop audience, SessionContext shared, FrontDesk desk) {
        this.vertx = vertx;
        this.audience = audience;
        this.shared = shared;
        this.desk = desk;
        this.announcements = shared.announcements();
        this.eventStreams = new EventStreams(shared, desk);
        this.heartbeats = new MessageCache(shared.allocator());
        this.inflater = new InboundInflater(shared.limits().messageBytes());
        audience.onStretch(this::tellStretch);
        this.waitingTimer = vertx.setPeriodic(
                Math.min(MAX_WAITING_MILLIS, shared.streams().flushMillis()), timer -> lookAfterTheWaiting());
        this.tickTimer = vertx.setPeriodic(TICK_MILLIS, timer -> tick());
        this.heartbeatTimer = vertx.setPeriodic(HEARTBEAT_MILLIS, timer -> heartbeat());
    }

    EventStreams eventStreams() {
        return eventStreams;
    }

    /** Stops reading HTTP from a connection whose handshake is good; see {@link Upgrade#Upgrade}. */
    Upgrade begin(HttpServerRequest request, Handshake.Accepted accepted) {
        return new Upgrade(request, accepted, shared.limits(), inflater, shared.meters());
    }

    /** Completes the opening handshake and gives the channel to a session. */
    void open(Upgrade upgrade, Entry.Admitted admitted) {
        upgrade.complete().onSuccess(upgraded -> {
            greet(upgrade, admitted);
            upgrade.listen();
        });
    }

    /** Clients that come from now on have these; those that are here keep theirs. */
    void take(LimitSettings changed) {
        take(shared.with(changed, shared.pace()));
    }

    /** The same of their pace. */
    void take(PaceSettings changed) {
        take(shared.with(shared.limits(), changed));
    }

    private void take(SessionContext changed) {
        shared = changed;
        eventStreams.take(changed);
    }

    private void greet(Upgrade upgrade, Entry.Admitted admitted) {
        WebSocketConnection connection = upgrade.connection();
        if (closing || connection.isGone()) {
            connection.cut();
            return;
        }
        String id = UUID.randomUUID().toString();
        Session session = new Session(id, upgrade.form(), connection, shared, System.nanoTime());
        connection.attach(session, admitted.address(), new Ending(session));
        sessions.add(session);
        shared.meters().connected();
        session.open(admitted.lastClose());
        if (audience.stretch() > 1) {
            session.announce(flushInterval(audience.stretch()));
        }
        LOG.atDebug()
                .addKeyValue("session", id)
                .addKeyValue("form", upgrade.form())
                .log("a client has come");
        if (drain != null) {
            drain.add(new Leaving(session, desk.isExempt(session.address())));
        }
    }

    /** What becomes of a session that ends. */
    private final class Ending implements WebSocketConnection.End {
        private final Session session;

        Ending(Session session) {
            this.session = session;
        }

        @Override
        public void closing(CloseReason reason) {
            desk.closed(session.id(), reason);
        }

        @Override
        public void gone(int code) {
            if (sessions.remove(session)) {
                shared.meters().closed(code);
                LOG.atLevel(QUIET_CODES.contains(code) ? Level.DEBUG : Level.INFO)
                        .addKeyValue("session", session.id())
                        .addKeyValue("code", code)
                        .log("a client has gone");
            }
            if (sessions.isEmpty()) {
                whenEmpty.forEach(Promise::tryComplete);
            }
        }
    }

    /** A session as a drain sees it. */
    private record Leaving(Session session, boolean isLocal) implements Drain.Guest {
        @Override
        public void announce(int reconnectAfterMillis) {
            session.announceDrain(reconnectAfterMillis);
        }

        @Override
        public void close(CloseReason reason) {
            session.close(reason);
        }
    }

    private void lookAfterTheWaiting() {
        shared.waitingRoom().lookAfter(System.nanoTime());
    }

    private void tick() {
        long nowNanos = System.nanoTime();
        // Without a copy: of a channel that is closed here Netty tells only after this.
        for (Session session : sessions) {
            session.onTick(nowNanos);
        }
        eventStreams.tick(nowNanos);
    }

    private void heartbeat() {
        long nowNanos = System.nanoTime();
        Frame frame = announcements.heartbeat(
                audience.feedStatus(), shared.wallMicros().getAsLong());
        for (Session session : sessions) {
            session.heartbeat(frame, heartbeats, nowNanos);
        }
        eventStreams.heartbeat(frame, heartbeats);
        heartbeats.clear();
        frame.release();
    }

    private ByteBuf flushInterval(int stretch) {
        return announcements.flushInterval(shared.streams().flushMillis(), stretch);
    }

    private void tellStretch(int stretch) {
        ByteBuf message = flushInterval(stretch);
        for (Session session : new ArrayList<>(sessions)) {
            session.announce(message.retainedDuplicate());
        }
        message.release();
    }

    /** See {@link Connections#page}. */
    Connections.Page page(int offset, int limit) {
        long nowNanos = System.nanoTime();
        List<SessionView> clients = sessions.stream()
                .skip(offset)
                .limit(limit)
                .map(session -> session.view(nowNanos))
                .toList();
        return new Connections.Page(sessions.size(), clients);
    }

    /** See {@link Connections#close}. */
    boolean close(String id) {
        for (Session session : sessions) {
            if (session.id().equals(id)) {
                session.close(new CloseReason(CloseReason.RESTART, "closed by an operator; reconnect and resume"));
                return true;
            }
        }
        return false;
    }

    /** Has every client sent away, those too that come yet; completes when none is left. */
    Future<Void> drain(Drain with) {
        drain = with;
        for (Session session : new ArrayList<>(sessions)) {
            with.add(new Leaving(session, desk.isExempt(session.address())));
        }
        return Future.all(empty(), eventStreams.drain(with)).mapEmpty();
    }

    /** Closes every WebSocket with 1001 and ends every event stream; completes when all are gone. */
    Future<Void> close() {
        closing = true;
        for (Session session : new ArrayList<>(sessions)) {
            session.close(Drain.reason());
        }
        return Future.all(empty(), eventStreams.close()).<Void>mapEmpty().onComplete(done -> {
            vertx.cancelTimer(waitingTimer);
            vertx.cancelTimer(tickTimer);
            vertx.cancelTimer(heartbeatTimer);
            announcements.close();
            inflater.close();
        });
    }

    private Future<Void> empty() {
        if (sessions.isEmpty()) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        whenEmpty.add(promise);
        return promise.future();
    }
}
