package io.depthcast.wire;

import static io.depthcast.wire.CompactWriter.check;
import static io.depthcast.wire.CompactWriter.lots;
import static io.depthcast.wire.CompactWriter.natural;
import static io.depthcast.wire.CompactWriter.signed;
import static io.depthcast.wire.CompactWriter.unsigned;

import io.depthcast.book.BestBidOffer;
import io.depthcast.book.BookUpdate;
import io.depthcast.book.Candle;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.book.Ticker;
import io.depthcast.book.Trade;
import io.depthcast.book.Trades;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The dense encoding: subprotocol {@code depthcast.v1.compact}, laid out in {@link CompactFormat}. It leaves out what a
 * reader must know anyway, a delta's epoch and previous version above all, and mixes these into the checksum. What it
 * cannot carry is an {@link IllegalArgumentException}: times, sequences, ids and counts outside 0 to 2^53 - 1, a
 * negative size, levels that are not best first, a delta that does not go forward, a candle that does not start at a
 * multiple of its interval.
 */
public final class CompactEncoding implements Encoding {
    /** More than nearly all book messages, which deflating only makes larger; a long list of instruments it makes smaller. */
    private static final int LEAST_DEFLATED_BYTES = 4_096;

    @Override
    public String name() {
        return "compact";
    }

    @Override
    public String subprotocol() {
        return "depthcast.v1.compact";
    }

    @Override
    public boolean isBinary() {
        return true;
    }

    @Override
    public int leastDeflatedBytes() {
        return LEAST_DEFLATED_BYTES;
    }

    @Override
    public void encode(BookUpdate update, Instrument instrument, long sentMicros, ByteBuf out) {
        check("sent", sentMicros, 0, CompactFormat.MAX_NATURAL);
        check("epoch", update.epoch(), 0, CompactFormat.MAX_NATURAL);
        check("sequence", update.sequence(), 0, CompactFormat.MAX_NATURAL);
        if (update.isGrouped()) {
            int body = begin(CompactFormat.GROUPED, out);
            unsigned(update.depth(), out);
            unsigned(update.group(), out);
            book(inGroups(update), instrument, sentMicros, out);
            end(body, out);
        } else {
            book(update, instrument, sentMicros, out);
        }
    }

    /** With prices in groups of ticks. */
    private static BookUpdate inGroups(BookUpdate update) {
        return new BookUpdate(
                update.instrumentId(),
                update.depth(),
                update.epoch(),
                update.previous(),
                update.sequence(),
                update.timeMicros(),
                update.checksum(),
                update.bids().inGroups(update.group()),
                update.asks().inGroups(update.group()));
    }

    private static void book(BookUpdate update, Instrument instrument, long sentMicros, ByteBuf out) {
        if (update.isSnapshot()) {
            snapshot(update, instrument, sentMicros, out);
        } else {
            delta(update, instrument, CompactFormat.sentMillis(sentMicros), out);
        }
    }

    private static void delta(BookUpdate delta, Instrument instrument, long sentMillis, ByteBuf out) {
        long previous = delta.previous();
        check("previous", previous, 1, delta.sequence() - 1);
        lead(instrument, CompactFormat.DELTA, out);
        out.writeIntLE(delta.checksum() ^ CompactFormat.proof(delta.epoch(), previous, sentMillis));
        out.writeShortLE((int) sentMillis);
        BitWriter bits = new BitWriter(out);
        bits.number(delta.sequence() - previous - 1, CompactFormat.ADVANCE_ORDER);
        change(delta, sentMillis, bits);
    }

    private static void snapshot(BookUpdate snapshot, Instrument instrument, long sentMicros, ByteBuf out) {
        long sentMillis = CompactFormat.sentMillis(sentMicros);
        int body = begin(CompactFormat.SNAPSHOT, out);
        unsigned(instrument.id(), out);
        unsigned(snapshot.epoch(), out);
        unsigned(snapshot.sequence(), out);
        out.writeIntLE(snapshot.checksum());
        unsigned(sentMillis, out);
        change(snapshot, sentMillis, new BitWriter(out));
        end(body, out);
    }

    private static void change(BookUpdate update, long sentMillis, BitWriter bits) {
        CompactWriter.lag(sentMillis, update.timeMicros(), bits);
        CompactWriter.levels(update.bids(), update.asks(), bits);
        bits.end();
    }

    @Override
    public void encode(BestBidOffer bbo, Instrument instrument, ByteBuf out) {
        lead(instrument, CompactFormat.BEST_BID_OFFER, out);
        natural("sequence", bbo.sequence(), out);
        natural("time", bbo.timeMicros(), out);
        prices(bbo, out);
    }

    private static void prices(BestBidOffer bbo, ByteBuf out) {
        signed(bbo.bidPriceTicks(), out);
        lots("bidSizeLots", bbo.bidSizeLots(), out);
        signed(bbo.askPriceTicks() - bbo.bidPriceTicks(), out);
        lots("askSizeLots", bbo.askSizeLots(), out);
    }

