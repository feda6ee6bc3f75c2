package io.depthcast.http;

import io.depthcast.fanout.AudienceLoop;
import io.depthcast.session.Announcements;
import io.depthcast.session.CloseReason;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.MessageCache;
import io.depthcast.session.Session;
import io.depthcast.session.SessionContext;
import io.depthcast.wire.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/** The clients of one gateway loop: upgrades those of the WebSocket, watches over all, sends them off. */
final class GatewayLoop {
    private static final int TICK_MILLIS = 250;
    private static final int HEARTBEAT_MILLIS = 5_000;

    private final Vertx vertx;
    private final AudienceLoop audience;
    private final SessionContext shared;
    private final Announcements announcements;
    private final MessageCache heartbeats;
    private final InboundInflater inflater;
    private final EventStreams eventStreams;
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final Promise<Void> empty = Promise.promise();
    private final long waitingTimer;
    private final long tickTimer;
    private final long heartbeatTimer;
    private boolean closing;

    GatewayLoop(Vertx vertx, AudienceLoop audience, SessionContext shared) {
        this.vertx = vertx;
        this.audience = audience;
        this.shared = shared;
        this.announcements = shared.announcements();
        this.eventStreams = new EventStreams(shared);
        this.heartbeats = new MessageCache(shared.allocator());
        this.inflater = new InboundInflater(shared.limits().messageBytes());
        audience.onStretch(this::tellStretch);
        this.waitingTimer = vertx.setPeriodic(shared.streams().flushMillis(), timer -> lookAfterTheWaiting());
        this.tickTimer = vertx.setPeriodic(TICK_MILLIS, timer -> tick());
        this.heartbeatTimer = vertx.setPeriodic(HEARTBEAT_MILLIS, timer -> heartbeat());
    }

    EventStreams eventStreams() {
        return eventStreams;
    }

    /** Completes the opening handshake and gives the channel to a session. */
    void upgrade(HttpServerRequest request, Handshake.Accepted accepted) {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        WebSocketConnection connection = new WebSocketConnection(channel, shared.meters());
        FrameGuard guard = new FrameGuard(connection, shared.limits(), inflater);
        // Before the HTTP decoder goes, because it passes on what the client sent right behind its request.
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get("idle") != null) {
            pipeline.remove("idle");
        }
        pipeline.addBefore("handler", "wsdecoder", new WebSocket13FrameDecoder(decoderConfig(accepted)));
        pipeline.addBefore("handler", "frameguard", guard);
        HttpServerResponse response = request.response()
                .putHeader("Upgrade", "websocket")
                .putHeader("Connection", "Upgrade")
                .putHeader("Sec-WebSocket-Accept", accepted.accept());
        if (accepted.subprotocol() != null) {
            response.putHeader("Sec-WebSocket-Protocol", accepted.subprotocol());
        }
        if (accepted.extensions() != null) {
            response.putHeader("Sec-WebSocket-Extensions", accepted.extensions());
        }
        request.toNetSocket()
                .onSuccess(upgraded -> {
                    VertxPart.end(pipeline);
                    open(connection, accepted);
                    guard.listen();
                })
                .onFailure(refused -> connection.abort());
    }

    private WebSocketDecoderConfig decoderConfig(Handshake.Accepted accepted) {
        LimitSettings limits = shared.limits();
        return WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .allowExtensions(accepted.extensions() != null)
                .maxFramePayloadLength(limits.frameBytes())
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
    }

    private void open(WebSocketConnection connection, Handshake.Accepted accepted) {
        if (closing || connection.isGone()) {
            connection.abort();
            return;
        }
        String id = UUID.randomUUID().toString();
        Session session = new Session(id, accepted.form(), connection, shared, System.nanoTime());
        connection.attach(session, code -> gone(session, code));
        sessions.add(session);
        shared.meters().connected();
        session.open();
        if (audience.stretch() > 1) {
            session.announce(flushInterval(audience.stretch()));
        }
    }

    private void gone(Session session, int code) {
        if (sessions.remove(session)) {
            shared.meters().closed(code);
        }
        if (closing && sessions.isEmpty()) {
            empty.tryComplete();
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

    /** Whether this loop is so loaded that another client would harm those it has. */
    boolean refusesNewcomers() {
        return audience.refusesNewcomers();
    }

    /** Closes every WebSocket with 1001 and ends every event stream; completes when all are gone. */
    Future<Void> close() {
        closing = true;
        for (Session session : new ArrayList<>(sessions)) {
            session.close(goingAway());
        }
        if (sessions.isEmpty()) {
            empty.tryComplete();
        }
        return Future.all(empty.future(), eventStreams.close()).<Void>mapEmpty().onComplete(done -> {
            vertx.cancelTimer(waitingTimer);
            vertx.cancelTimer(tickTimer);
            vertx.cancelTimer(heartbeatTimer);
            announcements.close();
            inflater.close();
        });
    }

    private static CloseReason goingAway() {
        return new CloseReason(CloseReason.GOING_AWAY, "the gateway shuts down; reconnect elsewhere");
    }
}
