package io.depthcast.bench;

import java.nio.ByteBuffer;

/**
 * Reads what a WebSocket server sends after the client's request, byte by byte where it must, and counts binary frames
 * without looking into them: thousands of clients must cost the machine less than the gateway they measure. One connection,
 * one thread.
 */
final class FrameCounter {
    private static final int RSV1 = 0x40;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private final StringBuilder head = new StringBuilder();
    private boolean upgraded;
    private int headerBytes;
    private int first;
    private int lengthBytesLeft;
    private long payloadLeft;
    private long frames;
    private long deflatedFrames;
    private long bytes;
    private long pingPayload;
    private boolean pinged;

    void read(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (!upgraded) {
                readHead(in.get());
            } else if (headerBytes >= 2 && lengthBytesLeft == 0) {
                skip(in);
            } else {
                readHeader(in.get() & 0xFF);
            }
        }
    }

    boolean isUpgraded() {
        return upgraded;
    }

    /** Binary frames whose header has arrived. */
    long frames() {
        return frames;
    }

    /** Those of them that are compressed. */
    long deflatedFrames() {
        return deflatedFrames;
    }

    /** Bytes of the binary frames with their headers. */
    long bytes() {
        return bytes;
    }

    /** The eight bytes of the last ping, which its pong has to bring back. */
    long pingPayload() {
        return pingPayload;
    }

    /** Whether a ping came since the last call. */
    boolean takePing() {
        boolean taken = pinged;
        pinged = false;
        return taken;
    }

    private void readHead(byte next) {
        head.append((char) next);
        if (next == '\n'
                && head.length() > 3
                && head.substring(head.length() - 4).equals("\r\n\r\n")) {
            String answer = head.toString();
            if (!answer.startsWith("HTTP/1.1 101") || !answer.contains("permessage-deflate")) {
                throw new IllegalStateException("expected an upgrade with deflate, got " + answer);
            }
            upgraded = true;
            head.setLength(0);
            head.trimToSize();
        }
    }

    private void readHeader(int next) {
        if (headerBytes == 0) {
            first = next;
        } else if (headerBytes == 1) {
            lengthBytesLeft = next == LENGTH_16 ? Short.BYTES : next == LENGTH_64 ? Long.BYTES : 0;
            payloadLeft = lengthBytesLeft == 0 ? next : 0;
        } else {
            payloadLeft = payloadLeft << 8 | next;
            lengthBytesLeft--;
        }
        headerBytes++;
        if (headerBytes >= 2 && lengthBytesLeft == 0) {
            onHeader();
        }
    }

    private void onHeader() {
        int opcode = first & 0xF;
        if (opcode == CLOSE) {
            throw new IllegalStateException("the server closed a connection");
        }
        if (opcode == BINARY) {
            frames++;
            deflatedFrames += (first & RSV1) != 0 ? 1 : 0;
            bytes += headerBytes + payloadLeft;
        }
        if (payloadLeft == 0) {
            headerBytes = 0;
        }
    }

    private void skip(ByteBuffer in) {
        int count = (int) Math.min(payloadLeft, in.remaining());
        if ((first & 0xF) == PING) {
            for (int i = 0; i < count; i++) {
                pingPayload = pingPayload << Byte.SIZE | (in.get() & 0xFF);
            }
        } else {
            in.position(in.position() + count);
        }
        payloadLeft -= count;
        if (payloadLeft == 0) {
            pinged |= (first & 0xF) == PING;
            headerBytes = 0;
        }
    }
}
