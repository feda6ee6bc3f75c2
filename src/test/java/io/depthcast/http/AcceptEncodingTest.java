package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | true",
                "deflate, gzip, br, zstd | true",
                "br ; q=1.0 , GZIP ; q=0.5 | true",
                "x-gzip | true",
                "gzip;q=0.001 | true",
                "gzip;q=0 | false",
                "gzip; q=0.000, br | false",
                "identity | false",
                "* | false",
                "gzipped | false",
                "'' | false",
                ",,;,;q=,gzip | true",
            })
    void shouldTakeGzipWhereItIsNamedAndNotRefused(String header, boolean gzip) {
        assertThat(AcceptEncoding.isGzip(List.of(header))).isEqualTo(gzip);
    }

    @ParameterizedTest
    @CsvSource({"br,gzip,true", "br,identity,false"})
    void shouldReadEveryHeader(String first, String second, boolean gzip) {
        assertThat(AcceptEncoding.isGzip(List.of(first, second))).isEqualTo(gzip);
    }
}
