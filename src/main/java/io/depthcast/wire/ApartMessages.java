package io.depthcast.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one flush in an encoding whose messages travel apart: a WebSocket text message for each, one behind the
 * other in one buffer. Those of a list make one message, an array.
 */
final class ApartMessages {
    /** Of each list, in the order of the forms; null where messages are glued anyway. */
    private static final Map<String, @Nullable Glue[]> ARRAYS = arrays();

    private ApartMessages() {}

    private static Map<String, @Nullable Glue[]> arrays() {
        Map<String, @Nullable Glue[]> arrays = new HashMap<>();
        for (String list : BinanceStream.lists()) {
            @Nullable Glue[] byForm = new @Nullable Glue[Form.COUNT];
            for (Form form : Form.all()) {
                boolean isApart = form.encoding().isApart();
                byForm[form.index()] = isApart ? Glue.make(form, form.encoding().opening(list)) : null;
            }
            arrays.put(list, byForm);
        }
        return arrays;
    }

    static ByteBuf of(ByteBufAllocator allocator, Form form, List<Frame> frames) {
        ByteBuf out = allocator.directBuffer(room(form, frames));
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            if (frame.list().isEmpty()) {
                single(form, frame, out);
            } else if (isFirstOfList(frames, i)) {
                array(form, list(frames, frame.list()), out);
            }
        }
        return out;
    }

    /** See {@link WebSocketMessage#eachPlain}. */
    static void eachPlain(Form form, List<Frame> frames, ByteBuf out, Runnable whole) {
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            if (frame.list().isEmpty()) {
                ByteBuf plain = frame.bytes(form.plain());
                out.writeBytes(plain, plain.readerIndex(), plain.readableBytes());
                whole.run();
            } else if (isFirstOfList(frames, i)) {
                writeArray(form.plain(), list(frames, frame.list()), out);
                whole.run();
            }
        }
    }

    private static int room(Form form, List<Frame> frames) {
        int room = 0;
        for (int i = 0; i < frames.size(); i++) {
            room += WebSocketMessage.MAX_HEADER_BYTES
                    + frames.get(i).bytes(form).readableBytes();
        }
        return room;
    }

    private static boolean isFirstOfList(List<Frame> frames, int index) {
        for (int i = 0; i < index; i++) {
            if (frames.get(i).list().equals(frames.get(index).list())) {
                return false;
            }
        }
        return true;
    }

    private static List<Frame> list(List<Frame> frames, String list) {
        List<Frame> found = new ArrayList<>();
        for (Frame frame : frames) {
            if (frame.list().equals(list)) {
                found.add(frame);
            }
        }
        return found;
    }

    private static void single(Form form, Frame frame, ByteBuf out) {
        ByteBuf plain = frame.bytes(form.plain());
        int bytes = frame.bytes(form).readableBytes() - FrameDeflater.TAIL_BYTES;
        boolean isDeflated = form.isDeflated() && bytes < plain.readableBytes();
        int length = isDeflated ? bytes : plain.readableBytes();
        WebSocketMessage.beginText(out, isDeflated, length);
        ByteBuf written = isDeflated ? frame.bytes(form) : plain;
        out.writeBytes(written, written.readerIndex(), length);
    }

    private static void array(Form form, List<Frame> frames, ByteBuf out) {
        int plainBytes = arrayBytes(form.plain(), frames);
        int bytes = arrayBytes(form, frames) - FrameDeflater.TAIL_BYTES;
        boolean isDeflated = form.isDeflated() && bytes < plainBytes;
        WebSocketMessage.beginText(out, isDeflated, isDeflated ? bytes : plainBytes);
        writeArray(isDeflated ? form : form.plain(), frames, out);
        if (isDeflated) {
            out.writerIndex(out.writerIndex() - FrameDeflater.TAIL_BYTES);
        }
    }

    private static int arrayBytes(Form form, List<Frame> frames) {
        int bytes = glue(form, frames.get(0).list()).bytes(frames.size());
        for (Frame frame : frames) {
            bytes += frame.bytes(form).readableBytes();
        }
        return bytes;
    }

    private static void writeArray(Form form, List<Frame> frames, ByteBuf out) {
        Glue glue = glue(form, frames.get(0).list());
        out.writeBytes(glue.opening());
        for (int i = 0; i < frames.size(); i++) {
            if (i > 0) {
                out.writeBytes(glue.separator());
            }
            ByteBuf bytes = frames.get(i).bytes(form);
            out.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        }
        out.writeBytes(glue.closing());
    }

    private static Glue glue(Form form, String list) {
        @Nullable Glue[] byForm = Objects.requireNonNull(ARRAYS.get(list));
        return Objects.requireNonNull(byForm[form.index()]);
    }
}
