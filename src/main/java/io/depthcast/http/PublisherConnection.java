package io.depthcast.http;

import io.depthcast.auth.Identity;
import io.depthcast.limit.Address;
import io.depthcast.session.CloseReason;
import io.depthcast.source.Publisher;
import io.depthcast.source.Publishers;
import io.depthcast.source.PublishingSession;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The WebSocket of a publisher. Feed loop only. */
final class PublisherConnection implements PublishingSession.Connection, PublisherDesk.Guest {
    private static final Logger LOG = LoggerFactory.getLogger(PublisherConnection.class);
    private static final long PING_MILLIS = TimeUnit.SECONDS.toMillis(20);

    private final Vertx vertx;
    private final PublisherDesk desk;
    private final ServerWebSocket socket;
    private final Address address;
    private final Identity identity;
    private Buffer message = Buffer.buffer();
    private boolean gone;

    PublisherConnection(Vertx vertx, PublisherDesk desk, ServerWebSocket socket, Address address, Identity identity) {
        this.vertx = vertx;
        this.desk = desk;
        this.socket = socket;
        this.address = address;
        this.identity = identity;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public String subject() {
        return identity.subject();
    }

    void open(Publisher publisher) {
        if (desk.keepsOut(address, subject())) {
            close(BlockRoutes.KEPT_OUT);
            socket.resume();
            return;
        }
        serve(publisher.connect(this, identity.publishing()::allows, System.nanoTime()), publisher);
    }

    private void serve(PublishingSession session, Publisher publisher) {
        desk.add(this);
        long pings = vertx.setPeriodic(PING_MILLIS, timer -> socket.writePing(Buffer.buffer("depthcast"))
                .onFailure(this::lost));
        long expiry = identity.isAnyone()
                ? -1
                : vertx.setTimer(
                        Math.max(1, identity.validMillis()),
                        timer -> close(CloseReason.TOKEN_EXPIRED, "the token has expired; connect with a fresh one"));
        socket.frameHandler(frame -> onFrame(frame, session));
        socket.exceptionHandler(this::lost);
        socket.closeHandler(closed -> {
            vertx.cancelTimer(pings);
            vertx.cancelTimer(expiry);
            desk.remove(this);
            publisher.disconnected(session, System.nanoTime());
            drop();
        });
        socket.resume();
    }

    /** What came while nothing was read: Vert.x keeps its buffers for good if nobody takes them. */
    private void drop() {
        gone = true;
        socket.resume();
    }

    private void onFrame(WebSocketFrame frame, PublishingSession session) {
        if (gone) {
            return;
        }
        if (frame.isBinary()) {
            close(CloseReason.UNSUPPORTED_DATA, "binary frames are not for publishers: objects are JSON text");
        } else if (frame.isText() || frame.isContinuation()) {
            append(frame);
            if (message.length() > Publishers.MAX_TEXT_BYTES) {
                close(CloseReason.TOO_BIG, "message too big: at most " + Publishers.MAX_TEXT_BYTES + " bytes");
            } else if (frame.isFinal()) {
                byte[] text = message.getBytes();
                message = Buffer.buffer();
                session.onText(text, System.nanoTime());
            }
        }
    }

    /** Of the frame as bytes: as text, what is not UTF-8 would have been mended. */
    private void append(WebSocketFrame frame) {
        message = message.length() == 0 ? frame.binaryData() : message.appendBuffer(frame.binaryData());
    }

    private void lost(Throwable cause) {
        LOG.debug("a publisher's connection is lost", cause);
    }

    @Override
    public void close(CloseReason reason) {
        close(reason.code(), reason.text());
    }

    @Override
    public void send(String text) {
        socket.writeTextMessage(text).onFailure(this::lost);
    }

    @Override
    public boolean isWritable() {
        return socket.isClosed() || !socket.writeQueueFull();
    }

    @Override
    public void reading(boolean on) {
        if (on) {
            socket.resume();
        } else {
            socket.pause();
        }
    }

    @Override
    public void close(int code, String reason) {
        if (!socket.isClosed()) {
            socket.close((short) code, reason).onFailure(this::lost);
        }
    }
}
