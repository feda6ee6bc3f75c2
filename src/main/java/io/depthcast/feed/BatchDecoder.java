package io.depthcast.feed;

import io.depthcast.book.Side;
import io.depthcast.book.TradeHistory;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of {@link BatchEncoder}; refuses what is cut, changed or not understood. Reusable; one thread. */
public final class BatchDecoder {
    /** Kind, time, and what follows of the smallest. */
    private static final int MIN_ROW_BYTES = 2;

    private static final EventBatch.Kind[] KINDS = EventBatch.Kind.values();

    private final RowMemory memory = new RowMemory();
    private final CRC32C crc = new CRC32C();

    /** @param createdNanos {@link System#nanoTime()} now */
    public BatchReading decode(byte[] bytes, int offset, int length, long createdNanos) {
        int end = offset + length - Integer.BYTES;
        if (length <= Integer.BYTES) {
            return new BatchReading.Refused("expected more than 4 bytes, got " + length);
        }
        crc.reset();
        crc.update(bytes, offset, end - offset);
        if ((int) crc.getValue() != ByteReader.littleEndian(bytes, end)) {
            return new BatchReading.Refused("the checksum is not that of the " + length + " bytes");
        }
        ByteReader in = new ByteReader(bytes, offset, end);
        int version = in.readByte();
        if (version != BatchEncoder.VERSION) {
            return new BatchReading.Unknown(version);
        }
        try {
            BatchReading.Read read = read(in, createdNanos);
            boolean isInOrder = read.batch().firstSequence() > read.batch().previous();
            return in.isBroken() || in.remaining() > 0 || !isInOrder
                    ? new BatchReading.Refused("the fields are not those of a batch")
                    : read;
        } catch (IllegalArgumentException e) {
            return new BatchReading.Refused("a definition that is none: " + e.getMessage());
        }
    }

    private BatchReading.Read read(ByteReader in, long createdNanos) {
        memory.begin();
        long term = in.readUnsigned();
        String writer = in.readAscii(BatchEncoder.MAX_WRITER);
        long epoch = in.readUnsigned();
        long previous = in.readUnsigned();
        long firstSequence = previous + in.readUnsigned();
        long wallMicros = in.readUnsigned();
        int count = in.readCount(in.remaining() / MIN_ROW_BYTES);
        EventBatch.Builder out = new EventBatch.Builder(epoch, previous, firstSequence);
        long timeMicros = wallMicros;
        for (int i = 0; i < count && !in.isBroken(); i++) {
            long head = in.readVarint();
            long id = head >>> BatchEncoder.KIND_BITS;
            if (id > ByteReader.MAX_ID) {
                throw new IllegalArgumentException("id " + id);
            }
            timeMicros += in.readSigned();
            row(in, KINDS[(int) head & (KINDS.length - 1)], (int) id, timeMicros, out);
        }
        return new BatchReading.Read(term, writer, out.build(wallMicros, createdNanos));
    }

    private void row(ByteReader in, EventBatch.Kind kind, int id, long timeMicros, EventBatch.Builder out) {
        switch (kind) {
            case BID_LEVEL, ASK_LEVEL -> {
                long priceTicks = price(in, id);
                out.level(id, kind.side(), priceTicks, in.readUnsigned(), timeMicros);
            }
            case BUY_TRADE, SELL_TRADE -> trade(in, kind.side(), id, timeMicros, out);
            case DEFINE -> define(in, id, timeMicros, out);
            case STATUS -> out.status(id, in.readStatus(), timeMicros);
            case REMOVE -> out.remove(id, timeMicros);
            case TIME -> out.time(id, timeMicros);
        }
    }

    private long price(ByteReader in, int id) {
        long priceTicks = memory.priceTicks(id) + in.readSigned();
        memory.price(id, priceTicks);
        return priceTicks;
    }

    private void trade(ByteReader in, Side taker, int id, long timeMicros, EventBatch.Builder out) {
        long priceTicks = price(in, id);
        long sizeLots = in.readUnsigned();
        long tradeId = memory.tradeId(id) + in.readSigned();
        memory.trade(id, tradeId);
        String venueId = in.readAscii(EventRules.MAX_VENUE_ID);
        @Nullable String named = venueId.isEmpty() ? null : venueId;
        out.trade(id, taker, priceTicks, sizeLots, tradeId, named, timeMicros);
    }

    private static void define(ByteReader in, int id, long timeMicros, EventBatch.Builder out) {
        Listing listing = in.readListing(id);
        long last = in.readUnsigned();
        long lastTradeId = last >>> 1;
        @Nullable TradeHistory history = (last & 1) == 0 ? null : HistoryDecoder.read(in, id);
        in.require(history == null || history.tape().newestId() == lastTradeId);
        out.define(listing, lastTradeId, history, timeMicros);
    }
}
