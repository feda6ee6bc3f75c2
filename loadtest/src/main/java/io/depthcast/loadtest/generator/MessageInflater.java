package io.depthcast.loadtest.generator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * One connection's side of permessage-deflate (RFC 7692, 7.2.2), with the history that a peer may refer to; our own client
 * demands that there be none.
 */
public final class MessageInflater implements AutoCloseable {
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
    private static final int STEP = 16 * 1024;

    private final Inflater inflater = new Inflater(true);

    /** @return an unpooled buffer that nobody needs to release */
    public ByteBuf inflate(ByteBuf message) throws DataFormatException {
        ByteBuf out = Unpooled.buffer(Math.max(256, 4 * message.readableBytes()));
        byte[] bytes = new byte[message.readableBytes()];
        message.getBytes(message.readerIndex(), bytes);
        inflate(bytes, out);
        inflate(TAIL, out);
        return out;
    }

    private void inflate(byte[] bytes, ByteBuf out) throws DataFormatException {
        inflater.setInput(bytes);
        int count;
        do {
            out.ensureWritable(Math.max(1, Math.min(STEP, out.capacity())));
            count = inflater.inflate(out.array(), out.arrayOffset() + out.writerIndex(), out.writableBytes());
            out.writerIndex(out.writerIndex() + count);
        } while (count > 0);
        if (inflater.getRemaining() > 0) {
            throw new DataFormatException("the deflate stream ends before the message");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
