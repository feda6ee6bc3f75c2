package io.depthcast.session;

import io.depthcast.limit.Address;
import io.netty.buffer.ByteBuf;

/** A WebSocket as a session sees it. Its gateway loop only. */
public interface ClientSocket {
    /** Whether less waits to be sent than the high-water mark. */
    boolean isWritable();

    /** Bytes the socket has taken since the start; a stalled client's stand still. */
    long takenBytes();

    /** Whether bytes wait that the socket has not taken. */
    boolean hasPending();

    /** Bytes of memory that wait to be sent. */
    int pendingBytes();

    /** Writes a whole WebSocket message, whose reference it takes over; it goes out with the next one that is sent. */
    void write(ByteBuf message);

    /** Writes and flushes a whole WebSocket message, whose reference it takes over. */
    void send(ByteBuf message);

    /** Sends a close frame, waits a little for the client's, then ends the connection. Nothing is sent after it. */
    void close(CloseReason reason);

    /**
     * Ends the connection at once, dropping what waits; the client sees 1006.
     *
     * @param reason what it is told when it comes back
     */
    void abort(CloseReason reason);

    /** Where the client is, behind any trusted proxy. */
    Address address();
}
