package io.depthcast.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a header lists between its commas (RFC 9110, 5.6.1). */
final class HeaderTokens {
    private HeaderTokens() {}

    /** In the order told, without empty ones. */
    static List<String> of(List<String> values) {
        List<String> tokens = new ArrayList<>();
        for (String value : values) {
            Arrays.stream(value.split(",", -1))
                    .map(String::trim)
                    .filter(token -> !token.isEmpty())
                    .forEach(tokens::add);
        }
        return tokens;
    }
}
