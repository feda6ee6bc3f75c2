package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.limit.Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers of the PROXY protocol, both versions, and what is none. */
class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String V4 = "2111000ccb007109c0000201303901bb";

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 203.0.113.9 192.0.2.1 12345 443, 203.0.113.9",
        "PROXY TCP6 2001:db8::7 2001:db8::1 12345 443, 2001:db8::7",
        "PROXY UNKNOWN, ",
        "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535, "
    })
    void shouldReadALineAndLeaveWhatFollows(String line, @Nullable String client) {
        shouldRead((line + "\r\n").getBytes(StandardCharsets.US_ASCII), client);
    }

    @ParameterizedTest
    @CsvSource({
        V4 + ", 203.0.113.9",
        // With names and checksums behind the addresses.
        "21110013cb007109c0000201303901bb030004a9b87e8f, 203.0.113.9",
        "2121002420010db800000000000000000000000720010db8000000000000000000000001303901bb, 2001:db8::7",
        // A check of the proxy's own, an address that is not one of the internet, and a datagram's.
        "2011000ccb007109c0000201303901bb, ",
        "20000000, ",
        "21000000, ",
        "2112000ccb007109c0000201303901bb, "
    })
    void shouldReadBytesAndLeaveWhatFollows(String rest, @Nullable String client) {
        shouldRead(HexFormat.of().parseHex(SIGNATURE + rest), client);
    }

    private static void shouldRead(byte[] header, @Nullable String client) {
        Address expected = client == null ? null : Address.parse(client);
        for (int cut = 1; cut < header.length; cut++) {
            assertThat(read(header, cut, "")).as("%d bytes", cut).isEqualTo(ProxyHeader.INCOMPLETE);
        }
        assertThat(read(header, header.length, "")).isEqualTo(new ProxyHeader.Told(expected, header.length));
        assertThat(read(header, header.length, "GET / HTTP/1.1\r\n"))
                .isEqualTo(new ProxyHeader.Told(expected, header.length));
    }

    private static ProxyHeader read(byte[] header, int length, String more) {
        ByteBuf received = Unpooled.buffer().writeZero(3).skipBytes(3);
        received.writeBytes(header, 0, length).writeBytes(more.getBytes(StandardCharsets.US_ASCII));
        return ProxyHeader.read(received);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "PROXY \r\n",
                "PROXY TCP4\r\n",
                "PROXY TCP4 203.0.113.9 192.0.2.1 12345 443\n",
                "PROXY TCP4 203.0.113.9 192.0.2.1 12345\r\n",
                "PROXY TCP4 203.0.113.999 192.0.2.1 12345 443\r\n",
                "PROXY TCP4 gateway.example 192.0.2.1 12345 443\r\n",
                "PROXY UDP4 203.0.113.9 192.0.2.1 12345 443\r\n",
                "PROXY  TCP4 203.0.113.9 192.0.2.1 12345 443\r\n",
                "proxy TCP4 203.0.113.9 192.0.2.1 12345 443\r\n",
                "\r\n\r\nGET"
            })
    void shouldTakeNothingElseForALine(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(read(bytes, bytes.length, "")).isEqualTo(ProxyHeader.BAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1111000c", "2211000c", "21111001", "21110004cb007109", "2121000ccb007109c0000201303901bb"})
    void shouldTakeNothingElseForBytes(String rest) {
        byte[] bytes = HexFormat.of().parseHex(SIGNATURE + rest);
        assertThat(read(bytes, bytes.length, "")).isEqualTo(ProxyHeader.BAD);
    }

    @ParameterizedTest
    @ValueSource(ints = {106, 107, 4_000})
    void shouldNotWaitForTheEndOfALineForEver(int length) {
        byte[] bytes = ("PROXY " + "x".repeat(length - 6)).getBytes(StandardCharsets.US_ASCII);
        assertThat(read(bytes, bytes.length, "")).isEqualTo(length < 107 ? ProxyHeader.INCOMPLETE : ProxyHeader.BAD);
    }
}
