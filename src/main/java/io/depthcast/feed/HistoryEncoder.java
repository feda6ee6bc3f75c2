package io.depthcast.feed;

import io.depthcast.book.Candle;
import io.depthcast.book.CandleHistory;
import io.depthcast.book.Side;
import io.depthcast.book.TapeHistory;
import io.depthcast.book.Trade;
import io.depthcast.book.TradeHistory;
import org.jspecify.annotations.Nullable;

/** Writes a tape and candles as bytes, as {@code feed-log.md} has them in a state and in {@code DEFINE}. Stateless. */
final class HistoryEncoder {
    private HistoryEncoder() {}

    static void write(TradeHistory history, ByteWriter out) {
        tape(history.tape(), out);
        out.writeVarint(history.candles().size());
        history.candles().forEach(each -> candles(each, out));
    }

    private static void tape(TapeHistory tape, ByteWriter out) {
        out.writeVarint(tape.entryId());
        out.writeVarint(tape.newestId());
        out.writeVarint(tape.trades().size());
        long timeMicros = 0;
        long priceTicks = 0;
        for (Trade trade : tape.trades()) {
            out.writeByte(trade.taker() == Side.BID ? 0 : 1);
            out.writeSigned(trade.timeMicros() - timeMicros);
            out.writeSigned(trade.priceTicks() - priceTicks);
            out.writeVarint(trade.sizeLots());
            @Nullable String venueId = trade.venueId();
            out.writeAscii(venueId == null ? "" : venueId);
            timeMicros = trade.timeMicros();
            priceTicks = trade.priceTicks();
        }
    }

    private static void candles(CandleHistory history, ByteWriter out) {
        out.writeVarint(history.version());
        out.writeVarint(history.entries().size());
        long start = 0;
        long closeTicks = 0;
        for (CandleHistory.Entry entry : history.entries()) {
            Candle candle = entry.candle();
            out.writeSigned(history.version() - entry.changed());
            out.writeSigned(candle.startMicros() / history.interval().micros() - start);
            out.writeSigned(candle.openTicks() - closeTicks);
            out.writeSigned(candle.highTicks() - candle.openTicks());
            out.writeSigned(candle.openTicks() - candle.lowTicks());
            out.writeSigned(candle.closeTicks() - candle.openTicks());
            out.writeVarint(candle.volumeLots());
            out.writeVarint(candle.trades());
            out.writeByte(candle.closed() ? 1 : 0);
            start = candle.startMicros() / history.interval().micros();
            closeTicks = candle.closeTicks();
        }
    }
}
