package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plain HTTP that takes all there is of memory or descriptors, beside clients that notice nothing. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NeedsProcesses
@NeedsSockets
class ExhaustionTest {
    private static final String OPEN = "depthcast_sockets";
    private static final int GOOD = 8;
    /** Good clients wait while the attackers act, for as long as these need on a busy machine. */
    private static final String PATIENT = "limits.slowSeconds=60";

    @TempDir
    Path folder;

    private final List<Socket> attackers = new ArrayList<>();

    @AfterEach
    void leave() throws IOException {
        for (Socket attacker : attackers) {
            attacker.close();
        }
    }

    @Test
    void shouldSendADocumentToThousandsThatDoNotReadItFromOneBuffer() throws Exception {
        try (GatewayProcess gateway =
                        new GatewayProcess(folder, "true", List.of("-Xmx128m"), PATIENT, "limits.stalledSeconds=600");
                GoodClients good = GoodClients.connect(gateway.port(), gateway.instruments(), GOOD)) {
            double before = gateway.metric("depthcast_direct_memory_used_bytes");
            for (int i = 0; i < 1_250; i++) {
                attack(gateway.port()).getOutputStream().write(GatewayProcess.request("/docs/"));
                if (i % 250 == 0) {
                    good.keepUp();
                }
            }
            while (gateway.metric(OPEN) < 1_250 + GOOD) {
                good.keepUp();
            }
            good.keepUp();
            double after = gateway.metric("depthcast_direct_memory_used_bytes");
            // A copy for each would be 90 MB and more.
            assertThat(after - before).isLessThan(48 * 1024 * 1024);
            assertThat(gateway.log()).doesNotContain("ERROR", "OutOfMemory");
            assertThat(gateway.manage("/readyz").status()).isEqualTo(200);
        }
    }

    @Test
    void shouldCutWhoReadsNothingOfHisAnswers() throws Exception {
        try (GatewayProcess gateway =
                        new GatewayProcess(folder, "true", List.of("-Xmx128m"), PATIENT, "limits.stalledSeconds=1");
                GoodClients good = GoodClients.connect(gateway.port(), gateway.instruments(), GOOD)) {
            String requests = new String(GatewayProcess.request("/v1/book/BTC-USD?depth=500"), UTF_8).repeat(50);
            for (int i = 0; i < 20; i++) {
                // At once, for it is cut a second after it could have read.
                attack(gateway.port()).getOutputStream().write(requests.getBytes(UTF_8));
            }
            while (gateway.metric(OPEN) > GOOD) {
                good.keepUp();
            }
            assertThat(gateway.metric("depthcast_requests_slow_cuts_total")).isEqualTo(20);
        }
    }

    @Test
    void shouldTakeDescriptorsFromWhoWaitsAndSay503WhereNobodyDoes() throws Exception {
        try (GatewayProcess gateway = new GatewayProcess(folder, "ulimit -n 256", List.of("-Xmx128m"), PATIENT);
                GoodClients good = GoodClients.connect(gateway.port(), gateway.instruments(), GOOD)) {
            assertThat(gateway.log()).contains("\"descriptors\":256");
            int most = (int) gateway.metric("depthcast_sockets_max");
            for (int i = 0; i < 300; i++) {
                Socket idle = attack(gateway.port());
                idle.getOutputStream().write(GatewayProcess.request("/nope"));
                assertThat(firstLine(idle)).isEqualTo("HTTP/1.1 404 Not Found");
            }
            good.keepUp();
            assertThat(gateway.metric("depthcast_sockets_evicted_total")).isPositive();
            assertThat(gateway.manage("/readyz").status()).isEqualTo(200);

            occupy(gateway, most);
            HttpAnswer refused = GatewayProcess.get(gateway.port(), "/v1/instruments");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.head()).containsIgnoringCase("Retry-After: 5");
            good.keepUp();
            HttpAnswer ready = gateway.manage("/readyz");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.body()).contains("no connection is left");
            assertThat(gateway.metric("depthcast_sockets_refused_total")).isPositive();
            assertThat(gateway.metric("depthcast_accept_failures_total")).isZero();
            assertThat(gateway.log()).doesNotContain("ERROR", "Exception");
        }
    }

    @Test
    void shouldLetNewcomersWaitUntilThoseHaveGoneWhoHadTo() throws Exception {
        try (GatewayProcess gateway = new GatewayProcess(folder, "ulimit -n 256", List.of("-Xmx128m"), PATIENT);
                GoodClients good = GoodClients.connect(gateway.port(), gateway.instruments(), GOOD)) {
            for (int i = 0; i < 1_500; i++) {
                attack(gateway.port());
            }
            good.keepUp();
            while (gateway.metric("depthcast_sockets_evicted_total") < 1_300) {
                good.keepUp();
            }
            assertThat(gateway.metric("depthcast_accept_failures_total")).isZero();
            assertThat(GatewayProcess.get(gateway.port(), "/v1/instruments").status())
                    .isEqualTo(200);
        }
    }

    /** Takes every place there is with streams, which nobody is put out of. */
    private void occupy(GatewayProcess gateway, int most) throws IOException {
        while (gateway.manage("/readyz").status() == 200) {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
                assertThat(probe.isConnected()).isTrue();
            }
            RawWebSocket stays = RawWebSocket.over(attack(gateway.port()));
            stays.write(RawWebSocket.handshake().getBytes(UTF_8));
            String head = stays.readHead();
            assertThat(head).as("one of " + most).matches("(?s)HTTP/1.1 (101|503) .*");
        }
    }

    private Socket attack(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        attackers.add(socket);
        return socket;
    }

    private static String firstLine(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new SocketException("the connection ended after " + line);
            }
            line.append((char) c);
        }
        return line.toString();
    }
}
