package io.depthcast.source;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which exchange speaks, and of what.
 *
 * @param rest base URL of REST, to which {@code /api/v3/...} is added
 * @param stream base URL of the WebSocket, to which {@code /stream} is added
 * @param symbols as the exchange writes them, with commas between: {@code BTCUSDT,ETHUSDT}
 */
public record BinanceSettings(String rest, String stream, String symbols) {
    public static final String DEFAULT_REST = "https://api.binance.com";
    public static final String DEFAULT_STREAM = "wss://stream.binance.com:9443";
    public static final String DEFAULT_SYMBOLS = "BTCUSDT,ETHUSDT";
    /** Of one WebSocket of that exchange, at two streams each. */
    private static final int MAX_SYMBOLS = 512;

    /** The text if it is a base URL of one of two schemes, else null. */
    private static @Nullable String base(String text, String plain, String secure) {
        try {
            URI uri = URI.create(text);
            boolean isOne = uri.getHost() != null && (plain.equals(uri.getScheme()) || secure.equals(uri.getScheme()));
            return isOne && uri.getQuery() == null && !text.endsWith("/") ? text : null;
        } catch (IllegalArgumentException notOne) {
            return null;
        }
    }

    public static @Nullable String parseRest(String text) {
        return base(text, "http", "https");
    }

    public static @Nullable String parseStream(String text) {
        return base(text, "ws", "wss");
    }

    public static @Nullable String parseSymbols(String text) {
        List<String> names = List.of(text.split(",", -1));
        boolean areGood =
                names.size() <= MAX_SYMBOLS && names.stream().allMatch(name -> name.matches("[A-Z0-9]{2,30}"));
        return areGood && names.stream().distinct().count() == names.size() ? text : null;
    }

    List<String> names() {
        return List.of(symbols.split(","));
    }
}
