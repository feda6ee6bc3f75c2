package io.depthcast.wire;

import io.netty.buffer.ByteBuf;
import io.netty.util.AbstractReferenceCounted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stream answers to "what changed since version X", encoded once for everybody who is at X: one message in every
 * form that was asked for.
 *
 * <p>Reference counted: whoever is handed a frame releases it once; the buffers go with the last reference. The bytes are
 * never changed after {@link FrameEncoder} made them, so any thread that holds a reference may read them.
 */
public final class Frame extends AbstractReferenceCounted {
    private final long epoch;
    private final long version;
    private final String list;
    private final @Nullable ByteBuf[] bytes = new @Nullable ByteBuf[Form.COUNT];

    Frame(long epoch, long version, String list) {
        this.epoch = epoch;
        this.version = version;
        this.list = list;
    }

    /** Epoch a holder of this frame is in, microseconds since 1970; 0 for a frame of no stream. */
    public long epoch() {
        return epoch;
    }

    /** Version a holder of this frame is at. */
    public long version() {
        return version;
    }

    /** See {@link FrameEncoder.Source#list()}. */
    String list() {
        return list;
    }

    /**
     * The message in a form; borrowed, with absolute reads only. In a deflated form it is a whole number of bytes of
     * deflate blocks (RFC 1951), not final, ended by an empty stored block.
     *
     * @throws IllegalArgumentException if the frame was made without that form
     */
    public ByteBuf bytes(Form form) {
        ByteBuf found = bytes[form.index()];
        if (found == null) {
            throw new IllegalArgumentException("frame was made without " + form);
        }
        return found;
    }

    /** Whether it was made in that form. */
    public boolean isIn(Form form) {
        return bytes[form.index()] != null;
    }

    /** Whether each of them {@link #isIn} that form. */
    public static boolean allIn(List<Frame> frames, Form form) {
        for (int i = 0; i < frames.size(); i++) {
            if (!frames.get(i).isIn(form)) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes of frames there are to send in a form, at most: those of the plain message if one was not made in it. */
    public static long mostBytes(List<Frame> frames, Form form) {
        long sum = 0;
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            sum += frame.bytes(frame.isIn(form) ? form : form.plain()).readableBytes();
        }
        return sum;
    }

    /** Whether there is anything to send in that form; nothing if its dialect has no words for it. */
    public boolean says(Form form) {
        ByteBuf plain = bytesIfMade(form.plain());
        return plain != null && plain.isReadable();
    }

    /** Whether each of them {@link #says} something in that form. */
    public static boolean allSay(List<Frame> frames, Form form) {
        for (int i = 0; i < frames.size(); i++) {
            if (!frames.get(i).says(form)) {
                return false;
            }
        }
        return true;
    }

    /** Whether they are the same frames; lists that compare themselves make an iterator each, for every client. */
    public static boolean areSame(List<Frame> some, List<Frame> others) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            same = some.get(i) == others.get(i);
        }
        return same;
    }

    void set(Form form, ByteBuf made) {
        bytes[form.index()] = made;
    }

    @Nullable
    ByteBuf bytesIfMade(Form form) {
        return bytes[form.index()];
    }

    @Override
    public Frame touch(Object hint) {
        return this;
    }

    @Override
    protected void deallocate() {
        for (ByteBuf made : bytes) {
            if (made != null) {
                made.release();
            }
        }
    }
}
