package io.depthcast.feed;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.TradeHistory;
import org.jspecify.annotations.Nullable;

/** A symbol as the intake knows it; its id and the count of its trades outlast its being listed. Feed loop. */
final class Listed {
    /** Who tells it. */
    interface Owner {
        /** Of the source. */
        String name();
    }

    /** So that the difference of two prices fits a long. */
    private static final long MAX_TICKS = Long.MAX_VALUE / 2;

    final int id;
    long lastTradeId;
    /** Time of its newest event, microseconds since 1970. */
    long newestMicros;
    /** What the source says; the feed says STALE instead while that is so. */
    InstrumentStatus declared = InstrumentStatus.OPEN;

    /** What the feed said last. */
    InstrumentStatus told = InstrumentStatus.OPEN;

    boolean stale;
    /** Whether all that its source tells is old by now. */
    boolean late;
    /** Whether the book was told whole, since the steps are these and since it was last stale. */
    boolean whole;
    /** Whether it comes from a former feed and was not told whole or taken off the list since. */
    boolean inherited;

    private boolean crossed;
    private @Nullable Owner owner;
    private @Nullable Instrument instrument;
    private @Nullable InstrumentState state;
    private long maxTicks;
    private long maxLots;

    Listed(int id) {
        this.id = id;
    }

    /** As a former feed had it. */
    static Listed inherited(Listing listing, long lastTradeId, long newestMicros) {
        Listed listed = new Listed(listing.id());
        listed.inherited = true;
        listed.stale = listing.status() == InstrumentStatus.STALE;
        listed.declared = listed.stale ? InstrumentStatus.OPEN : listing.status();
        listed.told = listing.status();
        listed.lastTradeId = lastTradeId;
        listed.newestMicros = newestMicros;
        return listed;
    }

    /** Null while it is not listed. */
    @Nullable
    Owner owner() {
        return owner;
    }

    void list(Owner by, Instrument as, InstrumentState in) {
        owner = by;
        instrument = as;
        state = in;
        maxTicks = Math.min(MAX_TICKS, Long.MAX_VALUE / as.tickSize().mantissa());
        maxLots = Long.MAX_VALUE / as.lotSize().mantissa();
    }

    /** Takes over what was traded before, unless it was traded here; what is taken over. */
    @Nullable
    TradeHistory remember(@Nullable TradeHistory history) {
        if (history == null || lastTradeId > 0) {
            return null;
        }
        lastTradeId = history.tape().newestId();
        newestMicros = Math.max(newestMicros, history.newestMicros());
        return history;
    }

    void unlist() {
        inherited = false;
        owner = null;
        state = null;
    }

    Instrument instrument() {
        if (instrument == null) {
            throw new IllegalStateException("never listed: " + id);
        }
        return instrument;
    }

    InstrumentState state() {
        if (state == null) {
            throw new IllegalStateException("not listed: " + id);
        }
        return state;
    }

    /** Whether its book is crossed, and was not when this was asked last. */
    boolean becameCrossed() {
        boolean was = crossed;
        crossed = state().isCrossed();
        return crossed && !was;
    }

    InstrumentStatus status() {
        return stale || late ? InstrumentStatus.STALE : declared;
    }

    /** Whether the price can be written in decimals. */
    boolean hasPrice(long priceTicks) {
        return priceTicks <= maxTicks && priceTicks >= -maxTicks;
    }

    /** Whether the size can be written in decimals. */
    boolean hasSize(long sizeLots) {
        return sizeLots >= 0 && sizeLots <= maxLots;
    }
}
