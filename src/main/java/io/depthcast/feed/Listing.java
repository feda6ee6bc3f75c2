package io.depthcast.feed;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;

/**
 * An instrument as the feed has it now. Immutable.
 *
 * @param source number of the source that tells it, see {@link Intake}
 */
public record Listing(Instrument instrument, int source, InstrumentStatus status) {
    public int id() {
        return instrument.id();
    }

    public String symbol() {
        return instrument.symbol();
    }

    public Listing with(InstrumentStatus other) {
        return new Listing(instrument, source, other);
    }

    /** Whether prices and sizes of the other mean the same. */
    public boolean hasStepsOf(Instrument other) {
        return instrument.symbol().equals(other.symbol())
                && instrument.tickSize().equals(other.tickSize())
                && instrument.lotSize().equals(other.lotSize());
    }
}
