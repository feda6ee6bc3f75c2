package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.limit.Address;
import io.depthcast.limit.Networks;
import io.vertx.core.MultiMap;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedAddressTest {
    private static final Networks TRUSTED = Objects.requireNonNull(Networks.parse("10.0.0.0/8, fd00::/8"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // the peer    | X-Forwarded-For                    | Forwarded                              | client
                "203.0.113.7   | -                                  | -                                      | 203.0.113.7",
                "203.0.113.7   | 198.51.100.1                       | for=198.51.100.1                       | 203.0.113.7",
                "10.0.0.1      | -                                  | -                                      | 10.0.0.1",
                "10.0.0.1      | 198.51.100.1                       | -                                      | 198.51.100.1",
                "10.0.0.1      | 6.6.6.6, 198.51.100.1              | -                                      | 198.51.100.1",
                "10.0.0.1      | 6.6.6.6, 198.51.100.1, 10.0.0.2    | -                                      | 198.51.100.1",
                "10.0.0.1      | 10.0.0.3, 10.0.0.2                 | -                                      | 10.0.0.3",
                "10.0.0.1      | 198.51.100.1:4711                  | -                                      | 198.51.100.1",
                "10.0.0.1      | 2001:db8::7                        | -                                      | 2001:db8::7",
                "10.0.0.1      | '[2001:db8::7]:4711'               | -                                      | 2001:db8::7",
                "10.0.0.1      | 198.51.100.1, unknown              | -                                      | 10.0.0.1",
                "10.0.0.1      | 198.51.100.1, unknown, 10.0.0.2    | -                                      | 10.0.0.2",
                "10.0.0.1      | ''                                 | -                                      | 10.0.0.1",
                "fd00::1       | 198.51.100.1                       | -                                      | 198.51.100.1",
                "10.0.0.1      | -                                  | for=198.51.100.1                       | 198.51.100.1",
                "10.0.0.1      | -                                  | for=6.6.6.6, For=198.51.100.1;proto=https | 198.51.100.1",
                "10.0.0.1      | -                                  | 'by=10.0.0.1;for=\"[2001:db8::7]:80\"' | 2001:db8::7",
                "10.0.0.1      | -                                  | for=_hidden                            | 10.0.0.1",
                "10.0.0.1      | -                                  | proto=https                            | 10.0.0.1",
                "10.0.0.1      | 198.51.100.1                       | for=198.51.100.1                       | 198.51.100.1",
                "10.0.0.1      | 198.51.100.1                       | for=6.6.6.6                            | 10.0.0.1",
            })
    void shouldBelieveWhatTrustedProxiesSayAndNothingElse(String peer, String plain, String standard, String client) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        add(headers, "X-Forwarded-For", plain);
        add(headers, "Forwarded", standard);

        assertThat(ForwardedAddress.of(address(peer), headers, TRUSTED)).isEqualTo(address(client));
    }

    /** As several headers of the same name, which mean the same as one. */
    private static void add(MultiMap headers, String name, String value) {
        if (value != null) {
            for (String part : value.split(", ", -1)) {
                headers.add(name, part);
            }
        }
    }

    private static Address address(String text) {
        return Objects.requireNonNull(Address.parse(text), text);
    }
}
