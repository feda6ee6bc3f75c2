package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/** WebSocket frames as clients send them (RFC 6455, 5.2), right and wrong ones. */
final class ClientFrames {
    static final int FIN = 0x80;
    static final int RSV1 = 0x40;
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final int MASKED = 0x80;
    private static final byte[] MASK = {0x12, (byte) 0xF4, 0x56, 0x78};

    private ClientFrames() {}

    static byte[] text(String text) {
        return frame(FIN | TEXT, text.getBytes(UTF_8));
    }

    static byte[] ping(int payloadBytes) {
        return frame(FIN | PING, new byte[payloadBytes]);
    }

    static byte[] close(int code) {
        return frame(FIN | CLOSE, closePayload(code));
    }

    static byte[] closePayload(int code) {
        return new byte[] {(byte) (code >> 8), (byte) code};
    }

    /** @param first the first byte: the FIN and reserved bits, and the opcode */
    static byte[] frame(int first, byte... payload) {
        byte[] masked = payload.clone();
        for (int i = 0; i < payload.length; i++) {
            masked[i] ^= MASK[i % MASK.length];
        }
        return join(head(first, MASKED, payload.length), MASK, masked);
    }

    static byte[] unmasked(int first, byte... payload) {
        return join(head(first, 0, payload.length), payload);
    }

    private static byte[] head(int first, int masked, int length) {
        byte high = (byte) (length >> 8);
        byte low = (byte) length;
        if (length <= 125) {
            return new byte[] {(byte) first, (byte) (masked | length)};
        }
        return length <= 0xFFFF
                ? new byte[] {(byte) first, (byte) (masked | 126), high, low}
                : new byte[] {
                    (byte) first,
                    (byte) (masked | 127),
                    0,
                    0,
                    0,
                    0,
                    (byte) (length >> 24),
                    (byte) (length >> 16),
                    high,
                    low
                };
    }

    /** The payload of a deflated message (RFC 7692, 7.2.1). */
    static byte[] deflate(byte... plain) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(plain);
        byte[] out = new byte[plain.length + 64];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, length - 4);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
