package io.depthcast.feed;

import io.depthcast.book.Candle;
import io.depthcast.book.CandleHistory;
import io.depthcast.book.CandleInterval;
import io.depthcast.book.Side;
import io.depthcast.book.TapeHistory;
import io.depthcast.book.Trade;
import io.depthcast.book.TradeHistory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of {@link HistoryEncoder}; breaks the reader where they are none. Stateless. */
final class HistoryDecoder {
    private static final CandleInterval[] INTERVALS = CandleInterval.values();
    /** Of the smallest trade and candle. */
    private static final int MIN_TRADE_BYTES = 5;

    private static final int MIN_CANDLE_BYTES = 9;

    private HistoryDecoder() {}

    /** @param id of the instrument */
    static TradeHistory read(ByteReader in, int id) {
        TapeHistory tape = tape(in);
        List<CandleHistory> candles = new ArrayList<>(INTERVALS.length);
        in.expect(INTERVALS.length);
        for (CandleInterval interval : INTERVALS) {
            candles.add(candles(in, id, interval));
        }
        return new TradeHistory(tape, List.copyOf(candles));
    }

    private static TapeHistory tape(ByteReader in) {
        long entryId = in.readUnsigned();
        long newestId = in.readUnsigned();
        int count = in.readCount(in.remaining() / MIN_TRADE_BYTES);
        in.require(count <= newestId);
        List<Trade> trades = new ArrayList<>(count);
        long timeMicros = 0;
        long priceTicks = 0;
        for (int i = 0; i < count && !in.isBroken(); i++) {
            Side taker = in.readCount(1) == 0 ? Side.BID : Side.ASK;
            timeMicros += in.readSigned();
            priceTicks += in.readSigned();
            long sizeLots = in.readUnsigned();
            String venueId = in.readAscii(EventRules.MAX_VENUE_ID);
            @Nullable String named = venueId.isEmpty() ? null : venueId;
            trades.add(new Trade(newestId - count + 1 + i, timeMicros, taker, priceTicks, sizeLots, named));
        }
        return new TapeHistory(entryId, newestId, List.copyOf(trades));
    }

    private static CandleHistory candles(ByteReader in, int id, CandleInterval interval) {
        long version = in.readUnsigned();
        int count = in.readCount(in.remaining() / MIN_CANDLE_BYTES);
        List<CandleHistory.Entry> entries = new ArrayList<>(count);
        long start = 0;
        long closeTicks = 0;
        for (int i = 0; i < count && !in.isBroken(); i++) {
            long changed = version - in.readSigned();
            start += in.readSigned();
            long openTicks = closeTicks + in.readSigned();
            long highTicks = openTicks + in.readSigned();
            long lowTicks = openTicks - in.readSigned();
            closeTicks = openTicks + in.readSigned();
            long volumeLots = in.readUnsigned();
            long trades = in.readUnsigned();
            boolean closed = in.readCount(1) == 1;
            entries.add(new CandleHistory.Entry(
                    changed,
                    new Candle(
                            id,
                            interval,
                            start * interval.micros(),
                            openTicks,
                            highTicks,
                            lowTicks,
                            closeTicks,
                            volumeLots,
                            trades,
                            closed)));
        }
        return new CandleHistory(interval, version, List.copyOf(entries));
    }
}
