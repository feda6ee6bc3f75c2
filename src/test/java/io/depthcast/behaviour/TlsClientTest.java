package io.depthcast.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.client.ClientContext;
import io.depthcast.client.ClientSettings;
import io.depthcast.client.StreamTerms;
import io.depthcast.http.RunningGateway;
import io.depthcast.http.TestCertificate;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Encoding;
import io.netty.channel.EventLoopGroup;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java client over wss. */
@NeedsProcesses
@NeedsSockets
@Timeout(300)
class TlsClientTest {
    @TempDir
    static Path folder;

    private static RunningGateway gateway;
    private static EventLoopGroup loops;
    private static ClientContext context;

    @BeforeAll
    static void start() throws Exception {
        TestCertificate certificate = TestCertificate.create(folder, "gateway");
        gateway = RunningGateway.start(RunningGateway.BUSY, RunningGateway.LIMITS, RunningGateway.PACE, certificate);
        loops = ClientLoops.start();
        context = ClientContext.of(loops).withInstruments(gateway.instruments()).withTls(certificate.forNetty());
    }

    @AfterAll
    static void stop() {
        ClientLoops.stop(loops);
        gateway.close();
    }

    private static ClientSettings settings() {
        return ClientSettings.of(URI.create("wss://localhost:" + gateway.port() + "/v1/stream"))
                .withSilence(60_000);
    }

    @ParameterizedTest
    @MethodSource("io.depthcast.behaviour.MarketClientTest#encodings")
    void shouldProveEveryBookAndResume(Encoding encoding, boolean deflate) throws Exception {
        try (TestClient client =
                new TestClient(settings().withEncoding(encoding).withDeflate(deflate), context)) {
            client.client.subscribe(Channel.BOOK, StreamTerms.book(25), "*");
            client.start().await(() -> client.books.size() >= 500 && client.client.provedCount() == 24);
            int before = client.ask(() -> {
                client.client.reconnect();
                return client.books.size();
            });
            client.await(() -> client.welcomes.size() == 2 && client.books.size() > before + 500);

            assertThat(client.doubts).isEmpty();
            // What is small goes plain in an encoding that says so.
            assertThat(client.deflatedMessages > 0).isEqualTo(deflate && encoding.leastDeflatedBytes() == 0);
        }
    }

    /** With the certificates of the platform, which does not know this one. */
    @Test
    void shouldNotTrustJustAnybody() throws Exception {
        ClientSettings eager = settings().withBackoff(1, 1, 1_000);
        try (TestClient client = new TestClient(eager, ClientContext.of(loops)).start()) {
            client.await(() -> client.disconnections.size() >= 2);

            assertThat(client.welcomes).isEmpty();
            assertThat(client.disconnections)
                    .allSatisfy(ended -> assertThat(ended.reason()).contains("certi"));
        }
    }
}
