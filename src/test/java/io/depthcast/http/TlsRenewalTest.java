package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that is renewed while clients are connected. */
@NeedsProcesses
@NeedsSockets
@Timeout(300)
class TlsRenewalTest {
    private static final String EXPIRY = "depthcast_certificate_expiry_timestamp_seconds";
    private static final String TAKEN = "depthcast_certificate_reloads_total{outcome=\"taken\"}";
    private static final String REFUSED = "depthcast_certificate_reloads_total{outcome=\"refused\"}";
    private static final String GOOD = "depthcast_certificate_last_reload_successful";

    @TempDir
    Path folder;

    @Test
    void shouldServeTheNewOneAndCutNobody() throws Exception {
        TestCertificate first = TestCertificate.create(folder, "first");
        TestCertificate second = TestCertificate.create(folder, "second", "RSA", "-validity", "20");
        TestCertificate third = TestCertificate.create(folder, "third");
        try (RunningGateway gateway =
                        RunningGateway.start(RunningGateway.BUSY, RunningGateway.LIMITS, RunningGateway.PACE, first);
                Follower old = Follower.open(gateway, first)) {
            old.socket.send(subscription("book", "*", ",\"depth\":10"));
            assertThat(gateway.metric(EXPIRY)).isEqualTo(expiry(first));

            second.replaceIn(first);
            follow(old, gateway, TAKEN);
            gateway.trust(second);
            assertThat(gateway.metric(EXPIRY)).isEqualTo(expiry(second));
            assertThat(shown(gateway, second)).isEqualTo(second.certificate());

            // The key stays the second one's.
            third.replaceChainIn(first);
            // A pair of which one half stood for a while may have been refused before.
            while (gateway.metric(GOOD) > 0) {
                keepUp(old);
            }
            follow(old, gateway, REFUSED);
            assertThat(gateway.metric(EXPIRY)).isEqualTo(expiry(second));
            assertThat(shown(gateway, second)).isEqualTo(second.certificate());
            try (Follower another = Follower.open(gateway, second)) {
                another.socket.send(subscription("book", "*", ",\"depth\":10"));
                another.readUntil(() -> another.provedBooks() == 24);
            }
            int books = old.books.size();
            old.readUntil(() -> old.books.size() > books + 100);
        }
    }

    /** Keeps the client going until that has happened once. */
    private static void follow(Follower client, RunningGateway gateway, String counter) throws IOException {
        while (gateway.metric(counter) < 1) {
            keepUp(client);
        }
        assertThat(client.provedBooks()).isEqualTo(24);
    }

    private static void keepUp(Follower client) throws IOException {
        int books = client.books.size();
        client.readUntil(() -> client.books.size() > books + 100);
    }

    private static double expiry(TestCertificate certificate) throws Exception {
        return certificate.certificate().getNotAfter().toInstant().getEpochSecond();
    }

    /** What a new client is shown, or an exception if it is another certificate than the one that it trusts. */
    private static Certificate shown(RunningGateway gateway, TestCertificate trusted)
            throws Exception, SSLHandshakeException {
        try (SSLSocket socket = trusted.connect(gateway.port(), 0)) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void shouldEndAStreamOfEventsInGoodOrder() throws Exception {
        TestCertificate certificate = TestCertificate.create(folder, "gateway");
        RunningGateway gateway =
                RunningGateway.start(RunningGateway.BUSY, RunningGateway.LIMITS, RunningGateway.PACE, certificate);
        Thread stopping = new Thread(gateway::close);
        try (EventReader client =
                EventReader.over(certificate.connect(gateway.port(), 0), gateway, "channel=book&symbol=BTC-USD")) {
            client.readUntil(() -> client.books.size() > 10);
            stopping.start();
            // An end without close_notify would be an exception, for the end of the connection is that of the answer.
            while (client.read()) {
                assertThat(client.messages).isLessThan(10_000);
            }
        } finally {
            gateway.close();
        }
        stopping.join(100_000);
        assertThat(stopping.isAlive()).isFalse();
    }
}
