package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The public port with TLS, for clients of bare bytes. */
@NeedsProcesses
@NeedsSockets
@Timeout(300)
class TlsWireTest {
    private static final String ABORTS = "depthcast_slow_consumer_aborts_total";
    private static final String CLOSED_SLOW = "depthcast_closes_total{code=\"4000\"}";
    private static final String ALL_BOOKS = subscription("book", "*", ",\"depth\":25");
    private static final String SSE = "channel=book&symbol=BTC-USD&depth=25";
    private static final int KIB = 1_024;

    @TempDir
    static Path folder;

    private static TestCertificate certificate;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        certificate = TestCertificate.create(folder, "gateway");
        gateway = RunningGateway.start(RunningGateway.BUSY, RunningGateway.LIMITS, RunningGateway.PACE, certificate);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static SSLSocket connect() throws Exception {
        return certificate.connect(gateway.port(), 0);
    }

    @ParameterizedTest
    @CsvSource({"depthcast.v1.json,false", "depthcast.v1.json,true", "depthcast.v1.sbe,false", "depthcast.v1.sbe,true"})
    void shouldCarryProvedBooks(String subprotocol, boolean deflate) throws Exception {
        String[] headers = deflate
                ? new String[] {RawWebSocket.protocol(subprotocol), RawWebSocket.extensions(RawWebSocket.DEFLATE)}
                : new String[] {RawWebSocket.protocol(subprotocol)};
        try (Follower client = Follower.open(gateway, certificate, headers)) {
            client.socket.send(ALL_BOOKS);
            client.readUntil(() -> client.books.size() >= 500);

            assertThat(client.provedBooks()).isEqualTo(24);
            assertThat(client.deflated > 0).isEqualTo(deflate);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept-Encoding: identity", EventReader.GZIP})
    void shouldCarryServerSentEvents(String header) throws Exception {
        try (EventReader client = EventReader.over(connect(), gateway, SSE, header)) {
            client.readUntil(() -> client.books.size() >= 50);

            assertThat(client.provedBooks()).isEqualTo(1);
        }
    }

    @Test
    void shouldServePagesAndRest() throws Exception {
        try (InputStream page = TlsWireTest.class.getResourceAsStream("/web/index.html")) {
            HttpClient client =
                    HttpClient.newBuilder().sslContext(certificate.forJdk()).build();
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port() + "/"))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(answer.body()).isEqualTo(page.readAllBytes());
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
        }
        assertThat(gateway.get("/v1/book/BTC-USD?depth=10").json().getString("type"))
                .isEqualTo("snapshot");
    }

