package io.depthcast.source;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the exchange says of an instrument.
 *
 * @param name the exchange's: {@code BTCUSDT}
 * @param symbol ours: {@code BTC-USDT}
 */
record BinanceListing(String name, String symbol, StepSize tick, StepSize lot, InstrumentStatus status) {
    private static final Logger LOG = LoggerFactory.getLogger(BinanceListing.class);
    /** 1e999999999 is one too, whose zeros fill the memory. */
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,20}(\\.[0-9]{1,20})?");

    /**
     * All of an answer to {@code exchangeInfo} but those that are not as documented.
     *
     * @throws RuntimeException if it is not one
     */
    static List<BinanceListing> all(String exchangeInfo) {
        List<BinanceListing> listings = new ArrayList<>();
        JsonArray symbols = Objects.requireNonNull(
                new JsonObject(exchangeInfo).getJsonArray("symbols"), "exchangeInfo has no symbols");
        for (int i = 0; i < symbols.size(); i++) {
            try {
                listings.add(of(symbols.getJsonObject(i)));
            } catch (RuntimeException e) {
                LOG.warn("{} is left out: {}", Refusals.quote(String.valueOf(symbols.getValue(i))), e.getMessage());
            }
        }
        return listings;
    }

    private static BinanceListing of(JsonObject symbol) {
        return new BinanceListing(
                required(symbol, "symbol"),
                required(symbol, "baseAsset") + "-" + required(symbol, "quoteAsset"),
                step(symbol, "PRICE_FILTER", "tickSize"),
                step(symbol, "LOT_SIZE", "stepSize"),
                status(required(symbol, "status")));
    }

    private static String required(JsonObject object, String field) {
        return Objects.requireNonNull(object.getString(field), "no " + field);
    }

    private static StepSize step(JsonObject symbol, String filterType, String field) {
        JsonArray filters = Objects.requireNonNull(symbol.getJsonArray("filters"), "no filters");
        for (int i = 0; i < filters.size(); i++) {
            JsonObject filter = filters.getJsonObject(i);
            if (filterType.equals(filter.getString("filterType"))) {
                // 0.01000000: the digits that say nothing would be shown with every price.
                String text = required(filter, field);
                if (!DECIMAL.matcher(text).matches()) {
                    throw new IllegalArgumentException(field + ": expected a decimal, got " + Refusals.quote(text));
                }
                return StepSize.parse(new BigDecimal(text).stripTrailingZeros().toPlainString());
            }
        }
        throw new IllegalArgumentException("no " + filterType + " of " + symbol.getString("symbol"));
    }

    private static InstrumentStatus status(String text) {
        return switch (text) {
            case "TRADING" -> InstrumentStatus.OPEN;
            case "HALT", "BREAK" -> InstrumentStatus.HALTED;
            case "AUCTION_MATCH" -> InstrumentStatus.AUCTION;
            default -> InstrumentStatus.CLOSED;
        };
    }
}
