package io.depthcast.client;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.depthcast.wire.ListedInstrument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads what a JSON message says of instruments. */
final class JsonListing {
    private JsonListing() {}

    static List<ListedInstrument> read(JsonCursor in) throws IOException {
        List<ListedInstrument> listed = new ArrayList<>();
        in.enterArray("instruments");
        while (in.nextObject()) {
            long id = in.natural("id");
            String symbol = in.text("symbol");
            String tickSize = in.text("tickSize");
            String lotSize = in.text("lotSize");
            listed.add(new ListedInstrument(instrument(id, symbol, tickSize, lotSize), status(in)));
            in.leave();
        }
        in.leave();
        return listed;
    }

    static InstrumentStatus status(JsonCursor in) throws IOException {
        InstrumentStatus status = InstrumentStatus.of(in.text("status"));
        if (status == null) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
        return status;
    }

    private static Instrument instrument(long id, String symbol, String tickSize, String lotSize)
            throws RefusedException {
        try {
            return new Instrument(Math.toIntExact(id), symbol, StepSize.parse(tickSize), StepSize.parse(lotSize));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
    }
}
