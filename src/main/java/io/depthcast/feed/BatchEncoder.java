package io.depthcast.feed;

import io.depthcast.book.TradeHistory;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch as bytes, as {@code feed-log.md} has it: what the log of many nodes and recordings consist of. Reusable; one
 * thread.
 */
public final class BatchEncoder {
    static final int VERSION = 2;
    static final int KIND_BITS = 3;
    static final int MAX_WRITER = 64;
    /** Of the name of a log. */
    static final int MAX_LOG = 64;

    private final ByteWriter out = new ByteWriter();
    private final RowMemory memory = new RowMemory();
    private final CRC32C crc = new CRC32C();

    /**
     * @param term of whoever writes, at least 0
     * @param writer its name, at most 64 printable ASCII characters
     * @throws IllegalArgumentException outside these
     */
    public byte[] encode(EventBatch batch, long term, String writer) {
        if (term < 0 || writer.length() > MAX_WRITER || !writer.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("expected a term of 0 or more and a writer of at most " + MAX_WRITER
                    + " printable characters, got " + term + " and \"" + writer + "\"");
        }
        out.clear();
        memory.begin();
        out.writeByte(VERSION);
        out.writeVarint(term);
        out.writeAscii(writer);
        out.writeVarint(batch.epoch());
        out.writeVarint(batch.previous());
        out.writeVarint(batch.firstSequence() - batch.previous());
        out.writeVarint(batch.wallMicros());
        out.writeVarint(batch.count());
        long timeMicros = batch.wallMicros();
        for (int i = 0; i < batch.count(); i++) {
            out.writeVarint((long) batch.source(i) << KIND_BITS | batch.kind(i).code());
            out.writeSigned(batch.timeMicros(i) - timeMicros);
            timeMicros = batch.timeMicros(i);
            write(batch, i);
        }
        crc.reset();
        crc.update(out.array(), 0, out.count());
        out.writeInt((int) crc.getValue());
        return Arrays.copyOf(out.array(), out.count());
    }

    private void write(EventBatch batch, int i) {
        switch (batch.kind(i)) {
            case BID_LEVEL, ASK_LEVEL -> price(batch, i);
            case BUY_TRADE, SELL_TRADE -> trade(batch, i);
            case DEFINE -> define(batch.listing(i), batch.tradeId(i), batch.history(i));
            case STATUS -> out.writeVarint(batch.status(i).code());
            case REMOVE, TIME -> {}
        }
    }

    private void price(EventBatch batch, int i) {
        int id = batch.instrumentId(i);
        out.writeSigned(batch.priceTicks(i) - memory.priceTicks(id));
        memory.price(id, batch.priceTicks(i));
        out.writeVarint(batch.sizeLots(i));
    }

    private void trade(EventBatch batch, int i) {
        price(batch, i);
        int id = batch.instrumentId(i);
        out.writeSigned(batch.tradeId(i) - memory.tradeId(id));
        memory.trade(id, batch.tradeId(i));
        @Nullable String venueId = batch.venueId(i);
        out.writeAscii(venueId == null ? "" : venueId);
    }

    private void define(Listing listing, long lastTradeId, @Nullable TradeHistory history) {
        out.writeListing(listing);
        out.writeVarint(lastTradeId << 1 | (history == null ? 0 : 1));
        if (history != null) {
            HistoryEncoder.write(history, out);
        }
    }
}
