package io.depthcast.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.List;

/**
 * Whole WebSocket messages as a server sends them (RFC 6455, 5.2: unmasked, one frame each), so that the same bytes serve
 * every client. Every method returns a new direct buffer that the caller owns.
 */
public final class WebSocketMessage {
    /** A close reason's room: a control frame's 125 bytes less the code (RFC 6455, 5.5). */
    public static final int MAX_REASON_BYTES = 123;

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int MAX_SHORT_LENGTH = 125;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    static final int MAX_HEADER_BYTES = 10;
    private static final int PING_BYTES = 2 + Long.BYTES;

    private WebSocketMessage() {}

    /**
     * Frames of one flush as one message. In a deflated form the frames are spliced as they are, unless they are smaller
     * undeflated.
     *
     * @param frames at least one, each made in that form
     */
    public static ByteBuf of(ByteBufAllocator allocator, Form form, List<Frame> frames) {
        if (form.encoding().isApart()) {
            return ApartMessages.of(allocator, form, frames);
        }
        Glue glue = Glue.of(form);
        int plainBytes = plainBytes(form, frames);
        int bytes = form.isDeflated() ? bytes(frames, form, glue) - FrameDeflater.TAIL_BYTES : plainBytes;
        boolean deflated = form.isDeflated() && bytes < plainBytes;
        if (!deflated) {
            ByteBuf out = header(allocator, opcode(form), plainBytes);
            writePlain(out, form, frames);
            return out;
        }
        ByteBuf out = header(allocator, opcode(form) | RSV1, bytes);
        out.ensureWritable(bytes + FrameDeflater.TAIL_BYTES);
        write(out, frames, form, glue);
        return out.writerIndex(out.writerIndex() - FrameDeflater.TAIL_BYTES);
    }

    /** @param deflated the frames of a message deflated together, ended as {@link FrameDeflater} ends; not released */
    static ByteBuf deflated(ByteBufAllocator allocator, Form form, ByteBuf deflated) {
        int bytes = deflated.readableBytes() - FrameDeflater.TAIL_BYTES;
        return header(allocator, opcode(form) | RSV1, bytes).writeBytes(deflated, deflated.readerIndex(), bytes);
    }

    /** Whether the first message in the buffer is deflated. */
    public static boolean isDeflated(ByteBuf message) {
        return (message.getByte(message.readerIndex()) & RSV1) != 0;
    }

    /** Bytes of the frames as a message says them, undeflated and without its header. */
    static int plainBytes(Form form, List<Frame> frames) {
        Form plain = form.plain();
        return bytes(frames, plain, Glue.of(plain));
    }

    static void writePlain(ByteBuf out, Form form, List<Frame> frames) {
        Form plain = form.plain();
        write(out, frames, plain, Glue.of(plain));
    }

    /**
     * Writes what each message of these frames says, undeflated, behind what is there.
     *
     * @param whole called behind each of them
     */
    static void eachPlain(Form form, List<Frame> frames, ByteBuf out, Runnable whole) {
        if (form.encoding().isApart()) {
            ApartMessages.eachPlain(form, frames, out, whole);
        } else {
            writePlain(out, form, frames);
            whole.run();
        }
    }

    /** Begins a deflated message behind what is there already. */
    static ByteBuf beginDeflated(ByteBuf out, Form form, int length) {
        return header(out, opcode(form) | RSV1, length);
    }

    private static int opcode(Form form) {
        return form.encoding().isBinary() ? BINARY : TEXT;
    }

    /** A text message, for the control messages. */
    public static ByteBuf text(ByteBufAllocator allocator, ByteBuf text) {
        return header(allocator, TEXT, text.readableBytes()).writeBytes(text, text.readerIndex(), text.readableBytes());
    }

    /** @param payload echoed by the pong, at most 125 bytes */
    public static ByteBuf ping(ByteBufAllocator allocator, long payload) {
        return header(allocator, PING, Long.BYTES).writeLong(payload);
    }

    /** A message, which is released, and a ping behind it, in one buffer. */
    public static ByteBuf withPing(ByteBufAllocator allocator, ByteBuf message, long payload) {
        ByteBuf both = allocator.directBuffer(message.readableBytes() + PING_BYTES);
        try {
            both.writeBytes(message, message.readerIndex(), message.readableBytes());
        } finally {
            message.release();
        }
        return both.writeByte(FIN | PING).writeByte(Long.BYTES).writeLong(payload);
    }

    /** @param payload the ping's, at most 125 bytes */
    public static ByteBuf pong(ByteBufAllocator allocator, ByteBuf payload) {
        return header(allocator, PONG, payload.readableBytes())
                .writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    }

    /** @param reason cut to {@link #MAX_REASON_BYTES} between two characters */
    public static ByteBuf close(ByteBufAllocator allocator, int code, String reason) {
        int chars = reason.length();
        while (ByteBufUtil.utf8Bytes(reason, 0, chars) > MAX_REASON_BYTES) {
            boolean pair = chars > 1 && Character.isSurrogatePair(reason.charAt(chars - 2), reason.charAt(chars - 1));
            chars -= pair ? 2 : 1;
        }
        byte[] text = reason.substring(0, chars).getBytes(UTF_8);
        return header(allocator, CLOSE, Short.BYTES + text.length)
                .writeShort(code)
                .writeBytes(text);
    }

    private static int bytes(List<Frame> frames, Form form, Glue glue) {
        int count = frames.size();
        int bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += frames.get(i).bytes(form).readableBytes();
        }
        return count == 1 ? bytes : bytes + glue.bytes(count);
    }

    private static void write(ByteBuf out, List<Frame> frames, Form form, Glue glue) {
        int count = frames.size();
        if (count > 1) {
            out.writeBytes(glue.opening());
        }
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.writeBytes(glue.separator());
            }
            ByteBuf bytes = frames.get(i).bytes(form);
            out.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        }
        if (count > 1) {
            out.writeBytes(glue.closing());
        }
    }

    private static ByteBuf header(ByteBufAllocator allocator, int opcode, int length) {
        return header(allocator.directBuffer(MAX_HEADER_BYTES + length + FrameDeflater.TAIL_BYTES), opcode, length);
    }

    /** Begins a text message behind what is there already. */
    static void beginText(ByteBuf out, boolean deflated, int length) {
        var unused = header(out, deflated ? TEXT | RSV1 : TEXT, length);
    }

    private static ByteBuf header(ByteBuf out, int opcode, int length) {
        out.writeByte(FIN | opcode);
        if (length <= MAX_SHORT_LENGTH) {
            return out.writeByte(length);
        }
        if (length <= 0xFFFF) {
            return out.writeByte(LENGTH_16).writeShort(length);
        }
        return out.writeByte(LENGTH_64).writeLong(length);
    }
}
