package io.depthcast.wire;

import io.depthcast.book.Instrument;
import io.depthcast.book.Ticker;

/** The beginning of a ticker message in JSON. */
final class JsonTicker {
    private JsonTicker() {}

    static void write(Ticker ticker, Instrument instrument, AsciiText out) {
        out.write("{\"type\":\"ticker\",\"symbol\":\"");
        out.write(instrument.symbol());
        out.write('"');
        price("last", ticker.lastTicks(), instrument, out);
        price("open", ticker.openTicks(), instrument, out);
        price("high", ticker.highTicks(), instrument, out);
        price("low", ticker.lowTicks(), instrument, out);
        out.write(",\"volume\":\"");
        out.writeSize(ticker.volumeLots(), instrument.lotSize());
        out.write("\",\"trades\":");
        out.writeInteger(ticker.trades());
    }

    /** Null if there is none. */
    private static void price(String name, long priceTicks, Instrument instrument, AsciiText out) {
        out.write(",\"" + name + "\":");
        if (priceTicks == Ticker.NONE) {
            out.write("null");
            return;
        }
        out.write('"');
        out.writePrice(priceTicks, instrument.tickSize());
        out.write('"');
    }
}
