package io.depthcast.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * A form in which a client takes frames: an encoding of its dialect, and the LZ77 window within which they are deflated. There
 * is one for each encoding of each dialect and each window.
 *
 * <p>Window sizes are those of RFC 7692: 0 for a client without permessage-deflate, 15 for one with the full window, and
 * 12 for any client that offered a smaller one the gateway accepts.
 */
public final class Form {
    public static final int FULL_WINDOW_BITS = 15;
    public static final int SMALL_WINDOW_BITS = 12;

    private static final int[] WINDOWS = {0, FULL_WINDOW_BITS, SMALL_WINDOW_BITS};
    private static final List<Form> TABLE = table();
    static final int COUNT = TABLE.size();
    /** Bits of all forms of our own dialect, whose clients are told more than they ask for. */
    public static final int ALL_OF_OURS = bits(Dialects.DEPTHCAST);

    public static final Form JSON = of(Encodings.JSON, 0);
    public static final Form JSON_DEFLATED = of(Encodings.JSON, FULL_WINDOW_BITS);
    public static final Form JSON_DEFLATED_SMALL = of(Encodings.JSON, SMALL_WINDOW_BITS);
    public static final Form SBE = of(Encodings.SBE, 0);
    public static final Form SBE_DEFLATED = of(Encodings.SBE, FULL_WINDOW_BITS);
    public static final Form SBE_DEFLATED_SMALL = of(Encodings.SBE, SMALL_WINDOW_BITS);
    public static final Form COMPACT = of(Encodings.COMPACT, 0);
    public static final Form COMPACT_DEFLATED = of(Encodings.COMPACT, FULL_WINDOW_BITS);
    public static final Form COMPACT_DEFLATED_SMALL = of(Encodings.COMPACT, SMALL_WINDOW_BITS);

    private final int index;
    private final Dialect dialect;
    private final Encoding encoding;
    private final int windowBits;

    private Form(int index, Dialect dialect, Encoding encoding, int windowBits) {
        this.index = index;
        this.dialect = dialect;
        this.encoding = encoding;
        this.windowBits = windowBits;
    }

    private static List<Form> table() {
        List<Form> table = new ArrayList<>();
        for (Dialect dialect : Dialects.ALL) {
            for (Encoding encoding : dialect.encodings()) {
                for (int windowBits : WINDOWS) {
                    table.add(new Form(table.size(), dialect, encoding, windowBits));
                }
            }
        }
        if (table.size() >= Integer.SIZE) {
            throw new IllegalStateException("more forms than bits of a set of forms");
        }
        return List.copyOf(table);
    }

    private static int bits(Dialect dialect) {
        int bits = 0;
        for (Form form : TABLE) {
            bits |= form.dialect == dialect ? form.bit() : 0;
        }
        return bits;
    }

    /** @param windowBits 0, {@link #SMALL_WINDOW_BITS} or {@link #FULL_WINDOW_BITS} */
    public static Form of(Encoding encoding, int windowBits) {
        for (Form form : TABLE) {
            if (form.encoding == encoding && form.windowBits == windowBits) {
                return form;
            }
        }
        throw new IllegalArgumentException("no form for " + encoding.name() + ", window " + windowBits);
    }

    /** All of them, in the order of their bits. */
    public static List<Form> all() {
        return TABLE;
    }

    static Form at(int index) {
        return TABLE.get(index);
    }

    public Dialect dialect() {
        return dialect;
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

    /** The undeflated form of the same encoding, which is the first of its row. */
    public Form plain() {
        return TABLE.get(index - index % WINDOWS.length);
    }

    /** This form as a bit of a set of forms. */
    public int bit() {
        return 1 << index;
    }

    boolean isIn(int forms) {
        return (forms & bit()) != 0;
    }

    @Override
    public String toString() {
        return encoding.name() + (isDeflated() ? ", window " + windowBits : "");
    }
}
