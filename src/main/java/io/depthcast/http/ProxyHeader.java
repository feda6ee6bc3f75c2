package io.depthcast.http;

import io.depthcast.limit.Address;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy says before all else of the connection that it passes on: version 1 of the PROXY protocol, a line of text, or
 * version 2, some bytes (haproxy.org, proxy-protocol.txt, 2.1 and 2.2). Stateless.
 */
sealed interface ProxyHeader {
    /** More has to come. */
    record Incomplete() implements ProxyHeader {}

    /** It is none, and what follows cannot be believed. */
    record Bad() implements ProxyHeader {}

    /**
     * @param client null where the proxy speaks for itself, as in a health check, or does not know
     * @param bytes of the header; what follows is the client's
     */
    record Told(@Nullable Address client, int bytes) implements ProxyHeader {}

    ProxyHeader INCOMPLETE = new Incomplete();
    ProxyHeader BAD = new Bad();

    /** @param received from the reader index on; neither consumed nor released */
    static ProxyHeader read(ByteBuf received) {
        if (startsWith(received, Line.START)) {
            return Line.read(received);
        }
        return startsWith(received, Binary.SIGNATURE) ? Binary.read(received) : BAD;
    }

    /** As far as there is something. */
    private static boolean startsWith(ByteBuf received, byte[] start) {
        int known = Math.min(received.readableBytes(), start.length);
        for (int i = 0; i < known; i++) {
            if (received.getByte(received.readerIndex() + i) != start[i]) {
                return false;
            }
        }
        return true;
    }

    /** Version 1. */
    final class Line {
        private static final byte[] START = "PROXY ".getBytes(StandardCharsets.US_ASCII);
        /** With both addresses of IPv6, and the end of the line. */
        private static final int MAX_BYTES = 107;

        private static final int FIELDS = 6;

        private Line() {}

        private static ProxyHeader read(ByteBuf received) {
            int looked = Math.min(received.readableBytes(), MAX_BYTES);
            int length = received.bytesBefore(looked, (byte) '\n');
            if (length < 0) {
                return looked < MAX_BYTES ? INCOMPLETE : BAD;
            }
            String line = received.toString(received.readerIndex(), length, StandardCharsets.US_ASCII);
            if (!line.endsWith("\r")) {
                return BAD;
            }
            String[] fields = line.substring(0, line.length() - 1).split(" ", -1);
            if (fields[1].equals("UNKNOWN")) {
                return new Told(null, length + 1);
            }
            Address client = fields.length == FIELDS ? Address.parse(fields[2]) : null;
            boolean isFamily = fields[1].equals("TCP4") || fields[1].equals("TCP6");
            return client == null || !isFamily ? BAD : new Told(client, length + 1);
        }
    }

    /** Version 2. */
    final class Binary {
        private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
        /** Signature, version and command, family, and a uint16: bytes that follow. */
        private static final int HEAD_BYTES = 16;
        /** Nobody has more to say than addresses and some names. */
        private static final int MAX_BYTES = 4_096;

        private static final int LOCAL = 0x20;
        private static final int PROXY = 0x21;
        private static final int TCP_4 = 0x11;
        private static final int TCP_6 = 0x21;
        private static final int V4_BYTES = 4;
        private static final int V6_BYTES = 16;
        /** Of both ports. */
        private static final int PORT_BYTES = 4;

        private Binary() {}

        private static ProxyHeader read(ByteBuf received) {
            if (received.readableBytes() < HEAD_BYTES) {
                return INCOMPLETE;
            }
            int at = received.readerIndex() + SIGNATURE.length;
            int command = received.getUnsignedByte(at);
            int family = received.getUnsignedByte(at + 1);
            int length = received.getUnsignedShort(at + 2);
            if (length > MAX_BYTES || (command != LOCAL && command != PROXY)) {
                return BAD;
            }
            if (received.readableBytes() < HEAD_BYTES + length) {
                return INCOMPLETE;
            }
            int addressBytes = family == TCP_4 ? V4_BYTES : family == TCP_6 ? V6_BYTES : 0;
            if (command == LOCAL || addressBytes == 0) {
                return new Told(null, HEAD_BYTES + length);
            }
            return length < 2 * addressBytes + PORT_BYTES
                    ? BAD
                    : new Told(address(received, addressBytes), HEAD_BYTES + length);
        }

        private static Address address(ByteBuf received, int addressBytes) {
            byte[] address = new byte[addressBytes];
            received.getBytes(received.readerIndex() + HEAD_BYTES, address);
            try {
                return Address.of(InetAddress.getByAddress(address));
            } catch (UnknownHostException e) {
                throw new IllegalStateException("an address has 4 or 16 bytes", e);
            }
        }
    }
}
