package io.depthcast.http;

import io.depthcast.fanout.AudienceLoop;
import io.depthcast.fanout.DirectoryChange;
import io.depthcast.fanout.Heard;
import io.depthcast.fanout.MessageCache;
import io.depthcast.limit.Masking;
import io.depthcast.session.Announcement;
import io.depthcast.session.Announcements;
import io.depthcast.session.CloseReason;
import io.depthcast.session.DirectoryNews;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
import io.depthcast.session.PacedSubscriber;
import io.depthcast.session.Session;
import io.depthcast.session.SessionContext;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.Frame;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the clients of one gateway loop: upgrades those of the WebSocket, and has all looked after in time. */
final class GatewayLoop {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayLoop.class);
    private static final int TICK_MILLIS = 250;
    private static final int HEARTBEAT_MILLIS = 5_000;

    private final Vertx vertx;
    private final AudienceLoop audience;
    private SessionContext shared;
    private final FrontDesk desk;
    private final Masking masking;
    private final Announcements announcements;
    private final MessageCache heartbeats;
    private final InboundInflater inflater;
    private final LongCommands longCommands = new LongCommands();
    private final EventStreams eventStreams;
    private final ConnectedClients clients;
    private FeedStatus told = FeedStatus.LIVE;
    private final long lookTimer;
    private final long tickTimer;
    private final long heartbeatTimer;

    /** @param masking of addresses in the log */
    GatewayLoop(Vertx vertx, AudienceLoop audience, SessionContext shared, FrontDesk desk, Masking masking) {
        this.masking = masking;
        this.vertx = vertx;
        this.audience = audience;
        this.shared = shared;
        this.desk = desk;
        this.announcements = shared.announcements();
        this.clients = new ConnectedClients(desk);
        this.eventStreams = new EventStreams(() -> this.shared, clients, this::tellStretch, masking);
        this.heartbeats = new MessageCache(shared.allocator());
        this.inflater = new InboundInflater();
        audience.onStretch(this::tellStretch);
        audience.onDirectory(this::tellDirectory);
        this.lookTimer = vertx.setPeriodic(
                Math.min(AudienceLoop.LOOK_MILLIS, shared.streams().flushMillis()), timer -> look());
        this.tickTimer = vertx.setPeriodic(TICK_MILLIS, timer -> tick());
        this.heartbeatTimer = vertx.setPeriodic(HEARTBEAT_MILLIS, timer -> heartbeat());
    }

    EventStreams eventStreams() {
        return eventStreams;
    }

    /** Stops reading HTTP from a connection whose handshake is good; see {@link Upgrade#Upgrade}. */
    Upgrade begin(HttpServerRequest request, Handshake.Accepted accepted, List<String> streams) {
        return new Upgrade(request, accepted, streams, shared.limits(), inflater, longCommands, shared.meters());
    }

    /** Completes the opening handshake and gives the channel to a session. */
    void open(Upgrade upgrade, Entry.Admitted admitted) {
        shared.meters().connected();
        // Before the client is told that it is connected, for it may ask for a book at once.
        Heard heard = shared.streams().heard();
        upgrade.complete()
                .onSuccess(upgraded -> {
                    greet(upgrade, admitted, heard);
                    upgrade.listen();
                })
                .onFailure(gone -> shared.meters().closed(CloseReason.ABNORMAL));
    }

    /** Clients that come from now on have these; those that are here keep theirs. */
    void take(LimitSettings changed) {
        shared = shared.with(changed, shared.pace());
    }

    /** The same of their pace. */
    void take(PaceSettings changed) {
        shared = shared.with(shared.limits(), changed);
    }

    private void greet(Upgrade upgrade, Entry.Admitted admitted, Heard heard) {
        WebSocketConnection connection = upgrade.connection();
        if (clients.isClosing() || connection.isGone()) {
            shared.meters().closed(CloseReason.ABNORMAL);
            connection.cut();
            return;
        }
        String id = UUID.randomUUID().toString();
        Session session = new Session(
                id, upgrade.form(), upgrade.keepsWindow(), admitted.client(), connection, shared, System.nanoTime());
        connection.attach(
                session,
                admitted.address(),
                new Ending(session, admitted.client().subject()));
        if (admitted.tooMany() != null) {
            session.close(admitted.tooMany());
            return;
        }
        session.open(admitted.lastClose());
        session.follow(upgrade.streams(), heard, System.nanoTime());
        tellStretch(session);
        LOG.atDebug()
                .addKeyValue("session", id)
                .addKeyValue("form", upgrade.form())
                .log("a client has come");
        clients.add(session);
    }

    /** What becomes of a session that ends. */
    private final class Ending implements WebSocketConnection.End {
        private final Session session;
        private final Farewell farewell;
        private boolean ended;

        Ending(Session session, String subject) {
            this.session = session;
            this.farewell = new Farewell(session, subject, masking);
        }

        @Override
        public void closing(CloseReason reason) {
            farewell.closing(reason);
            desk.closed(session.id(), reason);
        }

        @Override
        public void gone(int code) {
            if (!ended) {
                ended = true;
                shared.meters().closed(code);
                farewell.gone(code);
                clients.remove(session);
            }
        }
    }

    private void tick() {
        clients.tick(System.nanoTime());
    }

    private void look() {
        shared.waitingRoom().lookAfter(System.nanoTime());
        if (audience.feedStatus() != told) {
            // Who shows prices as live for five seconds more shows what is not so.
            heartbeat();
        }
    }

    private void heartbeat() {
        long nowNanos = System.nanoTime();
        told = audience.feedStatus();
        Frame frame = announcements.heartbeat(told, shared.wallMicros().getAsLong());
        clients.heartbeat(frame, heartbeats, nowNanos);
        heartbeats.clear();
        frame.release();
    }

    private void tellDirectory(DirectoryChange change) {
        try (DirectoryNews news =
                new DirectoryNews(change, announcements, shared.wallMicros().getAsLong())) {
            clients.tell(news, System.nanoTime());
        }
    }

    private void tellStretch(int millis) {
        Announcement told = announcements.flushInterval(shared.streams().flushMillis(), millis);
        clients.announce(told);
        told.release();
    }

    /** Tells a newcomer, if there is something to tell. */
    private void tellStretch(PacedSubscriber newcomer) {
        if (audience.isStretched()) {
            Announcement told = announcements.flushInterval(shared.streams().flushMillis(), audience.stretchedMillis());
            newcomer.announce(told);
            told.release();
        }
    }

    /** See {@link Connections#page}. */
    Connections.Page page(ConnectionQuery query) {
        return clients.page(query);
    }

    /** See {@link Connections#close}. */
    int close(Connections.Which which, CloseReason reason) {
        return clients.close(which, reason);
    }

    /** Takes {@link #drain} back. */
    void stay() {
        clients.stay();
    }

    /** Has every client sent away, those too that come yet; completes when none is left. */
    Future<Void> drain(Drain with) {
        return clients.drain(with);
    }

    /** Closes every client with 1001; completes when all are gone. */
    Future<Void> close() {
        return clients.close().onComplete(done -> {
            vertx.cancelTimer(lookTimer);
            vertx.cancelTimer(tickTimer);
            vertx.cancelTimer(heartbeatTimer);
            announcements.close();
            inflater.close();
        });
    }
}
