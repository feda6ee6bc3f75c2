package io.depthcast.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket message as a client reads it, by RFC 6455 and RFC 7692 and by nothing of ours.
 *
 * @param headerBytes length of the frame header
 * @param opcode 1 text, 2 binary, 8 close, 9 ping, 10 pong
 * @param deflated whether RSV1 was set
 * @param wire the payload as sent
 * @param payload the payload, inflated if need be
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReceivedMessage(int headerBytes, int opcode, boolean deflated, byte[] wire, byte[] payload) {
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    /** Reads the whole buffer, and releases it. */
    public static ReceivedMessage take(ByteBuf message) {
        try {
            return read(message);
        } finally {
            message.release();
        }
    }

    /** Reads whatever is in the buffer, and releases it. */
    public static List<ReceivedMessage> takeAll(ByteBuf messages) {
        return takeAll(messages, null);
    }

    /** @param inflater of the connection, null if each message is inflated by itself */
    static List<ReceivedMessage> takeAll(ByteBuf messages, @Nullable Inflater inflater) {
        try {
            List<ReceivedMessage> all = new ArrayList<>();
            for (ByteBuf in = messages.duplicate(); in.isReadable(); ) {
                all.add(readNext(in, inflater));
            }
            return all;
        } finally {
            messages.release();
        }
    }

    /** Reads the whole buffer, which must be one final, unmasked frame. */
    public static ReceivedMessage read(ByteBuf message) {
        ByteBuf in = message.duplicate();
        ReceivedMessage read = readNext(in, null);
        if (in.isReadable()) {
            throw new IllegalArgumentException("expected one frame, got " + ByteBufUtil.hexDump(message));
        }
        return read;
    }

    private static ReceivedMessage readNext(ByteBuf in, @Nullable Inflater inflater) {
        int start = in.readerIndex();
        int first = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        int headerBytes = in.readerIndex() - start;
        if ((first & 0xB0) != 0x80 || length > in.readableBytes()) {
            throw new IllegalArgumentException(
                    "expected a final frame at " + start + ", got " + ByteBufUtil.hexDump(in.readerIndex(0)));
        }
        byte[] wire = new byte[(int) length];
        in.readBytes(wire);
        boolean deflated = (first & 0x40) != 0;
        return new ReceivedMessage(
                headerBytes, first & 0x0F, deflated, wire, deflated ? inflate(wire, inflater) : wire);
    }

    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The close code of a close message. */
    public int closeCode() {
        return ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    }

    /** The close reason of a close message. */
    public String closeReason() {
        return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    private static byte[] inflate(byte[] wire, @Nullable Inflater ofConnection) {
        Inflater inflater = ofConnection == null ? new Inflater(true) : ofConnection;
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try {
            drain(inflater, wire, plain);
            drain(inflater, TAIL, plain);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException(e);
        } finally {
            if (ofConnection == null) {
                inflater.end();
            }
        }
        return plain.toByteArray();
    }

    private static void drain(Inflater inflater, byte[] from, ByteArrayOutputStream to) throws DataFormatException {
        byte[] room = new byte[65_536];
        inflater.setInput(from);
        int count;
        while ((count = inflater.inflate(room)) > 0) {
            to.write(room, 0, count);
        }
        if (!inflater.needsInput()) {
            throw new IllegalArgumentException("bytes are left after the end of the deflate stream");
        }
    }
}