    @Test
    void shouldSayGoodbyeInTlsAfterTheCloseHandshake() throws Exception {
        try (RawWebSocket client = RawWebSocket.over(connect()).shakeHands()) {
            client.write(ClientFrames.close(1000));
            assertThat(client.closeCode()).isEqualTo(1000);
            // A connection that ends without close_notify fails here.
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void shouldWarnAndThenCloseAClientThatNeverReads() throws Exception {
        PaceSettings pace = RunningGateway.pace(Map.of("ackMillis", 100, "slowSeconds", 1, "slowCloseSeconds", 1));
        PaceSettings patient = RunningGateway.pace(Map.of("ackMillis", 100));
        try (RunningGateway hasty =
                        RunningGateway.start(RunningGateway.BUSY, RunningGateway.LIMITS, patient, certificate);
                Follower keen = Follower.open(hasty, certificate);
                RawWebSocket client = comesLater(hasty, RunningGateway.LIMITS, pace)) {
            keen.socket.send(ALL_BOOKS);
            client.answersPings = false;
            client.send(ALL_BOOKS);
            double pendingBytes = 0;
            while (hasty.metric(CLOSED_SLOW) < 1) {
                keepUp(keen);
                pendingBytes = Math.max(pendingBytes, hasty.metric("depthcast_pending_bytes"));
            }

            // Cipher text of one message at a time, beside what the good client has not acknowledged yet.
            assertThat(pendingBytes).isLessThan(128.0 * KIB);
            RawWebSocket.Message close = client.read(ClientFrames.CLOSE);
            assertThat(close.closeCode()).isEqualTo(4000);
            assertThat(close.text()).contains(" KiB pending");
        }
    }

    /** Held to these limits, which are not for who came before: on a busy machine that one may be late. */
    private static RawWebSocket comesLater(RunningGateway other, LimitSettings limits, PaceSettings pace)
            throws Exception {
        other.limit(limits, pace);
        return RawWebSocket.over(certificate.connect(other.port(), 4_096)).shakeHands();
    }

    /** Each answer is more cipher text than the gateway gave plain text; that must not look like bytes taken. */
    @Test
    void shouldAbortAClientThatTakesNothingWhateverItSends() throws Exception {
        LimitSettings limits = RunningGateway.soonStalled();
        PaceSettings patient = RunningGateway.pace(Map.of("slowSeconds", 60));
        try (RunningGateway other = RunningGateway.start(
                        RunningGateway.BUSY, RunningGateway.LIMITS, RunningGateway.PACE, certificate);
                Follower keen = Follower.open(other, certificate);
                RawWebSocket deaf = comesLater(other, limits, patient)) {
            keen.socket.send(ALL_BOOKS);
            deaf.send(subscription("book", "*", ",\"depth\":500"));
            while (other.metric(ABORTS) < 1) {
                sendWhileThere(deaf);
                keepUp(keen);
            }
            assertThat(other.metric(CLOSED_SLOW)).isZero();
        }
    }

    /** So few that their answers stay far below what may be pending, which is another reason to close. */
    private static void sendWhileThere(RawWebSocket deaf) {
        try {
            for (int i = 0; i < 10; i++) {
                deaf.send("{\"op\":\"ping\"}");
            }
        } catch (IOException cut) {
            assertThat(cut).isInstanceOfAny(SocketException.class, SSLException.class);
        }
    }

    private static void keepUp(Follower client) throws IOException {
        int updates = client.books.size();
        client.readUntil(() -> client.books.size() >= updates + 5);
    }

    @Test
    void shouldEndClearTextAtOnce() throws Exception {
        assertThat(answerTo(gateway, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII)))
                .doesNotContain("HTTP/1.1");
        assertThat(answerTo(gateway, new byte[16 * KIB])).doesNotContain("HTTP/1.1");
    }

    /** A head of a record that announces a ClientHello, and no more; and nothing at all. */
    @ParameterizedTest
    @ValueSource(strings = {"1603010100010000FC", ""})
    void shouldEndAHandshakeThatIsNotFinished(String begun) throws Exception {
        LimitSettings limits = RunningGateway.limits(Map.of("requestHeadSeconds", 1));
        try (RunningGateway hasty =
                RunningGateway.start(RunningGateway.BUSY, limits, RunningGateway.PACE, certificate)) {
            assertThat(answerTo(hasty, java.util.HexFormat.of().parseHex(begun)))
                    .isEmpty();
        }
    }

    /** Sends it and reads to the end, which a read does not wait for in vain. */
    private static String answerTo(RunningGateway asked, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), asked.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(bytes);
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (SocketException reset) {
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void shouldSpeakHttp11Only(String protocol) throws Exception {
        try (SSLSocket socket = connect()) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {protocol});
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
        }
    }

    @Test
    void shouldRefuseSuitesWithoutForwardSecrecyOrAuthenticatedEncryption() throws Exception {
        try (SSLSocket socket = connect()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(Arrays.stream(socket.getSupportedCipherSuites())
                    .filter(suite -> suite.contains("_CBC_") || suite.startsWith("TLS_RSA_") || suite.contains("_DHE_"))
                    .toArray(String[]::new));
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldNotLetAClientRenegotiate() throws Exception {
        try (SSLSocket socket = connect()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.startHandshake();
            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        if (socket.getInputStream().read() < 0) {
                            throw new EOFException();
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }
}
