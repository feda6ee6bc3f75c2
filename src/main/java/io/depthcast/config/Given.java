package io.depthcast.config;

import org.jspecify.annotations.Nullable;

/**
 * A value that a source gives for a key, not yet checked.
 *
 * @param text null where the source has something else than a text, which {@code got} names
 * @param got what a mistake says was found: {@code "abc"} in quotes, {@code a list}, {@code nothing}
 * @param origin where it stands: {@code conf/gateway.yaml}, {@code --set}, {@code DEPTHCAST_HTTP_PORT}
 */
public record Given(String key, @Nullable String text, String got, String origin) {
    public static Given text(String key, String text, String origin) {
        return new Given(key, text, '"' + text + '"', origin);
    }
}
