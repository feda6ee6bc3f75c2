package io.depthcast.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7, 203.0.113.x, 203.0.113.7",
        "0.0.0.0, 0.0.0.0, 0.0.0.x, 0.0.0.0",
        "255.255.255.255, 255.255.255.255, 255.255.255.x, 255.255.255.255",
        "2001:db8:a:7::9, 2001:db8:a:7:0:0:0:9, 2001:db8:a:7::/64, 2001:db8:a:7:0:0:0:0",
        "FE80::ffff:ffff:ffff:ffff, fe80:0:0:0:ffff:ffff:ffff:ffff, fe80:0:0:0::/64, fe80:0:0:0:0:0:0:0",
        "::ffff:203.0.113.7, 203.0.113.7, 203.0.113.x, 203.0.113.7",
        "::1, 0:0:0:0:0:0:0:1, 0:0:0:0::/64, 0:0:0:0:0:0:0:0",
    })
    void shouldReadMaskAndCount(String text, String whole, String masked, String block) {
        Address address = address(text);

        assertThat(address).hasToString(whole);
        assertThat(address.masked()).isEqualTo(masked);
        assertThat(address.block()).hasToString(block);
        assertThat(address(whole)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4:80",
                "fe80::1%eth0",
                "[::1]",
                ":",
                ":::",
                "1::2::3",
                "12345::",
                "1:2:3:4:5:6:7:8:9",
                "unknown"
            })
    void shouldTakeNothingElseForAnAddress(String text) {
        assertThat(Address.parse(text)).isNull();
    }

    @Test
    void shouldKnowThisMachine() {
        assertThat(address("127.0.0.1").isLoopback()).isTrue();
        assertThat(address("127.255.0.9").isLoopback()).isTrue();
        assertThat(address("::1").isLoopback()).isTrue();
        assertThat(address("::ffff:127.0.0.1").isLoopback()).isTrue();
        assertThat(address("128.0.0.1").isLoopback()).isFalse();
        assertThat(address("::2").isLoopback()).isFalse();
        assertThat(address("1::1").isLoopback()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8 | 10.255.1.2 | true",
                "10.0.0.0/8 | 11.0.0.0 | false",
                "10.1.2.3/8 | 10.9.9.9 | true",
                "192.0.2.4 | 192.0.2.4 | true",
                "192.0.2.4 | 192.0.2.5 | false",
                "192.0.2.4/31 | 192.0.2.5 | true",
                "0.0.0.0/0 | 203.0.113.7 | true",
                "0.0.0.0/0 | ::1 | false",
                "::/0 | 203.0.113.7 | false",
                "::/0 | 2001:db8::1 | true",
                "fd00::/8 | fdff::1 | true",
                "fd00::/8 | fe00::1 | false",
                "2001:db8::/65 | 2001:db8::7fff:0:0:1 | true",
                "2001:db8::/65 | 2001:db8::8000:0:0:1 | false",
                "2001:db8::/64 | 2001:db8:0:1::1 | false",
                "10.0.0.0/8, fd00::/8 | fd00::1 | true",
                "none | 127.0.0.1 | false",
            })
    void shouldKnowTheAddressesOfARange(String networks, String inside, boolean contained) {
        assertThat(networks(networks).contains(address(inside))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/08", "x/8", "10.0.0.0/8,", ","})
    void shouldRefuseWhatIsNoRange(String text) {
        assertThat(Networks.parse(text)).isNull();
    }

    @Test
    void shouldSayRangesAsTheyAreRead() {
        assertThat(networks("10.0.0.0/8, 192.0.2.4")).hasToString("10.0.0.0/8,192.0.2.4/32");
        assertThat(networks("")).isEqualTo(Networks.NONE).hasToString("none");
        assertThat(networks("10.0.0.0/8,192.0.2.4/32")).isEqualTo(networks("10.0.0.0/8, 192.0.2.4"));
    }

    public static Address address(String text) {
        return Objects.requireNonNull(Address.parse(text), text);
    }

    private static Networks networks(String text) {
        return Objects.requireNonNull(Networks.parse(text), text);
    }
}