    @Override
    public void encode(Trades trades, Instrument instrument, ByteBuf out) {
        List<Trade> list = trades.trades();
        if (trades.hasVenueIds()) {
            venueIds(instrument, list, out);
        }
        lead(instrument, CompactFormat.TRADES, out);
        natural("missed", trades.missed(), out);
        unsigned(list.size(), out);
        long nextId = 0;
        long timeMicros = 0;
        long priceTicks = 0;
        for (int i = 0; i < list.size(); i++) {
            Trade trade = list.get(i);
            check("id", trade.id(), 0, CompactFormat.MAX_NATURAL);
            check("time", trade.timeMicros(), 0, CompactFormat.MAX_NATURAL);
            check("sizeLots", trade.sizeLots(), 0, Long.MAX_VALUE);
            signed(trade.id() - nextId, out);
            signed(trade.timeMicros() - timeMicros, out);
            signed(trade.priceTicks() - priceTicks, out);
            unsigned(trade.sizeLots() << 1 | (trade.taker() == Side.BID ? 0 : 1), out);
            nextId = trade.id() + 1;
            timeMicros = trade.timeMicros();
            priceTicks = trade.priceTicks();
        }
    }

    /** A message of its own, which a reader that does not know it skips. */
    private static void venueIds(Instrument instrument, List<Trade> trades, ByteBuf out) {
        int body = begin(CompactFormat.VENUE_IDS, out);
        unsigned(instrument.id(), out);
        unsigned(trades.size(), out);
        for (int i = 0; i < trades.size(); i++) {
            String venueId = trades.get(i).venueId();
            text(venueId == null ? "" : venueId, out);
        }
        end(body, out);
    }

    @Override
    public void encode(Candle candle, Instrument instrument, ByteBuf out) {
        long intervalMicros = candle.interval().micros();
        check("start", candle.startMicros(), 0, CompactFormat.MAX_NATURAL);
        if (candle.startMicros() % intervalMicros != 0) {
            throw new IllegalArgumentException(
                    "expected start as a multiple of " + intervalMicros + ", got " + candle.startMicros());
        }
        int body = begin(CompactFormat.CANDLE, out);
        unsigned(instrument.id(), out);
        unsigned((long) candle.interval().seconds() << 1 | (candle.closed() ? 1 : 0), out);
        unsigned(candle.startMicros() / intervalMicros, out);
        signed(candle.openTicks(), out);
        signed(candle.highTicks() - candle.openTicks(), out);
        signed(candle.lowTicks() - candle.openTicks(), out);
        signed(candle.closeTicks() - candle.openTicks(), out);
        lots("volumeLots", candle.volumeLots(), out);
        natural("trades", candle.trades(), out);
        end(body, out);
    }

    @Override
    public void encode(Ticker ticker, Instrument instrument, ByteBuf out) {
        int body = begin(CompactFormat.TICKER, out);
        unsigned(instrument.id(), out);
        natural("time", ticker.timeMicros(), out);
        natural("trades", ticker.trades(), out);
        lots("volumeLots", ticker.volumeLots(), out);
        out.writeByte(ticker.lastTicks() == Ticker.NONE ? 0 : 1);
        if (ticker.lastTicks() != Ticker.NONE) {
            signed(ticker.lastTicks(), out);
        }
        if (ticker.trades() > 0) {
            signed(ticker.openTicks() - ticker.lastTicks(), out);
            signed(ticker.highTicks() - ticker.lastTicks(), out);
            signed(ticker.lowTicks() - ticker.lastTicks(), out);
        }
        prices(ticker.best(), out);
        end(body, out);
    }

    @Override
    public void encodeHeartbeat(FeedStatus status, long timeMicros, ByteBuf out) {
        int body = begin(CompactFormat.HEARTBEAT, out);
        natural("time", timeMicros, out);
        out.writeByte(
                switch (status) {
                    case LIVE -> 0;
                    case STALE -> 1;
                    case HALTED -> 2;
                });
        end(body, out);
    }

    @Override
    public void encodeInstruments(List<ListedInstrument> instruments, ByteBuf out) {
        int body = begin(CompactFormat.INSTRUMENTS, out);
        unsigned(instruments.size(), out);
        for (int i = 0; i < instruments.size(); i++) {
            Instrument instrument = instruments.get(i).instrument();
            unsigned(instrument.id(), out);
            step(instrument.tickSize(), out);
            step(instrument.lotSize(), out);
            text(instrument.symbol(), out);
        }
        // Behind what version 1 reads, which skips what it does not know.
        for (int i = 0; i < instruments.size(); i++) {
            out.writeByte(StatusCodes.code(instruments.get(i).status()));
        }
        end(body, out);
    }

    @Override
    public void encodeStatus(Instrument instrument, InstrumentStatus status, long timeMicros, ByteBuf out) {
        int body = begin(CompactFormat.INSTRUMENT_STATUS, out);
        unsigned(instrument.id(), out);
        natural("time", timeMicros, out);
        out.writeByte(StatusCodes.code(status));
        end(body, out);
    }

    private static void text(String text, ByteBuf out) {
        check("characters of a text", text.length(), 0, CompactFormat.MAX_TEXT_LENGTH);
        out.writeByte(text.length());
        out.writeCharSequence(text, StandardCharsets.US_ASCII);
    }

    private static void step(StepSize step, ByteBuf out) {
        unsigned(step.mantissa(), out);
        out.writeByte(step.decimals());
    }

    private static void lead(Instrument instrument, int kind, ByteBuf out) {
        unsigned((long) instrument.id() << CompactFormat.KIND_BITS | kind, out);
    }

    /** @return where the body begins, for {@link #end} */
    private static int begin(int type, ByteBuf out) {
        unsigned(type << CompactFormat.KIND_BITS | CompactFormat.OTHER, out);
        out.writeMediumLE(0);
        return out.writerIndex();
    }

    private static void end(int body, ByteBuf out) {
        int length = out.writerIndex() - body;
        check("bytes of a message", length, 0, CompactFormat.MAX_LENGTH);
        out.setMediumLE(body - CompactFormat.LENGTH_BYTES, length);
    }
}
