package io.depthcast.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;

/** The answer to {@code exchangeInfo} in Binance's dialect. */
public final class BinanceListing {
    private static final int ASSET_DECIMALS = 8;

    private BinanceListing() {}

    /** @param timeMicros now, microseconds since 1970 */
    public static void write(List<ListedInstrument> instruments, long timeMicros, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            json.writeStringField("timezone", "UTC");
            json.writeNumberField("serverTime", timeMicros / 1_000);
            json.writeArrayFieldStart("rateLimits");
            json.writeEndArray();
            json.writeArrayFieldStart("exchangeFilters");
            json.writeEndArray();
            json.writeArrayFieldStart("symbols");
            for (ListedInstrument listed : instruments) {
                write(listed, json);
            }
            json.writeEndArray();
        });
    }

    private static void write(ListedInstrument listed, JsonGenerator json) throws IOException {
        Instrument instrument = listed.instrument();
        int dash = instrument.symbol().indexOf('-');
        json.writeStartObject();
        json.writeStringField("symbol", BinanceNames.of(instrument));
        json.writeStringField("status", status(listed.status()));
        json.writeStringField(
                "baseAsset",
                dash < 0 ? instrument.symbol() : instrument.symbol().substring(0, dash));
        json.writeNumberField("baseAssetPrecision", ASSET_DECIMALS);
        json.writeStringField("quoteAsset", dash < 0 ? "" : instrument.symbol().substring(dash + 1));
        json.writeNumberField("quotePrecision", ASSET_DECIMALS);
        json.writeNumberField("quoteAssetPrecision", ASSET_DECIMALS);
        json.writeArrayFieldStart("orderTypes");
        json.writeEndArray();
        json.writeBooleanField("icebergAllowed", false);
        json.writeBooleanField("ocoAllowed", false);
        json.writeBooleanField("isSpotTradingAllowed", true);
        json.writeBooleanField("isMarginTradingAllowed", false);
        json.writeArrayFieldStart("filters");
        filter(
                json,
                "PRICE_FILTER",
                "minPrice",
                "maxPrice",
                "tickSize",
                instrument.tickSize().toString());
        filter(
                json,
                "LOT_SIZE",
                "minQty",
                "maxQty",
                "stepSize",
                instrument.lotSize().toString());
        json.writeEndArray();
        json.writeArrayFieldStart("permissions");
        json.writeString("SPOT");
        json.writeEndArray();
        json.writeEndObject();
    }

    /** A most of 0 says that there is none. */
    private static void filter(JsonGenerator json, String type, String least, String most, String step, String size)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("filterType", type);
        json.writeStringField(least, size);
        json.writeStringField(most, "0");
        json.writeStringField(step, size);
        json.writeEndObject();
    }

    private static String status(InstrumentStatus status) {
        return switch (status) {
            case OPEN -> "TRADING";
            case HALTED -> "HALT";
            case AUCTION -> "AUCTION_MATCH";
            case CLOSED -> "END_OF_DAY";
            case STALE -> "BREAK";
        };
    }
}
