package io.depthcast.session;

import io.netty.buffer.ByteBuf;

/** For a client that can answer nothing: what it is known to have taken is what its socket has taken. One client. */
final class TakenProbe implements Probe {
    /** What the socket must have taken. */
    private long probedBytes;

    @Override
    public int send(ClientSocket socket, long probeNanos) {
        socket.flush();
        // Not before, because what is encrypted on its way grows there.
        probedBytes = socket.writtenBytes();
        return 0;
    }

    @Override
    public int sendBehind(ByteBuf message, ClientSocket socket, long probeNanos) {
        socket.write(message);
        return send(socket, probeNanos);
    }

    @Override
    public boolean isAnswered(ClientSocket socket) {
        return socket.takenBytes() >= probedBytes;
    }

    /** A socket that takes much says nothing of the way beyond it, and what it took last may travel long. */
    @Override
    public int largestMessageBytes() {
        return Outflow.LIVE_BYTES;
    }
}
