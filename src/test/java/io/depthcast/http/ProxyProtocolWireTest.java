package io.depthcast.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of a proxy that says whose they are, before anything else. */
@Timeout(300)
@NeedsSockets
class ProxyProtocolWireTest {
    private static final String LINE = "PROXY TCP4 203.0.113.9 192.0.2.1 12345 443\r\n";
    private static final String BYTES = "0d0a0d0a000d0a515549540a2111000ccb007109c0000201303901bb";

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = ProxiedGateway.start(RunningGateway.QUIET, true);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCountTheClientByTheAddressThatTheProxySays(boolean line) throws IOException {
        byte[] header = line ? LINE.getBytes(US_ASCII) : HexFormat.of().parseHex(BYTES);
        try (RawWebSocket client = RawWebSocket.connect(gateway.port())) {
            // Byte by byte, for a network may cut it anywhere.
            for (byte each : header) {
                client.write(new byte[] {each});
            }
            client.shakeHands();
            String session = new JsonObject(client.read().text()).getString("session");

            assertThat(gateway.connections("?addresses=full").getJsonArray("connections").stream()
                            .map(JsonObject.class::cast)
                            .filter(each -> session.equals(each.getString("id")))
                            .map(each -> each.getString("address")))
                    .containsExactly("203.0.113.9");
        }
    }

    @Test
    void shouldCloseWhatSaysNothingAndBelieveNobodyElse() throws IOException {
        String request = "GET /v1/instruments HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        assertThat(exchange("127.0.0.1", LINE + request)).startsWith("HTTP/1.1 200 ");
        assertThat(exchange("127.0.0.1", request)).isEmpty();
        assertThat(exchange("127.0.0.2", request)).startsWith("HTTP/1.1 200 ");
        assertThat(exchange("127.0.0.2", LINE + request)).doesNotContain(" 200 ");
    }

    /** What comes until the end; nothing where the connection was cut. */
    private static String exchange(String from, String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.port(), InetAddress.getByName(from), 0)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (SocketException reset) {
            return "";
        }
    }
}
