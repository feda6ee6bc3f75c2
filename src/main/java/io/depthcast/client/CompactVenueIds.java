package io.depthcast.client;

import static io.depthcast.client.CompactCursor.require;

import io.depthcast.book.Trade;
import io.depthcast.wire.CompactFormat;
import java.util.ArrayList;
import java.util.List;

/** What the venue calls the trades of the next message, which must be of the same instrument and as many. */
final class CompactVenueIds {
    private int instrumentId;
    private List<String> next = List.of();

    void read(CompactCursor in) throws RefusedException {
        instrumentId = in.instrumentId();
        int count = in.entries(in.natural(), 1);
        List<String> read = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            read.add(in.ascii(in.choice(CompactFormat.MAX_TEXT_LENGTH + 1)));
        }
        next = read;
    }

    /** The trades with their names, if there are any. */
    List<Trade> name(int ofInstrument, List<Trade> trades) throws RefusedException {
        List<String> names = next;
        next = List.of();
        if (names.isEmpty()) {
            return trades;
        }
        require(ofInstrument == instrumentId && names.size() == trades.size());
        List<Trade> named = new ArrayList<>(trades.size());
        for (int i = 0; i < names.size(); i++) {
            named.add(names.get(i).isEmpty() ? trades.get(i) : named(trades.get(i), names.get(i)));
        }
        return named;
    }

    private static Trade named(Trade trade, String venueId) {
        return new Trade(trade.id(), trade.timeMicros(), trade.taker(), trade.priceTicks(), trade.sizeLots(), venueId);
    }

    /** Whether none are left for a message to come. */
    boolean isEmpty() {
        return next.isEmpty();
    }

    void clear() {
        next = List.of();
    }
}
