package io.depthcast.app;

import io.depthcast.config.Catalogue;
import io.depthcast.config.Configuration;
import io.depthcast.config.Reading;
import io.depthcast.config.YamlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An operator's file: taken as a whole, or refused with mistakes that name it; never anything in between. */
public final class ConfigurationFuzz {
    private static final Catalogue CATALOGUE = new Catalogue(Keys.ALL);
    private static final Path FILE = file();

    private ConfigurationFuzz() {}

    private static Path file() {
        try {
            Path file = Files.createTempFile("gateway", ".yaml");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Files.write(FILE, data);
        Reading reading = Configuration.read(CATALOGUE, List.of(YamlFile.read(FILE, CATALOGUE)), List.of());
        if (reading instanceof Reading.Accepted accepted) {
            if (accepted.settings().size() != Keys.ALL.size()) {
                throw new AssertionError("half a configuration");
            }
            Settings.of(accepted.settings());
        } else if (reading instanceof Reading.Refused refused
                && refused.mistakes().isEmpty()) {
            throw new AssertionError("refused without a reason");
        }
    }
}
