package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What clients do, or have to bear. */
final class ClientDrills {
    private ClientDrills() {}

    /** Clients that never read. Runbook: nothing, or what they have in common; here they stay away. */
    static final class Shed implements Drill {
        private static final int DEAF = 3;

        private final RunningGateway gateway;
        private final Queue<RawWebSocket> deaf = new ArrayDeque<>();

        Shed() throws ReflectiveOperationException {
            gateway = RunningGateway.start(
                    RunningGateway.BUSY,
                    RunningGateway.limits(Map.of("stalledSeconds", 2, "pingSeconds", 1)),
                    RunningGateway.pace(Map.of("slowSeconds", 1, "slowCloseSeconds", 1)));
        }

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastClientsShed");
        }

        @Override
        public void strain() throws IOException {
            if (gateway.metric("depthcast_connections") < DEAF) {
                RawWebSocket client = RawWebSocket.connectNarrow(gateway.port()).shakeHands();
                client.send(subscription("book", "*", ",\"depth\":500"));
                deaf.add(client);
            }
        }

        @Override
        public void mend() throws IOException {
            for (RawWebSocket client : deaf) {
                client.close();
            }
        }

        @Override
        public void close() throws IOException {
            mend();
            gateway.close();
        }
    }

    /** Somebody tries tokens. Runbook: keep its address out; it goes on, and is refused before its token is looked at. */
    static final class WrongTokens implements Drill {
        private final TokenGateway gateway;
        private final String wrong;

        WrongTokens(Path folder) throws Exception {
            gateway = new TokenGateway(folder);
            String good = TokenGateway.bearer(gateway.token("somebody", 600));
            wrong = good.substring(0, good.length() - 6) + "AAAAAA";
        }

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastTokensRefused");
        }

        @Override
        public void strain() throws IOException {
            for (int i = 0; i < 5; i++) {
                assertThat(gateway.request("GET /v1/instruments", wrong).status())
                        .isEqualTo(401);
            }
        }

        @Override
        public void mend() throws Exception {
            new OperatorClient(managementPort()).block(new JsonObject().put("address", "127.0.0.0/8"));
        }

        @Override
        public void goOn() throws IOException {
            assertThat(gateway.request("GET /v1/instruments", wrong).status()).isEqualTo(403);
        }

        @Override
        public void close() {
            gateway.close();
        }
    }

    /** Clients say that their prices are old. Runbook: what is between; here they say that they are not. */
    static final class OldPrices implements Drill {
        private final RunningGateway gateway = RunningGateway.start(RunningGateway.QUIET, RunningGateway.LIMITS);

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastClientsSeeOldPrices");
        }

        @Override
        public void strain() throws IOException {
            say(5_000);
        }

        @Override
        public void mend() throws IOException {
            say(20);
        }

        @Override
        public void goOn() throws IOException {
            say(20);
        }

        private void say(int ageMillis) throws IOException {
            try (RawWebSocket client = RawWebSocket.open(gateway.port())) {
                client.send("{\"op\":\"ping\",\"ageMillis\":" + ageMillis + "}");
                while (!client.read().text().contains("\"pong\"")) {
                    assertThat(client).isNotNull();
                }
            }
        }

        @Override
        public void close() {
            gateway.close();
        }
    }

    /** Requests for a book of a shard that stands. Runbook: the loop; here it turns again. */
    static final class SlowRequests implements Drill {
        private static final int WAITING = 8;

        private final SlowWork work = new SlowWork("shard-0");
        private final RunningGateway gateway = RunningGateway.start(RunningGateway.QUIET, work);
        private final HttpClient client = HttpClient.newHttpClient();
        private final Queue<CompletableFuture<HttpResponse<String>>> waiting = new ArrayDeque<>();

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastRestSlow", "DepthcastRestFailing", "DepthcastLoopStands");
        }

        @Override
        public void strain() {
            work.stand(true);
            goOn();
        }

        @Override
        public void mend() {
            work.stand(false);
        }

        @Override
        public void goOn() {
            waiting.removeIf(CompletableFuture::isDone);
            if (waiting.size() < WAITING) {
                URI book = URI.create("http://127.0.0.1:" + gateway.port() + "/v1/book/BTC-USD");
                waiting.add(
                        client.sendAsync(HttpRequest.newBuilder(book).build(), HttpResponse.BodyHandlers.ofString()));
            }
        }

        @Override
        public void close() {
            work.stand(false);
            gateway.close();
        }
    }
}
