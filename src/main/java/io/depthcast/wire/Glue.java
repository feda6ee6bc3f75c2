package io.depthcast.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;

/** What stands between the frames of one message, in a form. Immutable. */
final class Glue {
    private static final List<Glue> BY_FORM =
            Form.all().stream().map(Glue::make).toList();

    private final byte[] opening;
    private final byte[] separator;
    private final byte[] closing;

    private Glue(byte[] opening, byte[] separator, byte[] closing) {
        this.opening = opening;
        this.separator = separator;
        this.closing = closing;
    }

    static Glue of(Form form) {
        return BY_FORM.get(form.index());
    }

    byte[] opening() {
        return opening;
    }

    byte[] separator() {
        return separator;
    }

    byte[] closing() {
        return closing;
    }

    int bytes(int frames) {
        return opening.length + (frames - 1) * separator.length + closing.length;
    }

    private static Glue make(Form form) {
        return make(form, form.encoding().opening());
    }

    /** With something else in front. */
    static Glue make(Form form, byte[] opening) {
        Encoding encoding = form.encoding();
        return new Glue(inForm(form, opening), inForm(form, encoding.separator()), inForm(form, encoding.closing()));
    }

    private static byte[] inForm(Form form, byte[] plain) {
        if (!form.isDeflated() || plain.length == 0) {
            return plain;
        }
        FrameDeflater deflater = new FrameDeflater(UnpooledByteBufAllocator.DEFAULT);
        ByteBuf in = UnpooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(plain);
        ByteBuf out = deflater.deflate(in, form.windowBits());
        byte[] made = new byte[out.readableBytes()];
        out.readBytes(made);
        in.release();
        out.release();
        deflater.close();
        return made;
    }
}
