package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.admission.AdmissionBus;
import io.depthcast.auth.Identity;
import io.depthcast.metrics.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** How many tokens may be looked at for requests, so that handshakes do not wait behind them. */
@NeedsSockets
@Timeout(300)
@ExtendWith(VertxExtension.class)
class IdentityDeskTest {
    private static final int MOST = 64;
    private static final String REQUEST =
            "GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a.b.c\r\nConnection: close\r\n\r\n";

    private final Queue<Message<AdmissionBus.Proof>> asked = new ConcurrentLinkedQueue<>();
    private final List<Socket> waiting = new ArrayList<>();

    @Test
    void shouldHaveSoManyTokensLookedAtAndTurnTheNextAway(Vertx vertx) throws Exception {
        AdmissionBus.register(vertx.eventBus());
        vertx.eventBus().<AdmissionBus.Proof>localConsumer(AdmissionBus.PROVE, asked::add);
        int port = listen(vertx);
        try {
            for (int i = 0; i < MOST; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                waiting.add(socket);
                socket.getOutputStream().write(REQUEST.getBytes(UTF_8));
            }
            while (asked.size() < MOST) {
                Thread.onSpinWait();
            }
            RunningGateway.HttpAnswer tooMany = RunningGateway.exchange(port, REQUEST);
            assertThat(tooMany.status()).isEqualTo(503);
            assertThat(tooMany.head()).containsIgnoringCase("Retry-After: 1");
            assertThat(asked).hasSize(MOST);

            asked.forEach(proof -> proof.reply(new AdmissionBus.Proven(Identity.ANYONE, null)));
            for (Socket socket : waiting) {
                assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 200 ");
            }
            asked.clear();
            assertThat(served(port)).isEqualTo(200);
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    /** Of one that is answered at once again. */
    private int served(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(REQUEST.getBytes(UTF_8));
            while (asked.isEmpty()) {
                Thread.onSpinWait();
            }
            asked.remove().reply(new AdmissionBus.Proven(Identity.ANYONE, null));
            return Integer.parseInt(new String(socket.getInputStream().readAllBytes(), UTF_8).substring(9, 12));
        }
    }

    private static int listen(Vertx vertx) throws Exception {
        IdentityDesk desk =
                new IdentityDesk(vertx, true, new Meters(new SimpleMeterRegistry(), "test"), new Doorkeeper());
        Router router = Router.router(vertx);
        router.get("/").handler(context -> desk.identify(context, client -> Answer.empty(context.response())));
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        return server.listen(0, "127.0.0.1")
                .map(HttpServer::actualPort)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    private static final class Doorkeeper implements IdentityDesk.Doorkeeper {
        @Override
        public boolean keepsOut(HttpServerRequest request, String subject) {
            return false;
        }

        @Override
        public void turnedAway(HttpServerRequest request, String kind) {
            throw new AssertionError(kind);
        }
    }
}
