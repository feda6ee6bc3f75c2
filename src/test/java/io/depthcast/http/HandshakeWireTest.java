package io.depthcast.http;

import static io.depthcast.http.RawWebSocket.handshake;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway.HttpAnswer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The public port against requests of bare bytes. */
@NeedsSockets
@Timeout(300)
class HandshakeWireTest {
    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(RunningGateway.QUIET, RunningGateway.LIMITS);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' HTTP/1.1'           | ' HTTP/1.0'                         | 400 | bad-handshake",
                "'Host: localhost'     | 'X: y'                              | 400 | bad-request",
                "'Host: localhost'     | 'Host: a%Host: b'                   | 400 | bad-request",
                "'Version: 13'         | 'Version: 8'                        | 426 | upgrade-required",
                "'Key: dGhlIHNhbXBsZSBub25jZQ==' | 'Key: AAAA'               | 400 | bad-handshake",
                "'Sec-WebSocket-Key: ' | 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==%Sec-WebSocket-Key: '"
                        + "| 400 | bad-handshake",
                "'Upgrade: websocket'  | 'Upgrade: websocket%Content-Length: 5' | 400 | bad-handshake",
                "'/v1/stream'          | '/v1/streams'                       | 404 | not-found",
                "'Upgrade: websocket'  | 'Upgrade: websocket%Sec-WebSocket-Protocol: chat, depthcast.v9'"
                        + "| 400 | unknown-subprotocol",
            })
    void shouldRefuseInJsonAndEndTheConnection(String part, String instead, int status, String code)
            throws IOException {
        String request =
                handshake("Sec-WebSocket-Extensions: permessage-deflate").replace(part, instead.replace("%", "\r\n"));
        // Only the refusals of a handshake end the connection by themselves.
        HttpAnswer answer = RunningGateway.exchange(
                gateway.port(), status == 404 ? request.replace("Connection: Upgrade", "Connection: close") : request);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.head()).containsIgnoringCase("content-type: application/json");
        assertThat(answer.json().getJsonObject("error").getString("code")).isEqualTo(code);
        assertThat(answer.head().contains("Sec-WebSocket-Version: 13")).isEqualTo(status == 426);
    }

    @Test
    void shouldRefuseAHeadThatIsTooLarge() throws IOException {
        assertThat(RunningGateway.exchange(gateway.port(), handshake("X: " + "y".repeat(9_000)))
                        .status())
                .isEqualTo(431);
        String longPath = handshake().replace("/v1/stream", "/" + "y".repeat(5_000));
        assertThat(RunningGateway.exchange(gateway.port(), longPath).status()).isEqualTo(414);
    }

    /** One whose clients are not to be held up by a busy machine, for it waits no longer. */
    private static RunningGateway impatient() throws ReflectiveOperationException {
        return RunningGateway.start(RunningGateway.QUIET, RunningGateway.limits(Map.of("requestHeadSeconds", 1)));
    }

    @Test
    void shouldEndAConnectionThatSaysNothing() throws Exception {
        try (RunningGateway impatient = impatient();
                RawWebSocket silent = RawWebSocket.connect(impatient.port())) {
            assertThat(silent.isEnded()).isTrue();
        }
    }

    @Test
    void shouldEndAConnectionThatSpeaksTooSlowly() throws Exception {
        try (RunningGateway impatient = impatient();
                RawWebSocket slow = RawWebSocket.connect(impatient.port())) {
            slow.write("GET /v1/stream HTTP/1.1\r\nX: ".getBytes(UTF_8));
            slow.readWaitsAtMost(100);
            while (!isEndedOrWaiting(slow)) {
                slow.write((byte) 'y');
            }
        }
    }

    private static boolean isEndedOrWaiting(RawWebSocket slow) throws IOException {
        try {
            return slow.isEnded();
        } catch (SocketTimeoutException waits) {
            return false;
        } catch (SocketException reset) {
            // By a letter that came when it had ended.
            return true;
        }
    }

    @Test
    void shouldAnswerTheChosenSubprotocolAndExtension() throws IOException {
        try (RawWebSocket client = RawWebSocket.connect(gateway.port())) {
            client.write(handshake(
                            "Sec-WebSocket-Protocol: chat, depthcast.v1.sbe",
                            "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=12")
                    .getBytes(UTF_8));
            assertThat(client.readHead().lines())
                    .startsWith("HTTP/1.1 101 Switching Protocols")
                    .contains(
                            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                            "Sec-WebSocket-Protocol: depthcast.v1.sbe",
                            "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover;"
                                    + " server_max_window_bits=12");
        }
    }

    @Test
    void shouldOfferNothingThatWasNotAskedFor() throws IOException {
        try (RawWebSocket client = RawWebSocket.connect(gateway.port())) {
            client.write(handshake().getBytes(UTF_8));
            assertThat(client.readHead()).doesNotContain("Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions");
            JsonObject welcome = new JsonObject(client.read().text());
            assertThat(welcome.getString("op")).isEqualTo("welcome");
            assertThat(welcome.fieldNames())
                    .containsExactly("op", "session", "server", "time", "flushMillis", "limits");
        }
    }

    @Test
    void shouldNotLoseFramesRightBehindTheHandshakeWhereverTheBytesAreCut() throws IOException {
        byte[] bytes = ClientFrames.join(
                handshake().getBytes(UTF_8),
                ClientFrames.text("{\"op\":\"ping\",\"id\":1}"),
                ClientFrames.ping(3),
                ClientFrames.text("{\"op\":\"ping\",\"id\":2}"));
        for (int cut = 1; cut <= bytes.length; cut++) {
            try (RawWebSocket client = RawWebSocket.connect(gateway.port())) {
                client.write(Arrays.copyOf(bytes, cut));
                client.write(Arrays.copyOfRange(bytes, cut, bytes.length));
                assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
                assertThat(client.readReply().getInteger("id"))
                        .as("cut at %d", cut)
                        .isEqualTo(1);
                assertThat(client.read().opcode()).isEqualTo(ClientFrames.PONG);
                assertThat(client.readReply().getInteger("id")).isEqualTo(2);
            }
        }
    }

    @Test
    void shouldAnswerTheHandshakeBeforeItRefusesAFrameRightBehindIt() throws IOException {
        try (RawWebSocket client = RawWebSocket.connect(gateway.port())) {
            client.write(ClientFrames.join(
                    handshake().getBytes(UTF_8), ClientFrames.unmasked(ClientFrames.FIN | ClientFrames.TEXT)));
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
            assertThat(client.closeCode()).isEqualTo(1002);
        }
    }
}
