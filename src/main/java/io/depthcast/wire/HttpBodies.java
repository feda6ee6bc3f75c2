package io.depthcast.wire;

import io.depthcast.book.Candle;
import io.depthcast.book.CandleInterval;
import io.depthcast.book.Instrument;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** JSON bodies of HTTP answers that are no message of a stream. */
public final class HttpBodies {
    private static final JsonEncoding JSON = new JsonEncoding();

    private HttpBodies() {}

    /** {@code {"instruments":[{"id":1,"symbol":"BTC-USD","tickSize":"0.1","lotSize":"0.0001","status":"open"}]}}. */
    public static void instruments(List<ListedInstrument> instruments, ByteBuf out) {
        JsonText.writeObject(out, json -> JsonListing.write(instruments, json));
    }

    /** {@code {"symbol":"BTC-USD","interval":"1m","candles":[...]}} with candle messages, in the order given. */
    public static void candles(Instrument instrument, CandleInterval interval, List<Candle> candles, ByteBuf out) {
        // Symbols and intervals need no escape.
        String head = "{\"symbol\":\"" + instrument.symbol() + "\",\"interval\":\"" + interval.text();
        out.writeCharSequence(head + "\",\"candles\":[", StandardCharsets.US_ASCII);
        for (int i = 0; i < candles.size(); i++) {
            if (i > 0) {
                out.writeBytes(JSON.separator());
            }
            JSON.encode(candles.get(i), instrument, out);
        }
        out.writeCharSequence("]}", StandardCharsets.US_ASCII);
    }

    /** {@code {"error":{"code":"unknown-symbol","reason":"..."}}}. */
    public static void error(String code, String reason, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            json.writeObjectFieldStart("error");
            json.writeStringField("code", code);
            json.writeStringField("reason", reason);
            json.writeEndObject();
        });
    }
}
