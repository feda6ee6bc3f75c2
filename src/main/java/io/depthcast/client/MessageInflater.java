package io.depthcast.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates messages (RFC 7692, 7.2.2), each without reference to the one before, as this client demands with
 * {@code server_no_context_takeover}; so one serves all connections of a thread.
 */
final class MessageInflater {
    private static final FastThreadLocal<MessageInflater> OF_THREAD = new FastThreadLocal<>() {
        @Override
        protected MessageInflater initialValue() {
            return new MessageInflater();
        }

        @Override
        protected void onRemoval(MessageInflater inflater) {
            inflater.inflater.end();
        }
    };
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
    private static final int USUAL_RATIO = 4;
    private static final int MIN_BYTES = 256;

    private final Inflater inflater = new Inflater(true);

    private MessageInflater() {}

    /** The current thread's. */
    static MessageInflater get() {
        return OF_THREAD.get();
    }

    /**
     * The inflated message, which the caller releases.
     *
     * @param deflated neither consumed nor released
     * @param maxBytes of the message after inflation
     * @throws DataFormatException if it is not a deflate stream, or larger
     */
    ByteBuf inflate(ByteBuf deflated, int maxBytes, ByteBufAllocator allocator) throws DataFormatException {
        int expected =
                (int) Math.min(maxBytes + 1L, Math.max(MIN_BYTES, (long) USUAL_RATIO * deflated.readableBytes()));
        ByteBuf out = allocator.directBuffer(expected, maxBytes + 1);
        try {
            inflater.reset();
            inflater.setInput(deflated.nioBuffer());
            drain(out);
            if (!inflater.finished()) {
                inflater.setInput(TAIL);
                drain(out);
            }
            return out.retain();
        } finally {
            out.release();
        }
    }

    private void drain(ByteBuf out) throws DataFormatException {
        int count;
        do {
            if (!out.isWritable()) {
                out.capacity((int) Math.min(out.maxCapacity(), 2L * out.capacity()));
            }
            ByteBuffer room = out.internalNioBuffer(out.writerIndex(), out.writableBytes());
            count = inflater.inflate(room);
            out.writerIndex(out.writerIndex() + count);
            if (out.readableBytes() == out.maxCapacity()) {
                throw new DataFormatException("message of more than " + (out.maxCapacity() - 1) + " bytes");
            }
        } while (count > 0);
        if (!inflater.needsInput() && !inflater.finished()) {
            throw new DataFormatException("not a deflate stream");
        }
    }
}
