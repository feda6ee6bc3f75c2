package io.depthcast.client;

import static io.depthcast.client.CompactCursor.require;

import io.depthcast.book.BookShapes;
import io.depthcast.wire.CompactFormat;
import io.depthcast.wire.Version;

/** Reads the books of compact messages. */
final class CompactBooks {
    private static final long SENT_SPAN = 1L << CompactFormat.SENT_BITS;
    private static final int MICROS_PER_MILLI = 1_000;

    private final BookHolder held;
    private final MarketListener listener;
    private long clockMillis;

    CompactBooks(BookHolder held, MarketListener listener) {
        this.held = held;
        this.listener = listener;
    }

    /** @param timeMicros the gateway's time: microseconds since 1970 */
    void clock(long timeMicros) {
        clockMillis = timeMicros / MICROS_PER_MILLI;
    }

    void decodeDelta(CompactCursor in, int instrumentId) throws RefusedException {
        decodeDelta(in, instrumentId, 0, BookShapes.NO_GROUP);
    }

    void decodeSnapshot(CompactCursor in) throws RefusedException {
        decodeSnapshot(in, 0, BookShapes.NO_GROUP);
    }

    /** A delta or a snapshot of a book whose prices are gathered, and counted in groups of ticks. */
    void decodeGrouped(CompactCursor in) throws RefusedException {
        int depth = shape(in);
        int group = shape(in);
        long lead = in.unsigned();
        long subject = lead >>> CompactFormat.KIND_BITS;
        int kind = (int) lead & CompactFormat.OTHER;
        if (kind == CompactFormat.DELTA) {
            decodeDelta(in, CompactCursor.instrumentId(subject), depth, group);
        } else {
            require(kind == CompactFormat.OTHER && subject == CompactFormat.SNAPSHOT);
            decodeSnapshot(in.take(in.uint24()), depth, group);
        }
    }

    private static int shape(CompactCursor in) throws RefusedException {
        long value = in.unsigned();
        require(value > 0 && value <= CompactFormat.MAX_SHAPE);
        return (int) value;
    }

    private void decodeDelta(CompactCursor in, int instrumentId, int depth, int group) throws RefusedException {
        int check = in.bits32();
        long sentMillis = sentMillis(in.uint16());
        BitCursor bits = new BitCursor(in);
        long advance = CompactCursor.natural(bits.number(CompactFormat.ADVANCE_ORDER)) + 1;
        long timeMicros = time(bits, sentMillis);
        ProvedBook book = held.book(instrumentId, depth, group);
        CompactLevels levels = new CompactLevels(bits, book, group);
        bits.end();
        Version from = book == null ? null : book.version();
        if (from == null || from.sequence() == 0) {
            return;
        }
        listener.onBook(new BookMessage(
                instrumentId,
                depth,
                group,
                from.epoch(),
                from.sequence(),
                from.sequence() + advance,
                timeMicros,
                sentMillis * MICROS_PER_MILLI,
                check ^ CompactFormat.proof(from.epoch(), from.sequence(), sentMillis),
                levels.bids(),
                levels.asks()));
    }

    private void decodeSnapshot(CompactCursor in, int depth, int group) throws RefusedException {
        int instrumentId = in.instrumentId();
        long epoch = in.natural();
        long sequence = in.natural();
        int checksum = in.bits32();
        long sentMillis = in.natural();
        require(sentMillis <= CompactFormat.MAX_NATURAL / MICROS_PER_MILLI + 1);
        BitCursor bits = new BitCursor(in);
        long timeMicros = time(bits, sentMillis);
        CompactLevels levels = new CompactLevels(bits, null, group);
        bits.end();
        clockMillis = sentMillis;
        listener.onBook(new BookMessage(
                instrumentId,
                depth,
                group,
                epoch,
                0,
                sequence,
                timeMicros,
                sentMillis * MICROS_PER_MILLI,
                checksum,
                levels.bids(),
                levels.asks()));
    }

    private long sentMillis(int low) {
        long earliest = Math.max(0, clockMillis - CompactFormat.SENT_BEHIND_MILLIS);
        return earliest + Math.floorMod(low - earliest, SENT_SPAN);
    }

    /** When the event happened, from how long that is ago or in full. */
    private static long time(BitCursor in, long sentMillis) throws RefusedException {
        long lag = in.number(CompactFormat.LAG_ORDER);
        if (lag == 0) {
            return in.bits(CompactFormat.TIME_BITS);
        }
        require(lag > 0);
        return CompactCursor.natural(sentMillis * MICROS_PER_MILLI - (lag - 1));
    }
}
