package io.depthcast.client;

import static io.depthcast.client.CompactCursor.require;

import io.depthcast.book.BookShapes;
import io.depthcast.book.Candle;
import io.depthcast.book.CandleInterval;
import io.depthcast.book.Side;
import io.depthcast.book.Ticker;
import io.depthcast.book.Trade;
import io.depthcast.wire.CompactFormat;
import io.depthcast.wire.FeedStatus;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads binary messages of subprotocol {@code depthcast.v1.compact}. A delta does not name the version that it continues:
 * it is taken for that of the book held, from whose best prices it tells its own, and if that is wrong, so is the checksum
 * that is heard. The time at which a delta was made
 * is heard in whole milliseconds, rounded up; it is put together from its low bits and the gateway's last full time, so
 * {@link #clock} must be told that of {@code welcome} where books are resumed. Messages of unknown types are skipped.
 */
public final class CompactDecoder {
    private static final int LEAST_TRADE_BYTES = 4;

    private final MarketListener listener;
    private final CompactBooks books;
    private final CompactVenueIds venueIds = new CompactVenueIds();

    /**
     * Of somebody who holds no gathered books.
     *
     * @param held the book that the listener holds of an instrument, asked for at every delta; null, or without a version,
     *     while it waits for a snapshot, and then deltas of that book are left out
     */
    public CompactDecoder(IntFunction<@Nullable ProvedBook> held, MarketListener listener) {
        this((instrumentId, depth, group) -> group == BookShapes.NO_GROUP ? held.apply(instrumentId) : null, listener);
    }

    public CompactDecoder(BookHolder held, MarketListener listener) {
        this.listener = listener;
        books = new CompactBooks(held, listener);
    }

    /** @param timeMicros the gateway's time, as its {@code welcome} says it: microseconds since 1970 */
    public void clock(long timeMicros) {
        books.clock(timeMicros);
    }

    /** @param frame the payload of a binary WebSocket message; neither consumed nor released */
    public DecodeResult decode(ByteBuf frame) {
        try {
            CompactCursor in = new CompactCursor(frame, frame.readerIndex(), frame.writerIndex());
            venueIds.clear();
            do {
                decodeOne(in);
            } while (!in.isAtEnd());
            return venueIds.isEmpty() ? DecodeResult.DECODED : DecodeResult.TRUNCATED;
        } catch (RefusedException e) {
            return e.result();
        }
    }

    private void decodeOne(CompactCursor in) throws RefusedException {
        long lead = in.unsigned();
        long subject = lead >>> CompactFormat.KIND_BITS;
        int kind = (int) lead & CompactFormat.OTHER;
        switch (kind) {
            case CompactFormat.DELTA -> books.decodeDelta(in, CompactCursor.instrumentId(subject));
            case CompactFormat.BEST_BID_OFFER -> decodeBestBidOffer(in, CompactCursor.instrumentId(subject));
            case CompactFormat.TRADES -> decodeTrades(in, CompactCursor.instrumentId(subject));
            default -> decodeOther(in.take(in.uint24()), subject);
        }
    }

    /** What the body has beyond the fields known here is a newer gateway's. */
    private void decodeOther(CompactCursor in, long type) throws RefusedException {
        if (type == CompactFormat.SNAPSHOT) {
            books.decodeSnapshot(in);
        } else if (type == CompactFormat.CANDLE) {
            decodeCandle(in);
        } else if (type == CompactFormat.HEARTBEAT) {
            decodeHeartbeat(in);
        } else if (type == CompactFormat.INSTRUMENTS) {
            listener.onInstruments(CompactListing.read(in));
        } else if (type == CompactFormat.INSTRUMENT_STATUS) {
            int instrumentId = in.instrumentId();
            long timeMicros = in.natural();
            listener.onStatus(instrumentId, CompactListing.status(in), timeMicros);
        } else if (type == CompactFormat.VENUE_IDS) {
            venueIds.read(in);
        } else if (type == CompactFormat.TICKER) {
            decodeTicker(in);
        } else if (type == CompactFormat.GROUPED) {
            books.decodeGrouped(in);
        }
    }

    private void decodeBestBidOffer(CompactCursor in, int instrumentId) throws RefusedException {
        long sequence = in.natural();
        long timeMicros = in.natural();
        long bidPriceTicks = in.signed();
        long bidSizeLots = in.size();
        long askPriceTicks = bidPriceTicks + in.signed();
        listener.onBestBidOffer(new BestBidOfferMessage(
                instrumentId, sequence, timeMicros, bidPriceTicks, bidSizeLots, askPriceTicks, in.size()));
    }

    private void decodeTrades(CompactCursor in, int instrumentId) throws RefusedException {
        long missed = in.natural();
        int count = in.entries(in.natural(), LEAST_TRADE_BYTES);
        List<Trade> trades = new ArrayList<>(count);
        long nextId = 0;
        long timeMicros = 0;
        long priceTicks = 0;
        for (int i = 0; i < count; i++) {
            long id = CompactCursor.natural(nextId + in.signed());
            timeMicros = CompactCursor.natural(timeMicros + in.signed());
            priceTicks += in.signed();
            long size = in.unsigned();
            Side taker = (size & 1) == 0 ? Side.BID : Side.ASK;
            trades.add(new Trade(id, timeMicros, taker, priceTicks, size >>> 1));
            nextId = id + 1;
        }
        listener.onTrades(new TradesMessage(instrumentId, missed, venueIds.name(instrumentId, trades)));
    }

    private void decodeCandle(CompactCursor in) throws RefusedException {
        int instrumentId = in.instrumentId();
        long seconds = in.natural();
        CandleInterval interval = interval(seconds >> 1);
        long start = in.natural();
        require(start <= CompactFormat.MAX_NATURAL / interval.micros());
        long openTicks = in.signed();
        listener.onCandle(new Candle(
                instrumentId,
                interval,
                start * interval.micros(),
                openTicks,
                openTicks + in.signed(),
                openTicks + in.signed(),
                openTicks + in.signed(),
                in.size(),
                in.natural(),
                (seconds & 1) == 1));
    }

    private static CandleInterval interval(long seconds) throws RefusedException {
        CandleInterval interval = CandleInterval.ofSeconds(seconds);
        if (interval == null) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
        return interval;
    }

    private void decodeTicker(CompactCursor in) throws RefusedException {
        int instrumentId = in.instrumentId();
        long timeMicros = in.natural();
        long trades = in.natural();
        long volumeLots = in.size();
        boolean hasLast = in.choice(2) == 1;
        require(hasLast || trades == 0);
        long lastTicks = hasLast ? in.signed() : Ticker.NONE;
        long openTicks = trades > 0 ? lastTicks + in.signed() : Ticker.NONE;
        long highTicks = trades > 0 ? lastTicks + in.signed() : Ticker.NONE;
        long lowTicks = trades > 0 ? lastTicks + in.signed() : Ticker.NONE;
        long bidTicks = in.signed();
        long bidLots = in.size();
        long askTicks = bidTicks + in.signed();
        listener.onTicker(new TickerMessage(
                instrumentId,
                timeMicros,
                lastTicks,
                openTicks,
                highTicks,
                lowTicks,
                volumeLots,
                trades,
                bidTicks,
                bidLots,
                askTicks,
                in.size()));
    }

    private void decodeHeartbeat(CompactCursor in) throws RefusedException {
        long timeMicros = in.natural();
        FeedStatus feed =
                switch (in.choice(3)) {
                    case 0 -> FeedStatus.LIVE;
                    case 1 -> FeedStatus.STALE;
                    default -> FeedStatus.HALTED;
                };
        clock(timeMicros);
        listener.onHeartbeat(feed, timeMicros);
    }
}
