package io.depthcast.session;

import io.depthcast.limit.Address;
import io.netty.buffer.ByteBuf;

/** The socket of a client that stays, as its session or event stream sees it. Its gateway loop only. */
public interface ClientSocket {
    /** Whether less waits to be sent than the high-water mark. */
    boolean isWritable();

    /** Bytes written since the start. */
    long writtenBytes();

    /** Of those, what the socket has taken; a stalled client's stand still. */
    long takenBytes();

    /** Whether bytes wait that the socket has not taken. */
    boolean hasPending();

    /** Bytes of memory that wait to be sent. */
    int pendingBytes();

    /** Writes a whole message, whose reference it takes over; it goes out with the next {@link #flush}. */
    void write(ByteBuf message);

    void flush();

    /** Writes and flushes. */
    default void send(ByteBuf message) {
        write(message);
        flush();
    }

    /**
     * Ends the connection behind what was written, after a close frame where there are frames, and at once if the client
     * takes long. Nothing is sent after it.
     */
    void close(CloseReason reason);

    /**
     * Ends the connection at once, dropping what waits; a WebSocket sees 1006.
     *
     * @param reason what it is told when it comes back
     */
    void abort(CloseReason reason);

    /** Where the client is, behind any trusted proxy. */
    Address address();
}
