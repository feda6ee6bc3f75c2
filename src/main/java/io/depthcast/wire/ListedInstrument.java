package io.depthcast.wire;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;

/** An instrument as clients are told of it. */
public record ListedInstrument(Instrument instrument, InstrumentStatus status) {
    public static ListedInstrument open(Instrument instrument) {
        return new ListedInstrument(instrument, InstrumentStatus.OPEN);
    }
}
