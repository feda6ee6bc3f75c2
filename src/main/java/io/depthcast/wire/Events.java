package io.depthcast.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/**
 * Server-sent events (WHATWG HTML, 9.2) ready to be sent, the same bytes for every client of a form.
 *
 * @param bytes one reference, the owner's; plain text, or deflate blocks to be put into a gzip member
 * @param plainBytes of the text
 * @param crc CRC-32 of the text; 0 in the plain form, which needs none
 * @param crcShift see {@link JoinedCrc#shift}; 0 in the plain form
 */
public record Events(ByteBuf bytes, int plainBytes, int crc, int crcShift) {
    private static final byte[] DATA = "data: ".getBytes(US_ASCII);
    private static final byte[] NEXT_DATA = "\n\ndata: ".getBytes(US_ASCII);
    private static final String END = "\n\n";

    /**
     * The frames of one flush, an event each. Only the last bears an id, so that who comes back with it has had them all.
     *
     * @param form JSON, plain or with the full window
     * @param frames at least one
     * @param idFrame index of the frame whose version is the id, or -1
     */
    public static Events of(ByteBufAllocator allocator, Form form, List<Frame> frames, int idFrame) {
        byte[] end = end(frames, idFrame).getBytes(US_ASCII);
        ByteBuf plain = plain(allocator, form.plain(), frames, end);
        return form.isDeflated() ? deflated(allocator, plain, form, frames, end) : new Events(plain, 0, 0, 0);
    }

    /** @param text whole lines, ended by an empty one; taken over */
    public static Events ofText(ByteBufAllocator allocator, Form form, ByteBuf text) {
        return form.isDeflated() ? stored(allocator, text) : new Events(text, 0, 0, 0);
    }

    private static String end(List<Frame> frames, int idFrame) {
        if (idFrame < 0) {
            return END;
        }
        Frame frame = frames.get(idFrame);
        return "\nid: " + new Version(frame.epoch(), frame.version()).format() + END;
    }

    private static ByteBuf plain(ByteBufAllocator allocator, Form form, List<Frame> frames, byte[] end) {
        int room = bytes(frames, form) + frames.size() * NEXT_DATA.length + end.length;
        ByteBuf out = allocator.directBuffer(room);
        for (int i = 0; i < frames.size(); i++) {
            out.writeBytes(i == 0 ? DATA : NEXT_DATA);
            append(frames.get(i).bytes(form), out);
        }
        return out.writeBytes(end);
    }

    /** Splices the deflated frames, unless the text as it is takes no more. */
    private static Events deflated(
            ByteBufAllocator allocator, ByteBuf plain, Form form, List<Frame> frames, byte[] end) {
        int between = Gzip.STORED_HEADER_BYTES + NEXT_DATA.length;
        int room = bytes(frames, form) + frames.size() * between + Gzip.STORED_HEADER_BYTES + end.length;
        if (room >= Gzip.storedBytes(plain.readableBytes())) {
            return stored(allocator, plain);
        }
        ByteBuf out = allocator.directBuffer(room);
        for (int i = 0; i < frames.size(); i++) {
            Gzip.store(i == 0 ? DATA : NEXT_DATA, out);
            append(frames.get(i).bytes(form), out);
        }
        Gzip.store(end, out);
        return compressed(out, plain);
    }

    private static Events stored(ByteBufAllocator allocator, ByteBuf plain) {
        ByteBuf out = allocator.directBuffer(Gzip.storedBytes(plain.readableBytes()));
        Gzip.store(plain, out);
        return compressed(out, plain);
    }

    private static Events compressed(ByteBuf out, ByteBuf plain) {
        int plainBytes = plain.readableBytes();
        int crc = Gzip.crc(plain);
        plain.release();
        return new Events(out, plainBytes, crc, JoinedCrc.shift(plainBytes));
    }

    private static int bytes(List<Frame> frames, Form form) {
        int bytes = 0;
        for (int i = 0; i < frames.size(); i++) {
            bytes += frames.get(i).bytes(form).readableBytes();
        }
        return bytes;
    }

    private static void append(ByteBuf frame, ByteBuf out) {
        out.writeBytes(frame, frame.readerIndex(), frame.readableBytes());
    }
}
