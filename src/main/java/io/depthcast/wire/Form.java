package io.depthcast.wire;

import java.util.stream.Stream;

/**
 * A form in which a client takes frames: an encoding, and the LZ77 window within which they are deflated.
 *
 * <p>Window sizes are those of RFC 7692: 0 for a client without permessage-deflate, 15 for one with the full window, and
 * 12 for any client that offered a smaller one the gateway accepts.
 */
public enum Form {
    JSON(0, Encodings.JSON, 0),
    JSON_DEFLATED(1, Encodings.JSON, Form.FULL_WINDOW_BITS),
    JSON_DEFLATED_SMALL(2, Encodings.JSON, Form.SMALL_WINDOW_BITS),
    SBE(3, Encodings.SBE, 0),
    SBE_DEFLATED(4, Encodings.SBE, Form.FULL_WINDOW_BITS),
    SBE_DEFLATED_SMALL(5, Encodings.SBE, Form.SMALL_WINDOW_BITS),
    COMPACT(6, Encodings.COMPACT, 0),
    COMPACT_DEFLATED(7, Encodings.COMPACT, Form.FULL_WINDOW_BITS),
    COMPACT_DEFLATED_SMALL(8, Encodings.COMPACT, Form.SMALL_WINDOW_BITS);

    public static final int FULL_WINDOW_BITS = 15;
    public static final int SMALL_WINDOW_BITS = 12;
    /** Bits of all forms. */
    public static final int ALL = (1 << Form.COUNT) - 1;

    static final int COUNT = 9;
    private static final Form[] VALUES = values();
    private static final Form[] PLAIN =
            Stream.of(VALUES).map(form -> of(form.encoding, 0)).toArray(Form[]::new);

    private final int index;
    private final Encoding encoding;
    private final int windowBits;

    Form(int index, Encoding encoding, int windowBits) {
        this.index = index;
        this.encoding = encoding;
        this.windowBits = windowBits;
    }

    /** @param windowBits 0, {@link #SMALL_WINDOW_BITS} or {@link #FULL_WINDOW_BITS} */
    public static Form of(Encoding encoding, int windowBits) {
        for (Form form : VALUES) {
            if (form.encoding == encoding && form.windowBits == windowBits) {
                return form;
            }
        }
        throw new IllegalArgumentException("no form for " + encoding.subprotocol() + ", window " + windowBits);
    }

    public Encoding encoding() {
        return encoding;
    }

    int index() {
        return index;
    }

    int windowBits() {
        return windowBits;
    }

    /** Whether frames in this form are deflate blocks. */
    public boolean isDeflated() {
        return windowBits > 0;
    }

    /** The undeflated form of the same encoding. */
    Form plain() {
        return PLAIN[index];
    }

    /** This form as a bit of a set of forms. */
    public int bit() {
        return 1 << index;
    }

    boolean isIn(int forms) {
        return (forms & bit()) != 0;
    }
}
