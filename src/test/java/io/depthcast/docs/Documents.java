package io.depthcast.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The documents as the gateway finds them on the class path. */
final class Documents {
    private Documents() {}

    /** @param name below {@code /docs/} */
    static String text(String name) {
        try (InputStream file = Documents.class.getResourceAsStream("/docs/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
