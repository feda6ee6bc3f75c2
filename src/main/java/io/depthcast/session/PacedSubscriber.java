package io.depthcast.session;

import io.depthcast.auth.Identity;
import io.depthcast.book.Instrument;
import io.depthcast.fanout.MessageCache;
import io.depthcast.fanout.Subscriber;
import io.depthcast.limit.Address;
import io.depthcast.metrics.EncodingMeters;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Dialect;
import io.depthcast.wire.Dialects;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.Notice;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A subscriber that stays, of whatever transport: it is sent no more than it takes, is told how it fares, and its
 * connection ends when it is too far behind, takes nothing or has lasted long enough. One gateway loop.
 */
public abstract class PacedSubscriber extends Subscriber implements Ladder.Climber {
    /** How much longer or shorter than configured a connection may last. */
    private static final double LIFETIME_SPREAD = 0.1;

    private final String id;
    private final Form form;
    private final ClientSocket socket;
    private final SessionContext shared;
    private final EncodingMeters meters;
    private final Outbox outbox;
    private final Access access;
    private final Subscriptions subscriptions;
    private final Liveness liveness;
    private final long openedNanos;
    private final long endNanos;

    PacedSubscriber(
            String id,
            Form form,
            Identity client,
            ClientSocket socket,
            Probe probe,
            SessionContext shared,
            long nowNanos) {
        this.id = id;
        this.form = form;
        this.socket = socket;
        this.shared = shared;
        this.openedNanos = nowNanos;
        this.endNanos = nowNanos + lifetimeNanos(shared);
        this.meters = shared.meters().encoding(form.encoding().name());
        this.access = new Access(client, nowNanos);
        this.subscriptions = new Subscriptions(this, shared);
        this.outbox = new Outbox(probe, this, socket, shared, subscriptions, nowNanos);
        this.liveness = new Liveness(socket, shared.limits(), outbox.outflow(), outbox.fairNanos());
    }

