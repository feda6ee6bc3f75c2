package io.depthcast.fanout;

import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.HistoryDeflater;
import io.depthcast.wire.WebSocketMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a {@link History}, twice: with reference to those before it, for who has them, and without, for who does not.
 * Both are deflated and inflate to the same bytes, so that they leave the same in any window. One gateway loop.
 */
final class HistoryMessage {
    private final History history;
    private final List<Frame> frames;
    private final ByteBuf referring;
    private final long number;
    private final long bytesBefore;
    private final long reach;
    private @Nullable ByteBuf alone;
    private int members;
    private int newcomers;

    /**
     * Has the next message of a history made.
     *
     * @param flush its number
     */
    HistoryMessage(History history, List<Frame> frames, int flush) {
        this.history = history;
        this.frames = List.copyOf(frames);
        this.bytesBefore = history.bytes();
        this.reach = history.reach();
        this.referring = history.next(frames, flush);
        this.number = history.messages();
    }

    History history() {
        return history;
    }

    boolean says(Form form, List<Frame> others) {
        return history.form() == form && Frame.areSame(frames, others);
    }

    /** In the history, the first is 1. */
    long number() {
        return number;
    }

    /** Bytes that the history had before it. */
    long bytesBefore() {
        return bytesBefore;
    }

    /** The first of those that it may refer to. */
    long reach() {
        return reach;
    }

    /**
     * What one client is sent of it, as its owner's.
     *
     * @param member whether the client has all that it refers to
     * @param anew deflates what must be deflated alone on this loop
     */
    ByteBuf to(boolean member, ByteBufAllocator allocator, HistoryDeflater anew) {
        if (member) {
            members++;
            return referring.retainedDuplicate();
        }
        newcomers++;
        if (alone == null) {
            alone = alone(allocator, anew);
        }
        return alone.retainedDuplicate();
    }

    private ByteBuf alone(ByteBufAllocator allocator, HistoryDeflater anew) {
        Form form = history.form();
        if (!form.encoding().isApart() && Frame.allIn(frames, form)) {
            ByteBuf spliced = WebSocketMessage.of(allocator, form, frames);
            if (WebSocketMessage.isDeflated(spliced)) {
                return spliced;
            }
            spliced.release();
        }
        return anew.alone(form, frames);
    }

    /** Clients that were sent it with reference to those before. */
    int members() {
        return members;
    }

    /** Clients that were sent it without. */
    int newcomers() {
        return newcomers;
    }

    void release() {
        referring.release();
        if (alone != null) {
            alone.release();
        }
    }
}
