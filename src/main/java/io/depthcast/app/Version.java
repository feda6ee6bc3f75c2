package io.depthcast.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version that Maven wrote into the build. */
final class Version {
    /** Read once: the jar may be replaced while a gateway runs from it. */
    private static final String TEXT = read();

    private Version() {}

    static String text() {
        return TEXT;
    }

    private static String read() {
        try (InputStream in = Version.class.getResourceAsStream("/depthcast.properties")) {
            Properties properties = new Properties();
            properties.load(Objects.requireNonNull(in, "depthcast.properties is not on the class path"));
            return Objects.requireNonNull(properties.getProperty("version"), "depthcast.properties: no version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
