package io.depthcast.client;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.depthcast.wire.ListedInstrument;
import io.depthcast.wire.StatusCodes;
import java.util.ArrayList;
import java.util.List;

/** Reads what a compact message says of instruments. */
final class CompactListing {
    private static final int MAX_SYMBOL_LENGTH = 32;
    private static final int LEAST_INSTRUMENT_BYTES = 7;

    private CompactListing() {}

    static List<ListedInstrument> read(CompactCursor in) throws RefusedException {
        int count = in.entries(in.natural(), LEAST_INSTRUMENT_BYTES);
        List<Instrument> instruments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            instruments.add(instrument(in));
        }
        // A gateway of the first version says none and knew of no other than open.
        boolean hasStatuses = in.remaining() >= count;
        List<ListedInstrument> listed = new ArrayList<>(count);
        for (Instrument instrument : instruments) {
            listed.add(new ListedInstrument(instrument, hasStatuses ? status(in) : InstrumentStatus.OPEN));
        }
        return listed;
    }

    static InstrumentStatus status(CompactCursor in) throws RefusedException {
        return StatusCodes.status(in.choice(StatusCodes.COUNT));
    }

    private static Instrument instrument(CompactCursor in) throws RefusedException {
        int id = in.instrumentId();
        long tickMantissa = in.unsigned();
        int tickDecimals = in.uint8();
        long lotMantissa = in.unsigned();
        int lotDecimals = in.uint8();
        String symbol = in.ascii(in.choice(MAX_SYMBOL_LENGTH + 1));
        try {
            return new Instrument(
                    id, symbol, new StepSize(tickMantissa, -tickDecimals), new StepSize(lotMantissa, -lotDecimals));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
    }
}
