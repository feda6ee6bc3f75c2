package io.depthcast.session;

import io.netty.buffer.ByteBuf;

/**
 * The way out to one client: everything it is sent is counted here, followed by a probe where one is due, and held back
 * where there is no room. What is held back is not kept, but asked for again when there is room. One gateway loop.
 */
final class Outbox implements WaitingRoom.Guest {
    private final Probe probe;
    private final ClientSocket socket;
    private final SessionContext shared;
    private final Subscriptions subscriptions;
    private final Outflow outflow;
    private final Ladder ladder;

    /** Monotonic time of the call that is being handled, and the fair one of it. */
    private long clockNanos;

    private long nowNanos;
    /** Whether data that is due has been left out, and whether the waiting room knows. */
    private boolean owed;

    private boolean waiting;
    /** Whether a turn to come looks for room. */
    private boolean noted;

    private boolean closed;
    private long bytesSent;
    private long framesSent;

    Outbox(
            Probe probe,
            Ladder.Climber client,
            ClientSocket socket,
            SessionContext shared,
            Subscriptions subscriptions,
            long nowNanos) {
        this.probe = probe;
        this.socket = socket;
        this.shared = shared;
        this.subscriptions = subscriptions;
        this.clockNanos = nowNanos;
        this.nowNanos = shared.waitingRoom().fairNanos(nowNanos);
        this.outflow = new Outflow(shared.pace(), shared.streams().flushMillis(), this.nowNanos);
        this.ladder = new Ladder(client, outflow, socket, shared);
    }

    Outflow outflow() {
        return outflow;
    }

    Ladder ladder() {
        return ladder;
    }

    /** Each call from outside says so first. */
    void setTime(long now) {
        clockNanos = now;
        nowNanos = shared.waitingRoom().fairNanos(now);
        lookForAnswer();
    }

    private void lookForAnswer() {
        if (outflow.isProbing() && probe.isAnswered(socket)) {
            outflow.acknowledged(nowNanos);
        }
    }

    /** The time that the client is judged by; see {@link WaitingRoom#fairNanos}. */
    long fairNanos() {
        return nowNanos;
    }

    /** Sends no more than this from now on; returns what applies. */
    int limit(int bytesPerSecond) {
        return outflow.limit(bytesPerSecond, nowNanos);
    }

    boolean isClosed() {
        return closed;
    }

    /** The connection is over; so many merged updates were sent. */
    void close(long mergedUpdates) {
        closed = true;
        ladder.leave(mergedUpdates);
    }

    /** Data is due and has no room: it is owed from now on. */
    void onNoRoom() {
        if (closed) {
            return;
        }
        owe();
        // Its answer will show when the socket has been taken what it holds.
        if (!socket.isWritable() && !outflow.isProbing()) {
            probe();
        }
        // Further steps may end the connection, and this is the middle of a flush.
        if (outflow.rung() == Rung.LIVE) {
            ladder.step(true, nowNanos);
        }
    }

    /** Whether data that is due may be sent. */
    boolean hasRoom() {
        return outflow.hasRoom(socket.isWritable(), nowNanos);
    }

    int allowanceBytes() {
        return Math.min(probe.largestMessageBytes(), outflow.allowanceBytes(socket.pendingBytes()));
    }

    /** Something due was left out, or has not been asked for. */
    void owe() {
        owed = true;
        if (!waiting) {
            waiting = true;
            shared.waitingRoom().add(this);
        }
    }

    /** The socket has room again, which may show in the middle of a write to it. */
    void onWritable(long now) {
        clockNanos = now;
        noteRoom();
    }

    /** Has what is owed asked for in a turn of its own. */
    private void noteRoom() {
        if (owed && !noted && !closed) {
            noted = true;
            shared.streams().later(this::lookForRoom);
        }
    }

    private void lookForRoom() {
        noted = false;
        setTime(clockNanos);
        catchUp();
    }

    /** Takes the step on the ladder that is due, and asks for what is owed if there is room. */
    void catchUp() {
        climb();
        if (!closed && owed && hasRoom()) {
            owed = subscriptions.catchUp(allowanceBytes(), clockNanos);
        }
    }

    private void climb() {
        if (!closed) {
            ladder.climb(owed, nowNanos);
        }
    }

    @Override
    public boolean stillWaits(long now) {
        setTime(now);
        catchUp();
        waiting = owed && !closed;
        return waiting;
    }

    /** To be called a few times a second. */
    void tick(long mergedUpdates) {
        climb();
        if (!closed) {
            ladder.count(mergedUpdates);
        }
    }

    /** @param payload of a pong, borrowed; only that of the ping under way acknowledges anything */
    void acknowledged(ByteBuf payload) {
        if (payload.readableBytes() == Long.BYTES && payload.getLong(payload.readerIndex()) == outflow.probeNanos()) {
            outflow.acknowledged(nowNanos);
            noteRoom();
        }
    }

    void sendData(ByteBuf message) {
        count(message.readableBytes());
        if (outflow.wantsProbe()) {
            outflow.probed(nowNanos);
            countAdded(probe.sendBehind(message, socket, nowNanos));
            lookForAnswer();
        } else {
            socket.send(message);
        }
    }

    /** Goes out with what is sent or flushed next. */
    void write(ByteBuf message) {
        count(message.readableBytes());
        socket.write(message);
    }

    void send(ByteBuf message) {
        count(message.readableBytes());
        socket.send(message);
    }

    /** Sends a probe; none may be under way. */
    void probe() {
        outflow.probed(nowNanos);
        countAdded(probe.send(socket, nowNanos));
        lookForAnswer();
    }

    /** Counts what a probe has added, if it has. */
    private void countAdded(int bytes) {
        if (bytes > 0) {
            count(bytes);
        }
    }

    /** Counts a frame that is sent. */
    private void count(int bytes) {
        outflow.sent(bytes, nowNanos);
        bytesSent += bytes;
        framesSent++;
    }

    long bytesSent() {
        return bytesSent;
    }

    long framesSent() {
        return framesSent;
    }
}
