package io.depthcast.http;

import static io.depthcast.http.RawWebSocket.handshake;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.admission.AdmissionSettings;
import io.depthcast.limit.Networks;
import io.depthcast.session.LimitSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, over real sockets. */
@NeedsSockets
@Timeout(300)
class AdmissionWireTest {
    private static final int MANY = 100_000;

    private RunningGateway gateway;
    private final List<RawWebSocket> clients = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (RawWebSocket client : clients) {
            client.close();
        }
        gateway.close();
    }

    private RawWebSocket open(String... headers) throws IOException {
        RawWebSocket client = RawWebSocket.open(gateway.port(), headers);
        clients.add(client);
        return client;
    }

    private void start(int connections, int perAddress, int perSecond, int burst, boolean exempt, String trusted) {
        start(RunningGateway.LIMITS, connections, perAddress, perSecond, burst, exempt, trusted);
    }

    private void start(
            LimitSettings limits,
            int connections,
            int perAddress,
            int perSecond,
            int burst,
            boolean exempt,
            String trusted) {
        gateway = RunningGateway.start(
                RunningGateway.QUIET,
                limits,
                new AdmissionSettings(
                        connections,
                        perAddress,
                        MANY,
                        MANY,
                        perSecond,
                        burst,
                        MANY,
                        exempt,
                        Objects.requireNonNull(Networks.parse(trusted))),
                DrainSettings.DEFAULT);
    }

    @Test
    void shouldHoldAnAddressToItsConnectionsAndTheForwardedOneBehindATrustedProxy() throws Exception {
        start(0, 2, MANY, MANY, false, "127.0.0.0/8");
        RawWebSocket one = open(from("203.0.113.7"));
        RawWebSocket two = open(from("6.6.6.6, 203.0.113.7"));
        open(from("203.0.113.8"));
        open();
        assertRefused(429, "too-many-connections", from("203.0.113.7"));

        one.send("{\"op\":\"ping\",\"id\":1}");
        assertThat(one.readReply().getInteger("id")).isEqualTo(1);
        two.reset();
        awaitPlace(from("203.0.113.7"));
        assertThat(gateway.metric("depthcast_admissions_total{outcome=\"too-many-connections\"}"))
                .isGreaterThanOrEqualTo(1);
    }

    @Test
    void shouldNotBelieveAnybodyWhoIsNotATrustedProxy() throws Exception {
        start(0, 1, MANY, MANY, false, "10.0.0.0/8");
        open(from("203.0.113.7"));
        assertRefused(429, "too-many-connections", from("203.0.113.8"));
        assertRefused(429, "too-many-connections", "Forwarded: for=203.0.113.9");
    }

    @Test
    void shouldTellACrowdWhenToComeBack() throws Exception {
        AdmissionSettings slow = new AdmissionSettings(0, MANY, MANY, MANY, MANY, MANY, 1, true, Networks.NONE);
        LimitSettings limits = RunningGateway.limits(Map.of());
        gateway = RunningGateway.start(RunningGateway.QUIET, limits, slow, DrainSettings.DEFAULT);
        String head = attempt();
        while (head.startsWith("HTTP/1.1 101 ")) {
            head = attempt();
        }

        assertThat(head).startsWith("HTTP/1.1 503 ").containsIgnoringCase("Retry-After: 1");
        assertThat(gateway.metric("depthcast_admissions_total{outcome=\"crowded\"}"))
                .isEqualTo(1);
    }

    @Test
    void shouldHoldAnAddressToItsHandshakes() throws Exception {
        start(0, MANY, 1, 1, false, "none");
        String head = attempt();
        while (head.startsWith("HTTP/1.1 101 ")) {
            head = attempt();
        }

        assertThat(head).startsWith("HTTP/1.1 429 ").containsIgnoringCase("Retry-After: 1");
        assertThat(gateway.metric("depthcast_admissions_total{outcome=\"too-many-handshakes\"}"))
                .isEqualTo(1);
    }

    @Test
    void shouldHoldTheNodeToItsConnectionsAndThisMachineToNothingElse() throws Exception {
        start(3, 1, 1, 1, true, "none");
        open();
        open();
        RawWebSocket three = open();
        assertRefused(503, "full");
        assertThat(gateway.metric("depthcast_handshakes_total{status=\"503\"}")).isEqualTo(1);
        three.close();
        awaitPlace();
    }

    @Test
    void shouldGiveBackThePlaceOfWhoeverIsGoneHoweverItWent() throws Exception {
        start(0, 3, MANY, MANY, false, "none");
        for (int i = 0; i < 60; i++) {
            RawWebSocket client = RawWebSocket.connect(gateway.port());
            client.write(handshake().getBytes(UTF_8));
            switch (i % 4) {
                case 0 -> client.reset();
                case 1 -> client.close();
                case 2 -> {
                    client.write(ClientFrames.unmasked(ClientFrames.FIN | ClientFrames.TEXT));
                    client.reset();
                }
                default -> {
                    client.write(ClientFrames.close(1000));
                    readToTheEnd(client);
                    client.close();
                }
            }
        }

        awaitPlace();
        awaitPlace();
        awaitPlace();
        assertRefused(429, "too-many-connections");
    }

    @Test
    void shouldCutAFurtherRequestThatComesTooSlowly() throws Exception {
        start(RunningGateway.limits(Map.of("requestHeadSeconds", 1)), 0, 1, 1, 1, true, "none");
        try (RawWebSocket slow = RawWebSocket.answered(gateway.port())) {
            slow.write("GET /v1/nothing HTTP/1.1\r\nX: ".getBytes(UTF_8));
            readToTheEnd(slow);
        }
    }

    private static void readToTheEnd(RawWebSocket client) throws IOException {
        try {
            while (!client.isEnded()) {
                assertThat(client).isNotNull();
            }
        } catch (SocketException ended) {
            assertThat(ended).isNotNull();
        }
    }

    @Test
    void shouldHoldAnAddressToItsRequestsForBooks() throws Exception {
        gateway = withFewRequests("127.0.0.0/8");
        RunningGateway.HttpAnswer answer = ask("203.0.113.7");
        assertThat(answer.status()).isEqualTo(200);
        while (answer.status() == 200) {
            answer = ask("203.0.113.7");
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.head()).containsIgnoringCase("Retry-After: 1");
        assertThat(answer.json().getJsonObject("error").getString("code")).isEqualTo("too-many-requests");
        assertThat(ask("203.0.113.8").status()).isEqualTo(200);
        assertThat(gateway.metric("depthcast_rate_limited_total{limit=\"requests\"}"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v1/instruments", "POST /v1/tickets", "HEAD /v1/sse?channel=book&symbol=BTC-USD"})
    void shouldHoldAnAddressToItsRequestsBeforeItLooksAtTheirTokens(String request) throws Exception {
        gateway = withFewRequests("127.0.0.0/8");
        RunningGateway.HttpAnswer answer = ask(request, "203.0.113.7");
        while (answer.status() != 429) {
            answer = ask(request, "203.0.113.7");
        }
        assertThat(answer.head()).containsIgnoringCase("Retry-After: 1");
        assertThat(ask(request, "203.0.113.8").status()).isNotEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/book/BTC-USD", "/nope", "/v1/tickets"})
    void shouldServeNothingMoreOfAConnectionThatHasAskedTooOften(String path) throws Exception {
        gateway = withFewRequests("none");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(60_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            // No more than fit into one write of the kernel: what is not read when it ends would take the answers
            // along.
            socket.getOutputStream().write(request.repeat(14).getBytes(UTF_8));
            String answers = new String(socket.getInputStream().readAllBytes(), UTF_8);
            String[] each = answers.split("(?=HTTP/1.1 )");
            assertThat(each).hasSizeBetween(5, 13);
            assertThat(each[each.length - 1]).startsWith("HTTP/1.1 429 ").containsIgnoringCase("Connection: close");
            assertThat(answers.indexOf("HTTP/1.1 429 ")).isEqualTo(answers.lastIndexOf("HTTP/1.1 429 "));
        }
    }

    /** That has only its limit of requests: four at once, and one a second. */
    private static RunningGateway withFewRequests(String trustedProxies) throws Exception {
        AdmissionSettings open = new AdmissionSettings(
                0, MANY, MANY, MANY, MANY, MANY, MANY, false, Objects.requireNonNull(Networks.parse(trustedProxies)));
        return RunningGateway.start(
                RunningGateway.QUIET, RunningGateway.pace(Map.of("snapshotsPerSecond", 1, "snapshotBurst", 4)), open);
    }

    private RunningGateway.HttpAnswer ask(String address) throws IOException {
        return ask("GET /v1/book/BTC-USD?depth=10", address);
    }

    private RunningGateway.HttpAnswer ask(String request, String address) throws IOException {
        return RunningGateway.exchange(
                gateway.port(),
                request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + from(address) + "\r\n\r\n");
    }

    private static String from(String addresses) {
        return "X-Forwarded-For: " + addresses;
    }

    private void assertRefused(int status, String code, String... headers) throws IOException {
        RunningGateway.HttpAnswer answer = RunningGateway.exchange(gateway.port(), handshake(headers));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().getJsonObject("error").getString("code")).isEqualTo(code);
        assertThat(answer.head()).containsIgnoringCase("Retry-After: ").containsIgnoringCase("Connection: close");
    }

    /** The head of the answer to one handshake. */
    private String attempt() throws IOException {
        try (RawWebSocket client = RawWebSocket.connect(gateway.port())) {
            client.write(handshake().getBytes(UTF_8));
            return client.readHead();
        }
    }

    /** A place may be free only when the gateway has noticed the end of a connection. */
    private void awaitPlace(String... headers) throws IOException {
        while (true) {
            RawWebSocket client = RawWebSocket.connect(gateway.port());
            clients.add(client);
            client.write(handshake(headers).getBytes(UTF_8));
            if (client.readHead().startsWith("HTTP/1.1 101 ")) {
                return;
            }
        }
    }
}
