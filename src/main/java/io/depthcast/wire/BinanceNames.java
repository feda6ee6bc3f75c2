package io.depthcast.wire;

import io.depthcast.book.Instrument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What instruments are called in Binance's dialect: their symbols without the dash, in capitals. Immutable. */
public final class BinanceNames {
    private static final int CASE = 'a' - 'A';

    private final Map<String, Instrument> byName = new LinkedHashMap<>();
    private final List<Instrument> leftOut = new ArrayList<>();

    /** @param instruments of two that would be called the same the second is left out */
    public BinanceNames(List<Instrument> instruments) {
        for (Instrument instrument : instruments) {
            if (byName.putIfAbsent(of(instrument), instrument) != null) {
                leftOut.add(instrument);
            }
        }
    }

    static String of(Instrument instrument) {
        return instrument.symbol().replace("-", "").toUpperCase(Locale.ROOT);
    }

    /** Null if there is none; capitals count. */
    public @Nullable Instrument find(String name) {
        return byName.get(name);
    }

    public boolean has(Instrument instrument) {
        return instrument.equals(byName.get(of(instrument)));
    }

    /** Those whose name another one has. */
    public List<Instrument> leftOut() {
        return leftOut;
    }

    /** Writes a name as it is in messages. */
    static void writeUpper(Instrument instrument, AsciiText out) {
        String symbol = instrument.symbol();
        for (int i = 0; i < symbol.length(); i++) {
            char c = symbol.charAt(i);
            if (c != '-') {
                out.write((char) (c >= 'a' && c <= 'z' ? c - CASE : c));
            }
        }
    }

    /** Writes a name as it is in names of streams. */
    static void writeLower(Instrument instrument, AsciiText out) {
        String symbol = instrument.symbol();
        for (int i = 0; i < symbol.length(); i++) {
            char c = symbol.charAt(i);
            if (c != '-') {
                out.write((char) (c >= 'A' && c <= 'Z' ? c + CASE : c));
            }
        }
    }
}
