package io.depthcast.app;

import io.depthcast.config.Rule;
import io.depthcast.config.Setting;
import io.depthcast.http.CertifiedKey;
import io.depthcast.http.CertifiedKeyReading.Wrong;
import io.depthcast.http.TlsSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What must hold between the values of several keys. */
final class Rules {
    static final List<Rule> ALL = List.of(
            // Vert.x shares a port between two of its servers, and would show metrics on the public one at random.
            Rule.between("management.port", "http.port", (a, b) -> !a.equals(b) || a == 0, "a port other than"),
            Rule.between("limits.messageBytes", "limits.frameBytes", (a, b) -> a >= b, "at least"),
            Rules::tls);

    private Rules() {}

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
