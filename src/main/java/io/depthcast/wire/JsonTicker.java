package io.depthcast.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.depthcast.book.Instrument;
import io.depthcast.book.Ticker;
import io.netty.buffer.ByteBuf;

/** The beginning of a ticker message in JSON. */
final class JsonTicker {
    private JsonTicker() {}

    static void write(Ticker ticker, Instrument instrument, ByteBuf out) {
        text("{\"type\":\"ticker\",\"symbol\":\"", out);
        text(instrument.symbol(), out);
        out.writeByte('"');
        price("last", ticker.lastTicks(), instrument, out);
        price("open", ticker.openTicks(), instrument, out);
        price("high", ticker.highTicks(), instrument, out);
        price("low", ticker.lowTicks(), instrument, out);
        text(",\"volume\":\"", out);
        DecimalText.writeSize(ticker.volumeLots(), instrument.lotSize(), out);
        text("\",\"trades\":", out);
        DecimalText.writeInteger(ticker.trades(), out);
    }

    /** Null if there is none. */
    private static void price(String name, long priceTicks, Instrument instrument, ByteBuf out) {
        text(",\"" + name + "\":", out);
        if (priceTicks == Ticker.NONE) {
            text("null", out);
            return;
        }
        out.writeByte('"');
        DecimalText.writePrice(priceTicks, instrument.tickSize(), out);
        out.writeByte('"');
    }

    private static void text(String text, ByteBuf out) {
        out.writeCharSequence(text, US_ASCII);
    }
}
