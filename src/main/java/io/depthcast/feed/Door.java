package io.depthcast.feed;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.book.TradeHistory;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A source's way into the feed: what it tells is checked, numbered and counted here. Each event is taken whole, then the
 * answer is null, or refused whole. Times are microseconds since 1970; 0 is now. More than 60 s ahead of the gateway's
 * clock is refused; before the newest of the instrument is taken as that, and counted as late. Feed loop only.
 */
public interface Door {
    /**
     * Lists an instrument, or changes it. Other steps start its book anew, which then has to be told whole.
     *
     * @param status any but {@link InstrumentStatus#STALE}, which only the feed itself tells
     */
    default @Nullable Refusal define(String symbol, StepSize tickSize, StepSize lotSize, InstrumentStatus status) {
        return define(symbol, tickSize, lotSize, status, null);
    }

    /**
     * The same, of an instrument that was traded before: its newest trades and its candles, from which trades are counted on.
     *
     * @param history ignored unless the instrument begins with this, and was never traded here
     */
    @Nullable
    Refusal define(
            String symbol,
            StepSize tickSize,
            StepSize lotSize,
            InstrumentStatus status,
            @Nullable TradeHistory history);

    /** @param status any but {@link InstrumentStatus#STALE} */
    @Nullable
    Refusal status(String symbol, InstrumentStatus status);

    /** The instrument is no longer traded; its name is free for any source. */
    @Nullable
    Refusal remove(String symbol);

    /**
     * The whole book, in any order. Told to clients as the difference from the book there is; ends staleness.
     *
     * @param bids each price once; sizes of 0 are left out
     */
    @Nullable
    Refusal snapshot(String symbol, LevelChanges bids, LevelChanges asks, long timeMicros);

    /** Levels that changed, applied in this order, bids first. */
    @Nullable
    Refusal update(String symbol, LevelChanges bids, LevelChanges asks, long timeMicros);

    /**
     * A trade, after the level change that it caused.
     *
     * @param venueId the venue's own name of it, 1 to 36 printable ASCII characters; null if there is none
     */
    @Nullable
    Refusal trade(String symbol, Side taker, long priceTicks, long sizeLots, @Nullable String venueId, long timeMicros);

    /** Something of this instrument is lost: it is stale until told whole again. No sign of life, for nothing was taken. */
    @Nullable
    Refusal stale(String symbol);

    /** The source is there and has nothing new; as every event taken does, it puts off staleness. */
    void heartbeat();

    /** The source is gone, or has lost something: its instruments are stale until told whole again. */
    void disconnected();

    /**
     * Whether what it tells is old by now, as while it reads behind the end of a log: then its instruments are stale. Unlike
     * with {@link #disconnected()} nothing is lost, so none has to be told whole again.
     */
    void late(boolean isLate);

    /** What it defined, for whoever turns decimals into ticks and lots; null for any other symbol. */
    @Nullable
    Instrument instrument(String symbol);

    /** Whether anything is listed through it. */
    boolean hasInstruments();

    /** Whether more may be told before the next poll. If not, the source is to be read more slowly. */
    boolean hasRoom();

    /**
     * To be asked later whether all that has been told by now can no longer be lost with this process: without a log at once,
     * with one when it has been read back from there.
     */
    BooleanSupplier settling();

    /**
     * A way in for a source that comes by way of this one, such as each of many publishers; the same one for the same name, as
     * long as anything is listed through it.
     *
     * @param silenceMillis so long without a word and its instruments are stale
     */
    Door open(String name, int silenceMillis);
}
