package io.depthcast.app;

import io.depthcast.config.Catalogue;
import io.depthcast.config.Configuration;
import io.depthcast.config.Given;
import io.depthcast.config.Reading;
import io.depthcast.config.Source;
import io.depthcast.config.YamlFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Settings for tests, made the way an operator makes them. */
final class TestSettings {
    private TestSettings() {}

    /** The defaults, but for some keys: {@code with("http.port=0")}. */
    static Settings with(String... entries) {
        List<Given> given = Stream.of(entries)
                .map(entry -> entry.split("=", 2))
                .map(entry -> Given.text(entry[0], entry[1], "test"))
                .toList();
        return of(new Catalogue(Keys.ALL), new Source(given, List.of()));
    }

    /** Those of a file. */
    static Settings of(Path file) {
        Catalogue catalogue = new Catalogue(Keys.ALL);
        return of(catalogue, YamlFile.read(file, catalogue));
    }

    private static Settings of(Catalogue catalogue, Source source) {
        Reading reading = Configuration.read(catalogue, List.of(source), Rules.ALL);
        return Settings.of(((Reading.Accepted) reading).settings());
    }
}
