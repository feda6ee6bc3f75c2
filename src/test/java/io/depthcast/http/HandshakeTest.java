package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of requests as Vert.x reads them from the wire. */
@NeedsSockets
@ExtendWith(VertxExtension.class)
@Timeout(300)
class HandshakeTest {
    private static final BlockingQueue<Handshake.Result> RESULTS = new LinkedBlockingQueue<>();
    /** Of RFC 6455, 1.3. */
    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static int port;

    @BeforeAll
    static void listen(Vertx vertx) {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(request -> {
                    RESULTS.add(Handshake.check(request));
                    request.response().putHeader("Connection", "close").end();
                });
        port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @Test
    void shouldAcceptTheHandshakeOfTheRfc() throws Exception {
        assertThat(check(RawWebSocket.handshake())).isEqualTo(new Handshake.Accepted(Form.JSON, null, null, ACCEPT));
    }

    @Test
    void shouldAcceptWhatABrowserSends() throws Exception {
        String request = """
                GET /v1/stream?x=1 HTTP/1.1
                Host: localhost:8080
                Connection: keep-alive, Upgrade
                Pragma: no-cache
                Upgrade: WebSocket
                Origin: http://localhost:8080
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Content-Length: 0
                Sec-WebSocket-Protocol: depthcast.v1.sbe, depthcast.v1.json
                Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits

                """;
        assertThat(check(request.replace("\n", "\r\n")))
                .isEqualTo(new Handshake.Accepted(
                        Form.SBE_DEFLATED,
                        "depthcast.v1.sbe",
                        "permessage-deflate; client_no_context_takeover",
                        ACCEPT));
    }

    @Test
    void shouldReferToMessagesBeforeOnlyWhereThatWasNotRuledOut() {
        assertThat(List.of(
                        keepsWindow("permessage-deflate"),
                        keepsWindow("permessage-deflate; server_no_context_takeover")))
                .isEqualTo(List.of(true, false));
        assertThat(keepsWindow("x-webkit-deflate-frame")).isFalse();
    }

    private static boolean keepsWindow(String offer) {
        DeflateOffer chosen = DeflateOffer.choose(List.of(offer));
        return new Handshake.Accepted(Form.of(Encodings.SBE, chosen.windowBits()), null, chosen.response(), ACCEPT)
                .keepsWindow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "depthcast.v1.json                              | depthcast.v1.json",
                "depthcast.v1.compact, depthcast.v1.sbe         | depthcast.v1.compact",
                "depthcast.v2.compact, depthcast.v1.sbe         | depthcast.v1.sbe",
                "bearer.a.b.c, depthcast.v1.json                | depthcast.v1.json",
                "x,, depthcast.v1.json , depthcast.v1.sbe       | depthcast.v1.json",
            })
    void shouldSelectTheFirstSubprotocolItKnows(String offered, String selected) throws Exception {
        assertThat(check(RawWebSocket.handshake(RawWebSocket.protocol(offered))))
                .extracting(result -> ((Handshake.Accepted) result).subprotocol())
                .isEqualTo(selected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'GET '                         | 'POST '                      | 400 | bad-handshake",
                "' HTTP/1.1'                    | ' HTTP/1.0'                  | 400 | bad-handshake",
                "'Connection: Upgrade'          | 'Connection: keep-alive'     | 426 | upgrade-required",
                "'Connection: Upgrade'          | 'Connection: Upgraded'       | 426 | upgrade-required",
                "'Upgrade: websocket'           | 'Upgrade: h2c'               | 426 | upgrade-required",
                "'Version: 13'                  | 'Version: 8'                 | 426 | upgrade-required",
                "'Version: 13'                  | 'Version: 13, 8'             | 426 | upgrade-required",
                "'Sec-WebSocket-Version: 13'    | 'X: y'                       | 426 | upgrade-required",
                "'Sec-WebSocket-Version: 13'    | 'Sec-WebSocket-Version: 13%Sec-WebSocket-Version: 8'"
                        + "| 426 | upgrade-required",
                "'Key: dGhlIHNhbXBsZSBub25jZQ==' | 'Key: AAAA'                 | 400 | bad-handshake",
                "'Key: dGhlIHNhbXBsZSBub25jZQ==' | 'Key: '                     | 400 | bad-handshake",
                "'Key: dGhlIHNhbXBsZSBub25jZQ==' | 'Key: dGhl IHNhbXBsZSBub25jZQ==' | 400 | bad-handshake",
                "'Key: dGhlIHNhbXBsZSBub25jZQ==' | 'Key: dGhlIHNhbXBsZSBub25jZQ==%Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='"
                        + "| 400 | bad-handshake",
                "'Sec-WebSocket-Key'            | 'X-Key'                      | 400 | bad-handshake",
                "'Upgrade: websocket'           | 'Upgrade: websocket%Content-Length: 2' | 400 | bad-handshake",
                "'Upgrade: websocket'           | 'Upgrade: websocket%Transfer-Encoding: chunked' | 400 | bad-handshake",
                "'Upgrade: websocket'           | 'Upgrade: websocket%Sec-WebSocket-Protocol: depthcast.v2.json, chat'"
                        + "| 400 | unknown-subprotocol",
            })
    void shouldRefuse(String part, String instead, int status, String code) throws Exception {
        String request = RawWebSocket.handshake().replace(part, instead.replace("%", "\r\n"));
        assertThat(check(request)).isInstanceOfSatisfying(Handshake.Refused.class, refused -> assertThat(
                        refused.status() + " " + refused.code())
                .isEqualTo(status + " " + code));
    }

    private static Handshake.Result check(String request) throws Exception {
        try (RawWebSocket client = RawWebSocket.connect(port)) {
            client.write(request.getBytes(UTF_8));
            return RESULTS.poll(60, TimeUnit.SECONDS);
        }
    }
}
