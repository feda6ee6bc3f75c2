package io.depthcast.docs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Scanner;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The protocol as a page, and its statements about the handshake. */
@NeedsSockets
@Timeout(300)
class ProtocolPageTest {
    @RegisterExtension
    static final AskedGateway GATEWAY = new AskedGateway();

    @Test
    void shouldBeServedAsHtmlWithTables() throws Exception {
        AskedGateway.Reply page = GATEWAY.get("/docs/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.contentType()).isEqualTo("text/html");
        assertThat(page.text())
                .startsWith("<!doctype html>")
                .contains("<table>")
                .doesNotContain("|---|");
    }

    @Test
    void shouldLinkToNothingThatIsMissing() throws Exception {
        String page = GATEWAY.get("/docs/").text();

        assertThat(found("href=\"#([^\"]+)\"", page)).isNotEmpty().allSatisfy(anchor -> assertThat(page)
                .contains("id=\"" + anchor + "\""));
        List<String> links = found("(?:href|src)=\"(?!#|https?:)([^\"]*)\"", page);
        assertThat(links).hasSizeGreaterThan(10).noneMatch(link -> link.startsWith("/"));
        assertThat(links).allSatisfy(link -> assertThat(
                        GATEWAY.get(URI.create("/docs/").resolve(link).getPath())
                                .status())
                .as(link)
                .isEqualTo(200));
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    @Test
    void shouldStandBesideTheSchemaOfTheEncoder() throws Exception {
        try (InputStream schema = ProtocolPageTest.class.getResourceAsStream("/depthcast-sbe.xml")) {
            assertThat(GATEWAY.get("/docs/depthcast-sbe.xml").text())
                    .isEqualTo(new String(Objects.requireNonNull(schema).readAllBytes(), UTF_8));
        }
    }

    static List<List<String>> deflateOffers() {
        return Markdown.of("protocol.md").section("Compression").table(0);
    }

    @ParameterizedTest
    @MethodSource("deflateOffers")
    void shouldNegotiateCompressionAsItsTableSays(List<String> row) throws Exception {
        String response = handshake(
                "Sec-WebSocket-Extensions: " + Markdown.code(row.get(0)).get(0));

        assertThat(response).startsWith("HTTP/1.1 101 ");
        List<String> answered = Markdown.code(row.get(1));
        assertThat(found("(?i)sec-websocket-extensions: ([^\r]*)", response)).isEqualTo(answered);
    }

    @Test
    void shouldRefuseSubprotocolsItDoesNotKnow() throws Exception {
        assertThat(handshake("Sec-WebSocket-Protocol: depthcast.v2.sbe, chat")).startsWith("HTTP/1.1 400 ");
        assertThat(handshake("Sec-WebSocket-Protocol: depthcast.v2.sbe, depthcast.v1.sbe, depthcast.v1.json"))
                .startsWith("HTTP/1.1 101 ")
                .containsIgnoringCase("Sec-WebSocket-Protocol: depthcast.v1.sbe\r");
    }

    /** Sends an opening handshake with one header more and returns the head of the answer. */
    private static String handshake(String header) throws Exception {
        String request = String.join(
                "\r\n",
                "GET /v1/stream HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                header,
                "",
                "");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), GATEWAY.port());
                Scanner answer = new Scanner(socket.getInputStream(), ISO_8859_1).useDelimiter("\r\n\r\n")) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return answer.next() + "\r\n";
        }
    }
}
