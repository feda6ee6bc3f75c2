package io.depthcast.app;

import io.depthcast.config.Catalogue;
import io.depthcast.config.Configuration;
import io.depthcast.config.Given;
import io.depthcast.config.Reading;
import io.depthcast.config.Source;
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
        Reading reading = Configuration.read(new Catalogue(Keys.ALL), List.of(new Source(given, List.of())), Rules.ALL);
        return Settings.of(((Reading.Accepted) reading).settings());
    }
}
