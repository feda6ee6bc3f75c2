package io.depthcast.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client may see: the claim {@code "depthcast":{"symbols":["BTC-*","ETH-USD"],"channels":["book","bbo"]}}. A part
 * that is left out allows everything of it; an empty one allows nothing.
 *
 * @param symbols names, or patterns with one {@code *} for any characters; null for all
 * @param channels names; null for all
 */
public record Entitlements(
        @Nullable List<String> symbols, @Nullable List<String> channels) {
    public static final Entitlements EVERYTHING = new Entitlements(null, null);

    static final char ANY = '*';
    private static final Set<String> PARTS = Set.of("symbols", "channels");

    public Entitlements {
        symbols = symbols == null ? null : List.copyOf(symbols);
        channels = channels == null ? null : List.copyOf(channels);
    }

    /** What a claim says; null if it is not one. A part of an unknown name may be meant as a limit, so it is a mistake. */
    static @Nullable Entitlements of(@Nullable Object claim) {
        if (!(claim instanceof Map<?, ?> parts) || !PARTS.containsAll(parts.keySet())) {
            return null;
        }
        List<String> symbols = texts(parts.get("symbols"));
        List<String> channels = texts(parts.get("channels"));
        boolean isMistaken = (symbols == null && parts.containsKey("symbols"))
                || (channels == null && parts.containsKey("channels"))
                || (symbols != null && symbols.stream().anyMatch(text -> text.indexOf(ANY) != text.lastIndexOf(ANY)));
        return isMistaken ? null : new Entitlements(symbols, channels);
    }

    static @Nullable List<String> texts(@Nullable Object value) {
        if (!(value instanceof List<?> elements)) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Object element : elements) {
            if (!(element instanceof String text)) {
                return null;
            }
            texts.add(text);
        }
        return texts;
    }

    /** Whether it is {@link #EVERYTHING}. */
    public boolean isEverything() {
        return symbols == null && channels == null;
    }

    public boolean allows(String channel, String symbol) {
        return (channels == null || channels.contains(channel)) && allows(symbol);
    }

    /** Whether anything of the instrument may be seen. */
    public boolean allows(String symbol) {
        if (channels != null && channels.isEmpty()) {
            return false;
        }
        if (symbols == null) {
            return true;
        }
        for (String pattern : symbols) {
            if (matches(pattern, symbol)) {
                return true;
            }
        }
        return false;
    }

    static boolean matches(String pattern, String symbol) {
        int any = pattern.indexOf(ANY);
        if (any < 0) {
            return pattern.equals(symbol);
        }
        int after = pattern.length() - any - 1;
        return symbol.length() >= any + after
                && symbol.startsWith(pattern.substring(0, any))
                && symbol.endsWith(pattern.substring(any + 1));
    }
}
