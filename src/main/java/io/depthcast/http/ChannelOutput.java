package io.depthcast.http;

import io.depthcast.metrics.Meters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/** Writes ready-made bytes to a channel, past any encoder, and knows how many of them it has taken. Its gateway loop only. */
final class ChannelOutput {
    private final Channel channel;
    private final Meters meters;
    private final @Nullable CipherBytes cipherBytes;
    private long writtenBytes;

    ChannelOutput(Channel channel, Meters meters) {
        this.channel = channel;
        this.meters = meters;
        this.cipherBytes = CipherBytes.of(channel);
    }

    // What the void promise cannot tell, a handler hears as an exception or as the end of the channel.
    @SuppressWarnings("FutureReturnValueIgnored")
    void write(ByteBuf bytes) {
        writtenBytes += bytes.readableBytes();
        meters.written(bytes.readableBytes());
        channel.write(bytes, channel.voidPromise());
    }

    void flush() {
        channel.flush();
    }

    /** Bytes of memory that wait to be sent. */
    int pendingBytes() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return pending == null ? 0 : (int) Math.min(Integer.MAX_VALUE, pending.totalPendingWriteBytes());
    }

    /** Bytes that the socket has taken, of cipher text where there is TLS, for that is what waits for it. */
    long takenBytes() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        long given = cipherBytes == null ? writtenBytes : cipherBytes.written();
        return pending == null ? given : given - bytes(pending);
    }

    boolean hasPending() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        return pending != null && !pending.isEmpty();
    }

    /** Ends the connection in good order: TLS has a last word of its own to send. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void close() {
        channel.close();
    }

    /** Ends the connection at once, past the handlers: Vert.x would first try to flush what the client does not take. */
    void abort() {
        channel.unsafe().close(channel.unsafe().voidPromise());
    }

    /**
     * What waits. The buffer's own count adds the memory of each entry, so that every reply to a client that reads nothing
     * would look like bytes taken.
     */
    private static long bytes(ChannelOutboundBuffer pending) {
        PendingBytes sum = new PendingBytes();
        try {
            pending.forEachFlushedMessage(sum);
        } catch (Exception e) {
            throw new IllegalStateException("adding up throws nothing", e);
        }
        return sum.bytes;
    }

    private static final class PendingBytes implements ChannelOutboundBuffer.MessageProcessor {
        private long bytes;

        @Override
        public boolean processMessage(Object message) {
            bytes += message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
            return true;
        }
    }
}
