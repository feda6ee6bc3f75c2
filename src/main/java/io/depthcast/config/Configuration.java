package io.depthcast.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lays sources over one another and checks every value, also those that a stronger source hides. */
public final class Configuration {
    private final Catalogue catalogue;
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final List<String> mistakes = new ArrayList<>();

    private Configuration(Catalogue catalogue) {
        this.catalogue = catalogue;
        catalogue.keys().forEach(key -> settings.put(key.name(), new Setting(key, key.fallback(), Setting.DEFAULT)));
    }

    /** @param sources the strongest first */
    public static Reading read(Catalogue catalogue, List<Source> sources, List<Rule> rules) {
        Configuration configuration = new Configuration(catalogue);
        for (Source source : sources) {
            configuration.mistakes.addAll(source.mistakes());
            source.given().forEach(configuration::check);
        }
        if (configuration.mistakes.isEmpty()) {
            rules.forEach(rule -> configuration.mistakes.addAll(rule.mistakes(configuration.settings)));
        }
        return configuration.mistakes.isEmpty()
                ? new Reading.Accepted(List.copyOf(configuration.settings.values()))
                : new Reading.Refused(List.copyOf(configuration.mistakes));
    }

    private void check(Given given) {
        Key key = catalogue.named(given.key());
        if (key == null) {
            boolean section = catalogue.isSection(given.key());
            String got = section ? ", got " + given.got() : "";
            mistake(given.origin(), given.key(), catalogue.complaintAbout(given.key()) + got);
            return;
        }
        Object value = given.text() == null ? null : key.kind().parse(given.text());
        if (value == null) {
            mistake(
                    given.origin(),
                    key.name(),
                    "expected " + key.kind().expectation() + ", got " + key.shown(given.got()));
            return;
        }
        settings.computeIfPresent(
                key.name(),
                (name, held) -> held.origin().equals(Setting.DEFAULT) ? new Setting(key, value, given.origin()) : held);
    }

    private void mistake(String origin, String key, String complaint) {
        mistakes.add(Setting.mistake(origin, key, complaint));
    }
}
