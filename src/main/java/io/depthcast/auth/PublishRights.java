package io.depthcast.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of which instruments a client may tell prices: the claim {@code "publish":["ACME","BOLT-*"]}. Without the claim, of none.
 *
 * @param symbols names, or patterns with one {@code *} for any characters
 */
public record PublishRights(List<String> symbols) {
    public static final PublishRights NOTHING = new PublishRights(List.of());
    public static final PublishRights EVERYTHING = new PublishRights(List.of("*"));

    public PublishRights {
        symbols = List.copyOf(symbols);
    }

    /** What a claim says; null if it is not one. */
    static @Nullable PublishRights of(Object claim) {
        List<String> texts = Entitlements.texts(claim);
        return texts == null || texts.stream().anyMatch(PublishRights::hasTwo) ? null : new PublishRights(texts);
    }

    private static boolean hasTwo(String pattern) {
        return pattern.indexOf(Entitlements.ANY) != pattern.lastIndexOf(Entitlements.ANY);
    }

    public boolean isNothing() {
        return symbols.isEmpty();
    }

    public boolean allows(String symbol) {
        for (String pattern : symbols) {
            if (Entitlements.matches(pattern, symbol)) {
                return true;
            }
        }
        return false;
    }
}
