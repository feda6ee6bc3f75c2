package io.depthcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    @Test
    void shouldReadWhatItFormats() {
        Version version = new Version(1795363200000000L, 9007199254740991L);

        assertThat(version.format()).isEqualTo("1795363200000000:9007199254740991");
        assertThat(Version.parse(version.format())).isEqualTo(version);
        assertThat(Version.parse("0:0")).isEqualTo(new Version(0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "1",
                "1:",
                ":1",
                "1:2:3",
                "-1:2",
                "1:-2",
                "+1:2",
                " 1:2",
                "1: 2",
                "a:b",
                "1.0:2",
                "١:٢",
                "12345678901234567:1",
                "1:99999999999999999999"
            })
    void shouldRefuseAnythingElse(String text) {
        assertThat(Version.parse(text)).isNull();
    }
}
