package io.depthcast.client;

import static io.depthcast.client.CompactCursor.require;

import io.depthcast.book.Candle;
import io.depthcast.book.CandleInterval;
import io.depthcast.book.Side;
import io.depthcast.book.Ticker;
import io.depthcast.book.Trade;
import io.depthcast.wire.CompactFormat;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.Version;
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
    private static final long SENT_SPAN = 1L << CompactFormat.SENT_BITS;
    private static final int MICROS_PER_MILLI = 1_000;
    private static final int LEAST_TRADE_BYTES = 4;

    private final IntFunction<@Nullable ProvedBook> held;
    private final MarketListener listener;
    private final CompactVenueIds venueIds = new CompactVenueIds();
    private long clockMillis;

    /**
     * @param held the book that the listener holds of an instrument, asked for at every delta; null, or without a version,
     *     while it waits for a snapshot, and then deltas of that book are left out
     */
    public CompactDecoder(IntFunction<@Nullable ProvedBook> held, MarketListener listener) {
        this.held = held;
        this.listener = listener;
    }

    /** @param timeMicros the gateway's time, as its {@code welcome} says it: microseconds since 1970 */
    public void clock(long timeMicros) {
        clockMillis = timeMicros / MICROS_PER_MILLI;
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
            case CompactFormat.DELTA -> decodeDelta(in, CompactCursor.instrumentId(subject));
            case CompactFormat.BEST_BID_OFFER -> decodeBestBidOffer(in, CompactCursor.instrumentId(subject));
            case CompactFormat.TRADES -> decodeTrades(in, CompactCursor.instrumentId(subject));
            default -> decodeOther(in.take(in.uint24()), subject);
        }
    }

    /** What the body has beyond the fields known here is a newer gateway's. */
    private void decodeOther(CompactCursor in, long type) throws RefusedException {
        if (type == CompactFormat.SNAPSHOT) {
            decodeSnapshot(in);
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
        }
    }

    private void decodeDelta(CompactCursor in, int instrumentId) throws RefusedException {
        int check = in.bits32();
        long sentMillis = sentMillis(in.uint16());
        BitCursor bits = new BitCursor(in);
        long advance = CompactCursor.natural(bits.number(CompactFormat.ADVANCE_ORDER)) + 1;
        long timeMicros = time(bits, sentMillis);
        ProvedBook book = held.apply(instrumentId);
        CompactLevels levels = new CompactLevels(bits, book);
        bits.end();
        Version from = book == null ? null : book.version();
        if (from == null || from.sequence() == 0) {
            return;
        }
        listener.onBook(new BookMessage(
                instrumentId,
                from.epoch(),
                from.sequence(),
                from.sequence() + advance,
                timeMicros,
                sentMillis * MICROS_PER_MILLI,
                check ^ CompactFormat.proof(from.epoch(), from.sequence(), sentMillis),
                levels.bids(),
                levels.asks()));
    }

    private void decodeSnapshot(CompactCursor in) throws RefusedException {
        int instrumentId = in.instrumentId();
        long epoch = in.natural();
        long sequence = in.natural();
        int checksum = in.bits32();
        long sentMillis = in.natural();
        require(sentMillis <= CompactFormat.MAX_NATURAL / MICROS_PER_MILLI + 1);
        BitCursor bits = new BitCursor(in);
        long timeMicros = time(bits, sentMillis);
        CompactLevels levels = new CompactLevels(bits, null);
        bits.end();
        clockMillis = sentMillis;
        listener.onBook(new BookMessage(
                instrumentId,
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
