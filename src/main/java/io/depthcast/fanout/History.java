package io.depthcast.fanout;

import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.HistoryDeflater;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/**
 * The messages that many clients take in the same form and order, and the compressor that serves them all. Who is at its newest
 * message takes the next. One gateway loop.
 */
final class History {
    private final Form form;
    private final HistoryDeflater deflater;
    private long messages;
    private int flush;
    private boolean missed;
    private boolean ended;

    History(ByteBufAllocator allocator, Form form) {
        this.form = form;
        this.deflater = new HistoryDeflater(allocator);
    }

    Form form() {
        return form;
    }

    /** How many there were. */
    long messages() {
        return messages;
    }

    /** Number of the flush of the last one. */
    int flush() {
        return flush;
    }

    boolean isEnded() {
        return ended;
    }

    /** Bytes that all messages so far had before deflation. */
    long bytes() {
        return deflater.bytes();
    }

    /** The first of those bytes that the next message may refer to. */
    long reach() {
        return deflater.reach();
    }

    /** The next message, owned by the caller. If it fails, this ends, for nobody can tell what the deflater has taken in. */
    ByteBuf next(List<Frame> frames, int ofFlush) {
        boolean whole = false;
        try {
            ByteBuf made = deflater.next(form, frames);
            whole = true;
            messages++;
            flush = ofFlush;
            return made;
        } finally {
            if (!whole) {
                end();
            }
        }
    }

    /** Something that follows the newest message was not made a message of it. */
    void miss() {
        missed = true;
    }

    /** Whether that was so, and nothing else was made one in this flush; to be asked once a flush. */
    boolean hasMissed(int ofFlush) {
        boolean has = missed && flush != ofFlush;
        missed = false;
        return has;
    }

    /** All who are at the newest message have, from now on, all that the next ones refer to. */
    void restart() {
        if (!ended) {
            deflater.restart();
        }
    }

    /** Frees native memory; nobody is of this history any more. */
    void end() {
        if (!ended) {
            ended = true;
            deflater.close();
        }
    }
}
