package io.depthcast.loadtest.generator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Splits what a server sends into WebSocket frames (RFC 6455, 5.2); payloads nobody wants are skipped, not kept. */
final class FrameReader {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;

    /** Takes frames. */
    interface Sink {
        /** Asked when the header has arrived. */
        boolean wants(int opcode, boolean deflated);

        /** @param payload valid during the call; empty where it was not wanted */
        void onFrame(int opcode, boolean last, boolean deflated, long wireBytes, ByteBuf payload);
    }

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private final Sink sink;
    private int first;
    private int headerBytes;
    private int lengthBytesLeft;
    private long length;
    private long left;
    private boolean wanted;
    private ByteBuf kept = Unpooled.EMPTY_BUFFER;

    FrameReader(Sink sink) {
        this.sink = sink;
    }

    /** Reads all there is. */
    void read(ByteBuf in) {
        while (in.isReadable()) {
            if (inPayload()) {
                readPayload(in);
            } else {
                readHeader(in.readUnsignedByte());
                if (inPayload() && left == 0) {
                    finish(Unpooled.EMPTY_BUFFER);
                }
            }
        }
    }

    void close() {
        kept.release();
        kept = Unpooled.EMPTY_BUFFER;
    }

    private boolean inPayload() {
        return headerBytes >= 2 && lengthBytesLeft == 0;
    }

    private void readHeader(int next) {
        if (headerBytes == 0) {
            first = next;
        } else if (headerBytes == 1) {
            lengthBytesLeft = next == LENGTH_16 ? Short.BYTES : next == LENGTH_64 ? Long.BYTES : 0;
            length = lengthBytesLeft == 0 ? next : 0;
        } else {
            length = length << 8 | next;
            lengthBytesLeft--;
        }
        headerBytes++;
        if (inPayload()) {
            left = length;
            wanted = sink.wants(first & 0xF, (first & RSV1) != 0);
        }
    }

    private void readPayload(ByteBuf in) {
        int count = (int) Math.min(left, in.readableBytes());
        left -= count;
        if (!wanted) {
            in.skipBytes(count);
            if (left == 0) {
                finish(Unpooled.EMPTY_BUFFER);
            }
        } else if (left == 0 && count == length) {
            finish(in.readSlice(count));
        } else {
            if (!kept.isWritable()) {
                kept = in.alloc().heapBuffer((int) length);
            }
            kept.writeBytes(in, count);
            if (left == 0) {
                finish(kept);
                close();
            }
        }
    }

    private void finish(ByteBuf payload) {
        long wireBytes = headerBytes + length;
        headerBytes = 0;
        sink.onFrame(first & 0xF, (first & FIN) != 0, (first & RSV1) != 0, wireBytes, payload);
    }
}
