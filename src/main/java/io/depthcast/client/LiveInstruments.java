package io.depthcast.client;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.wire.ListedInstrument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The instruments as the gateway last listed them. Until it has, those that the program knew beforehand: a gateway of an
 * earlier version lists none to clients of JSON.
 */
final class LiveInstruments {
    private final Function<String, @Nullable Instrument> beforehand;
    private final Map<String, ListedInstrument> bySymbol = new HashMap<>();

    LiveInstruments(Function<String, @Nullable Instrument> beforehand) {
        this.beforehand = beforehand;
    }

    /** Null if there is none of that symbol. */
    @Nullable
    Instrument find(String symbol) {
        ListedInstrument listed = bySymbol.get(symbol);
        return listed == null && bySymbol.isEmpty()
                ? beforehand.apply(symbol)
                : listed == null ? null : listed.instrument();
    }

    /** Null if there is none of that symbol, or the gateway has not listed any yet. */
    @Nullable
    ListedInstrument listed(String symbol) {
        return bySymbol.get(symbol);
    }

    /** Takes over a list; the symbols of those whose prices and sizes mean something else from here on, or nothing. */
    List<String> replace(List<ListedInstrument> instruments) {
        Map<String, ListedInstrument> before = Map.copyOf(bySymbol);
        bySymbol.clear();
        instruments.forEach(listed -> bySymbol.put(listed.instrument().symbol(), listed));
        List<String> changed = new ArrayList<>();
        before.forEach((symbol, old) -> {
            ListedInstrument now = bySymbol.get(symbol);
            if (now == null || !now.instrument().equals(old.instrument())) {
                changed.add(symbol);
            }
        });
        return changed;
    }

    void status(int instrumentId, InstrumentStatus status) {
        bySymbol.replaceAll((symbol, listed) ->
                listed.instrument().id() == instrumentId ? new ListedInstrument(listed.instrument(), status) : listed);
    }
}
