package io.depthcast.app;

import io.depthcast.auth.AuthSettings;
import io.depthcast.config.Rule;
import io.depthcast.config.Setting;
import io.depthcast.http.CertifiedKey;
import io.depthcast.http.CertifiedKeyReading.Wrong;
import io.depthcast.http.IngestSettings;
import io.depthcast.http.TlsSettings;
import io.depthcast.kafka.KafkaSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What must hold between the values of several keys. */
final class Rules {
    static final List<Rule> ALL = List.of(
            // Vert.x shares a port between two of its servers, and would show metrics on the public one at random.
            Rule.between("management.port", "http.port", (a, b) -> !a.equals(b) || a == 0, "a port other than"),
            Rules::ingest,
            Rules::node,
            Rule.between("limits.messageBytes", "limits.frameBytes", (a, b) -> a >= b, "at least"),
            Rules::tls,
            KafkaRules::mistakes,
            OwnSources.FOUND::mistakes);

    private Rules() {}

    private static List<String> ingest(Map<String, Setting> settings) {
        Setting port = settings.get("ingest.port");
        Setting host = settings.get("ingest.host");
        Setting keys = settings.get("auth.keys");
        if (port == null || host == null || keys == null) {
            return List.of();
        }
        IngestSettings ingest = new IngestSettings((String) host.value(), (String) port.value());
        List<String> mistakes = new ArrayList<>();
        for (String other : List.of("http.port", "management.port")) {
            Setting taken = settings.get(other);
            if (taken != null && !ingest.port().equals("0") && ingest.port().equals(String.valueOf(taken.value()))) {
                mistakes.add(port.mistake("expected a port other than %s (%s, %s), got \"%s\""
                        .formatted(other, taken.value(), taken.origin(), port.value())));
            }
        }
        if (ingest.isOn() && !ingest.isLocal() && keys.value().equals(AuthSettings.NONE)) {
            mistakes.add(
                    host.mistake("expected an address of this machine such as 127.0.0.1 as long as auth.keys is none,"
                            + " for anybody could tell prices; got \"" + host.value() + "\""));
        }
        return mistakes;
    }

    private static List<String> node(Map<String, Setting> settings) {
        Setting role = settings.get("node.role");
        Setting bootstrap = settings.get("kafka.bootstrap");
        Setting name = settings.get("kafka.name");
        if (role == null || bootstrap == null || name == null || role.value().equals(NodeSettings.ALL)) {
            return List.of();
        }
        for (Setting needed : List.of(bootstrap, name)) {
            if (needed.value().equals(KafkaSettings.NONE)) {
                return List.of(
                        role.mistake("expected all as long as %s is none, for there is no log to share; got \"%s\""
                                .formatted(needed.key().name(), role.value())));
            }
        }
        return List.of();
    }

    private static List<String> tls(Map<String, Setting> settings) {
        Setting certificate = settings.get(Wrong.CERTIFICATE);
        Setting privateKey = settings.get(Wrong.PRIVATE_KEY);
        if (certificate == null || privateKey == null) {
            return List.of();
        }
        TlsSettings files = new TlsSettings((String) certificate.value(), (String) privateKey.value());
        if (files.isOn()) {
            return CertifiedKey.read(files, Instant.now()) instanceof Wrong wrong
                    ? List.of(complaint(wrong, wrong.key().equals(Wrong.CERTIFICATE) ? certificate : privateKey))
                    : List.of();
        }
        return files.equals(TlsSettings.OFF) ? List.of() : List.of(oneIsMissing(files, certificate, privateKey));
    }

    private static String complaint(Wrong wrong, Setting blamed) {
        return blamed.mistake(
                "expected %s, got \"%s\": %s".formatted(wrong.expectation(), blamed.value(), wrong.found()));
    }

    private static String oneIsMissing(TlsSettings files, Setting certificate, Setting privateKey) {
        boolean keyIsMissing = files.privateKey().equals(TlsSettings.NONE);
        Setting missing = keyIsMissing ? privateKey : certificate;
        Setting given = keyIsMissing ? certificate : privateKey;
        return missing.mistake("expected a file, as for %s (%s, %s), got \"none\""
                .formatted(given.key().name(), given.value(), given.origin()));
    }
}
