package io.depthcast.fanout;

import io.depthcast.auth.Entitlements;
import io.depthcast.book.Instrument;
import io.depthcast.wire.HttpBodies;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The instruments of the feed by symbol. Immutable. */
public final class InstrumentDirectory {
    private final List<Instrument> all;
    private final Map<String, Instrument> bySymbol = new LinkedHashMap<>();

    public InstrumentDirectory(List<Instrument> instruments) {
        all = List.copyOf(instruments);
        for (Instrument instrument : all) {
            bySymbol.put(instrument.symbol(), instrument);
        }
    }

    /** In the feed's order. */
    public List<Instrument> all() {
        return all;
    }

    @Nullable
    public Instrument find(String symbol) {
        return bySymbol.get(symbol);
    }

    /** Id of the instrument with that symbol, or 0. */
    public int idOf(String symbol) {
        Instrument instrument = bySymbol.get(symbol);
        return instrument == null ? 0 : instrument.id();
    }

    /** Those of which a client may see anything, in the feed's order. */
    public List<Instrument> visibleTo(Entitlements entitlements) {
        return entitlements.isEverything()
                ? all
                : all.stream()
                        .filter(instrument -> entitlements.allows(instrument.symbol()))
                        .toList();
    }

    /** Writes the JSON listing of {@code GET /v1/instruments}. */
    public void writeListing(Entitlements entitlements, ByteBuf out) {
        HttpBodies.instruments(visibleTo(entitlements), out);
    }
}
