package io.depthcast.wire;

import io.netty.buffer.ByteBuf;

/** The end of a gzip member that is put together while it is sent: check sum and length of all so far. One thread. */
public final class GzipTrailer {
    private int crc;
    private int bytes;

    /** These events are sent next. */
    public void add(Events events) {
        crc = JoinedCrc.join(crc, events.crc(), events.crcShift());
        bytes += events.plainBytes();
    }

    /** Writes the end of the member. */
    public void write(ByteBuf out) {
        Gzip.end(out, crc, bytes);
    }
}
