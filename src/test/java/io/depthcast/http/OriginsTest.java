package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "program",
            value = {
                "any, https://evil.example, localhost:8080, true",
                "same, program, localhost:8080, true",
                "same, http://localhost:8080, localhost:8080, true",
                "same, http://LOCALHOST:8080, localhost:8080, true",
                "same, http://localhost, localhost:80, true",
                "same, https://app.example, app.example, true",
                "same, https://app.example:443, app.example, true",
                "same, http://[::1]:8080, [::1]:8080, true",
                "same, http://localhost:8081, localhost:8080, false",
                "same, http://127.0.0.1:8080, localhost:8080, false",
                "same, https://evil.example, app.example, false",
                "same, https://app.example.evil, app.example, false",
                "same, null, localhost:8080, false",
                "same, file://, localhost:8080, false",
                "same, '', localhost:8080, false",
                "same, http://a b, localhost:8080, false",
                "'https://a.example,https://b.example', https://b.example, gateway:8080, true",
                "'https://a.example,https://b.example', program, gateway:8080, true",
                "'https://a.example,https://b.example', http://b.example, gateway:8080, false",
                "'https://a.example,https://b.example', http://gateway:8080, gateway:8080, false",
                "https://*.a.example, https://app.a.example, gateway:8080, true",
                "https://*.a.example, https://x.y.a.example, gateway:8080, true",
                "'http://b.example,https://*.a.example:8443', https://app.a.example:8443, gateway:8080, true",
                "https://*.a.example, https://a.example, gateway:8080, false",
                "https://*.a.example, http://app.a.example, gateway:8080, false",
                "https://*.a.example, https://app.a.example:8443, gateway:8080, false",
                "https://*.a.example, https://app.a.example.evil, gateway:8080, false",
                "https://*.a.example, https://evil.example/.a.example, gateway:8080, false",
                "https://*.a.example, https://evil.example:1@x.a.example, gateway:8080, false",
                "https://*.a.example, https://.a.example, gateway:8080, false",
                "https://*.a.example, https://*.a.example, gateway:8080, false",
            })
    void shouldAllowThePagesOfAFewOrigins(String configured, String origin, String host, boolean expected) {
        assertThat(Objects.requireNonNull(Origins.parse(configured)).allow(origin, host))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "none",
                "app.example",
                "https://a.example/",
                "https://a.example,",
                "https://*",
                "https://a.*.example",
                "https://a*.example"
            })
    void shouldNotTakeAnythingElseForOrigins(String text) {
        assertThat(Origins.parse(text)).isNull();
    }
}
