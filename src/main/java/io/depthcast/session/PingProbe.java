package io.depthcast.session;

import io.depthcast.wire.WebSocketMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A WebSocket's ping, whose payload is its time, and which the client answers with a pong. All clients of a loop. */
record PingProbe(ByteBufAllocator allocator) implements Probe {
    @Override
    public int send(ClientSocket socket, long probeNanos) {
        ByteBuf ping = WebSocketMessage.ping(allocator, probeNanos);
        int bytes = ping.readableBytes();
        socket.send(ping);
        return bytes;
    }

    /** In one buffer: two cost the loop more on their way out than a copy does. */
    @Override
    public int sendBehind(ByteBuf message, ClientSocket socket, long probeNanos) {
        int bytes = message.readableBytes();
        ByteBuf both = WebSocketMessage.withPing(allocator, message, probeNanos);
        int added = both.readableBytes() - bytes;
        socket.send(both);
        return added;
    }

    @Override
    public boolean isAnswered(ClientSocket socket) {
        return false;
    }

    @Override
    public int largestMessageBytes() {
        return Outflow.MAX_BYTES;
    }
}