    private static long lifetimeNanos(SessionContext shared) {
        double share = shared.random().nextDouble(1 - LIFETIME_SPREAD, 1 + LIFETIME_SPREAD);
        return (long) (TimeUnit.SECONDS.toNanos(shared.pace().lifetimeSeconds()) * share);
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final Form form() {
        return form;
    }

    /** What an operator calls the way it is connected. */
    abstract String transport();

    /** Where the client is, behind any trusted proxy. */
    public final Address address() {
        return socket.address();
    }

    /** Of its token; empty where nobody has to say who he is. */
    public final String subject() {
        return access.identity().subject();
    }

    final SessionContext shared() {
        return shared;
    }

    final ClientSocket socket() {
        return socket;
    }

    final Outbox outbox() {
        return outbox;
    }

    final Access access() {
        return access;
    }

    final Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Whether it may see that of an instrument, and its dialect has a name for it. */
    final boolean mayFollow(Channel channel, Instrument instrument) {
        return access.mayFollow(channel, instrument)
                && (dialect() != Dialects.BINANCE
                        || shared.directory().binanceNames().has(instrument));
    }

    final Dialect dialect() {
        return form.dialect();
    }

    /** Sends a control message, whether there is room or not; nothing if there is nothing to say. */
    abstract void tell(Consumer<ByteBuf> json);

    @Override
    public final void tell(Notice notice) {
        tell(out -> dialect().notice(notice, out));
    }

    /** Sends what everybody is told, whether there is room or not; borrowed. */
    public abstract void announce(Announcement announcement);

    /** The frames, borrowed, as the bytes of one message, which is sent next. */
    abstract ByteBuf message(List<Frame> frames, MessageCache messages);

    /** Sends what belongs to no stream, borrowed, whether there is room or not. */
    void send(Frame frame, MessageCache messages) {
        if (frame.says(form)) {
            outbox.send(message(List.of(frame), messages));
        }
    }

    /** Says why the connection ends, where the socket's own end cannot. */
    void sayGoodbye(CloseReason reason) {}

    /** This node is going away. */
    public void announceDrain(int reconnectAfterMillis) {
        tell(new Notice.Draining(reconnectAfterMillis));
    }

    /** Something shows that the client is there. */
    final void heard(long now) {
        outbox.setTime(now);
        liveness.heard(outbox.fairNanos());
    }

    /** Has those streams that have just been subscribed to, and may not be asked yet, wait. */
    final void askLater() {
        if (subscriptions.hasUnasked()) {
            outbox.owe();
            outbox.catchUp();
        }
    }

    /** The socket has room again: catch up, by version, with everything that was left out, in a turn of its own. */
    public final void onWritable(long now) {
        outbox.onWritable(now);
    }

    /** To be called a few times a second. */
    public void onTick(long now) {
        outbox.setTime(now);
        switch (liveness.check(subscriptions.count(), outbox.fairNanos())) {
            case WELL -> {}
            case PING_DUE -> outbox.probe();
            case NO_PONG ->
                close(CloseReason.NO_PONG, "no pong within " + shared.limits().pongSeconds() + " s");
            case IDLE ->
                close(
                        CloseReason.NOTHING_SUBSCRIBED,
                        "nothing subscribed for " + shared.limits().unsubscribedSeconds() + " s");
            case STALLED -> abort();
        }
        subscriptions.tick(now);
        outbox.tick(mergedUpdates());
        checkToken(now);
        if (now - endNanos >= 0) {
            close(CloseReason.RESTART, "a connection lasts " + age(now) + "; reconnect and resume");
        }
    }

    private void checkToken(long now) {
        if (isClosed()) {
            return;
        }
        switch (access.check(now)) {
            case VALID -> {}
            case EXPIRING -> tell(new Notice.TokenExpiring(access.identity().expiresMicros()));
            case EXPIRED -> close(CloseReason.TOKEN_EXPIRED, "token expired; reconnect with a fresh one");
        }
    }

    private void abort() {
        shared.meters().slowConsumerAborted();
        String reason = "slow consumer: took no byte for " + shared.limits().stalledSeconds() + " s";
        socket.abort(new CloseReason(CloseReason.SLOW_CONSUMER, reason));
        onClosed();
    }

    /** Such as {@code 23.8 h}. */
    private String age(long now) {
        return String.format(Locale.ROOT, "%.1f h", (now - openedNanos) / (double) TimeUnit.HOURS.toNanos(1));
    }

    /** Nothing more is sent. Also called when the connection is gone without a close. */
    public final void onClosed() {
        if (!outbox.isClosed()) {
            outbox.close(mergedUpdates());
            subscriptions.leaveAll();
        }
    }

    /** Closes the connection in good order; the first reason counts. */
    @Override
    public final void close(CloseReason reason) {
        if (!outbox.isClosed()) {
            onClosed();
            sayGoodbye(reason);
            socket.close(reason);
        }
    }

    final boolean isClosed() {
        return outbox.isClosed();
    }

    final void close(int code, String reason) {
        close(new CloseReason(code, reason));
    }

    @Override
    public final void onFailure() {
        close(CloseReason.INTERNAL_ERROR, "the gateway failed; reconnect");
    }

    /** Sends a heartbeat, borrowed, also to a client that awaits its next merged message; not where it would queue. */
    public final void heartbeat(Frame frame, MessageCache messages, long now) {
        outbox.setTime(now);
        if (socket.isWritable() && outbox.outflow().rung() != Rung.SLOW) {
            send(frame, messages);
        }
    }

    @Override
    public final boolean hasRoom(long now) {
        outbox.setTime(now);
        return outbox.hasRoom();
    }

    @Override
    public final void onNoRoom() {
        outbox.onNoRoom();
    }

    @Override
    protected final int allowanceBytes() {
        return outbox.allowanceBytes();
    }

    /** Who gets one message at a time asks when its probe is answered, for an answer before that finds no room. */
    @Override
    public final boolean keepsUp() {
        boolean live = !outbox.outflow().isOneAtATime();
        if (!live) {
            outbox.owe();
            if (outbox.outflow().rung() != Rung.LIVE) {
                leaveOutDelivered();
            }
        }
        return live;
    }

    @Override
    protected final void onLeftOut() {
        outbox.owe();
    }

    @Override
    protected final void send(List<Frame> frames, MessageCache messages) {
        if (form.encoding().isApart() && !Frame.allSay(frames, form)) {
            breakOff();
            return;
        }
        ByteBuf message = message(frames, messages);
        meters.frameSent(message.readableBytes());
        outbox.sendData(message);
    }

    /** What it holds cannot be gone on from, and its dialect has no words for a new beginning. Ends it in a turn to come. */
    final void breakOff() {
        shared.streams().later(() -> close(CloseReason.RESTART, "a book began anew; reconnect and begin anew with it"));
    }

    /** This client as it is now. */
    public final SessionView view(long now) {
        return new SessionView(
                id,
                address(),
                subject(),
                transport(),
                form.encoding().subprotocol(),
                openedNanos,
                TimeUnit.NANOSECONDS.toMillis(now - openedNanos),
                subscriptions.count(),
                outbox.ladder().pendingBytes(),
                outbox.ladder().behindMillis(shared.waitingRoom().fairNanos(now)),
                outbox.outflow().rung(),
                outbox.bytesSent(),
                outbox.framesSent(),
                mergedUpdates());
    }
}
