package io.depthcast.app;

import io.depthcast.http.CertifiedKey;
import io.depthcast.http.CertifiedKeyReading.Wrong;
import io.depthcast.http.TlsSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lays sources over one another and checks every value, also those that a stronger source hides. */
final class Configuration {
    private final Catalogue catalogue;
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final List<String> mistakes = new ArrayList<>();

    private Configuration(Catalogue catalogue) {
        this.catalogue = catalogue;
        catalogue.keys().forEach(key -> settings.put(key.name(), new Setting(key, key.fallback(), Setting.DEFAULT)));
    }

    /** @param sources the strongest first */
    static Reading read(Catalogue catalogue, List<Source> sources, List<Rule> rules) {
        Configuration configuration = new Configuration(catalogue);
        for (Source source : sources) {
            configuration.mistakes.addAll(source.mistakes());
            source.given().forEach(configuration::check);
        }
        if (configuration.mistakes.isEmpty()) {
            rules.forEach(configuration::check);
            configuration.checkTls();
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

    private void check(Rule rule) {
        Setting setting = settings.get(rule.key());
        Setting other = settings.get(rule.other());
        if (setting == null || other == null || rule.holds().test((Long) setting.value(), (Long) other.value())) {
            return;
        }
        mistake(
                setting.origin(),
                rule.key(),
                "expected %s %s (%s, %s), got \"%s\""
                        .formatted(rule.expectation(), rule.other(), other.value(), other.origin(), setting.value()));
    }

    private void checkTls() {
        Setting certificate = settings.get(Wrong.CERTIFICATE);
        Setting privateKey = settings.get(Wrong.PRIVATE_KEY);
        if (certificate == null || privateKey == null) {
            return;
        }
        TlsSettings files = new TlsSettings((String) certificate.value(), (String) privateKey.value());
        if (files.isOn()) {
            if (CertifiedKey.read(files, Instant.now()) instanceof Wrong wrong) {
                Setting blamed = wrong.key().equals(Wrong.CERTIFICATE) ? certificate : privateKey;
                mistake(
                        blamed.origin(),
                        wrong.key(),
                        "expected %s, got \"%s\": %s".formatted(wrong.expectation(), blamed.value(), wrong.found()));
            }
        } else if (!files.equals(TlsSettings.OFF)) {
            boolean keyIsMissing = files.privateKey().equals(TlsSettings.NONE);
            Setting missing = keyIsMissing ? privateKey : certificate;
            Setting given = keyIsMissing ? certificate : privateKey;
            mistake(
                    missing.origin(),
                    missing.key().name(),
                    "expected a file, as for %s (%s, %s), got \"none\""
                            .formatted(given.key().name(), given.value(), given.origin()));
        }
    }

    private void mistake(String origin, String key, String complaint) {
        mistakes.add(origin + ": " + key + ": " + complaint);
    }
}
