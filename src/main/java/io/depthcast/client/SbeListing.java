package io.depthcast.client;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.depthcast.wire.ListedInstrument;
import io.depthcast.wire.SbeSchema;
import io.depthcast.wire.StatusCodes;
import java.util.ArrayList;
import java.util.List;

/** Reads what an SBE message says of instruments. */
final class SbeListing {
    private SbeListing() {}

    static List<ListedInstrument> read(SbeCursor in, int blockLength) throws RefusedException {
        in.leave(in.enter(blockLength, SbeSchema.INSTRUMENTS_BYTES));
        int entryLength = in.uint16();
        int entries = in.uint16();
        in.requireEntries(entries, Math.max(entryLength, SbeSchema.FIRST_INSTRUMENT_BYTES) + 1);
        List<ListedInstrument> instruments = new ArrayList<>(entries);
        for (int i = 0; i < entries; i++) {
            int end = in.enter(entryLength, SbeSchema.FIRST_INSTRUMENT_BYTES);
            int id = in.natural32();
            long tickMantissa = in.int64();
            int tickExponent = in.int8();
            long lotMantissa = in.int64();
            int lotExponent = in.int8();
            // A gateway of the first version knew of no other.
            InstrumentStatus status = entryLength < SbeSchema.INSTRUMENT_BYTES ? InstrumentStatus.OPEN : status(in);
            in.leave(end);
            String symbol = in.ascii(in.uint8());
            instruments.add(new ListedInstrument(
                    instrument(id, symbol, tickMantissa, tickExponent, lotMantissa, lotExponent), status));
        }
        return instruments;
    }

    static InstrumentStatus status(SbeCursor in) throws RefusedException {
        return StatusCodes.status(in.choice(StatusCodes.COUNT));
    }

    private static Instrument instrument(
            int id, String symbol, long tickMantissa, int tickExponent, long lotMantissa, int lotExponent)
            throws RefusedException {
        try {
            return new Instrument(
                    id, symbol, new StepSize(tickMantissa, tickExponent), new StepSize(lotMantissa, lotExponent));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
    }
}
