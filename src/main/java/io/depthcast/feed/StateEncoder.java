package io.depthcast.feed;

import io.depthcast.book.InstrumentSnapshot;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.ViewStamp;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Writes a state as bytes, as {@code feed-log.md} has it. Reusable; one thread. */
public final class StateEncoder {
    static final int VERSION = 2;
    /** Which does not name the log. */
    static final int NAMELESS_VERSION = 1;

    static final int MARK = 0;
    static final int INSTRUMENT = 1;

    private final ByteWriter out = new ByteWriter();
    private final CRC32C crc = new CRC32C();

    public byte[] encode(LogState state) {
        FeedSnapshot.@Nullable Book book = state.book();
        LogPlace place = state.place();
        out.clear();
        out.writeByte(VERSION);
        out.writeVarint(book == null ? MARK : INSTRUMENT);
        out.writeAscii(place.log());
        out.writeVarint(place.offset());
        out.writeVarint(place.term());
        out.writeAscii(place.writer());
        out.writeVarint(place.epoch());
        out.writeVarint(place.sequence());
        if (book != null) {
            out.writeVarint(book.listing().id());
            out.writeListing(book.listing());
            write(book.state());
        }
        crc.reset();
        crc.update(out.array(), 0, out.count());
        out.writeInt((int) crc.getValue());
        return Arrays.copyOf(out.array(), out.count());
    }

    private void write(InstrumentSnapshot state) {
        side(Side.BID, state.bids());
        side(Side.ASK, state.asks());
        out.writeVarint(state.views().size());
        for (ViewStamp view : state.views()) {
            out.writeVarint(view.version());
            out.writeSigned(view.timeMicros());
        }
        HistoryEncoder.write(state.trades(), out);
    }

    /** Each price as its distance from the one before, away from the best. */
    private void side(Side side, Levels levels) {
        out.writeVarint(levels.count());
        long before = 0;
        for (int i = 0; i < levels.count(); i++) {
            long ticks = levels.priceTicks(i);
            if (i == 0) {
                out.writeSigned(ticks);
            } else {
                out.writeVarint(side == Side.BID ? before - ticks : ticks - before);
            }
            before = ticks;
            out.writeVarint(levels.sizeLots(i));
        }
    }
}
