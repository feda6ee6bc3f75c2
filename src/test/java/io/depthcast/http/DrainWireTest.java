package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static io.depthcast.http.RawWebSocket.handshake;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.NeedsSockets;
import io.depthcast.admission.AdmissionSettings;
import io.depthcast.limit.Networks;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a gateway parts from its clients, over real sockets. */
@NeedsSockets
@Timeout(300)
class DrainWireTest {
    private static final int NEVER = 3_600;
    private static final AdmissionSettings EVERYBODY_ALIKE =
            new AdmissionSettings(0, 1_000, 1_000, 10, 100_000, 100_000, 0, false, Networks.NONE);

    private RunningGateway gateway;
    private final List<Follower> followers = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (Follower follower : followers) {
            follower.close();
        }
        gateway.close();
    }

    private void start(AdmissionSettings admission, int seconds) {
        gateway = RunningGateway.start(
                RunningGateway.BUSY, RunningGateway.LIMITS, admission, new DrainSettings(seconds, 700));
    }

    private void connect(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Follower follower = Follower.open(gateway);
            follower.socket.send(subscription("book", "*", ",\"depth\":10"));
            follower.readUntil(() -> follower.provedBooks() == 24);
            followers.add(follower);
        }
    }

    @Test
    void shouldSendClientsAwayWithEverythingTheyWereDue() throws Exception {
        start(EVERYBODY_ALIKE, 2);
        connect(6);
        try (RawWebSocket deaf = RawWebSocket.connectNarrow(gateway.port()).shakeHands()) {
            deaf.send(subscription("book", "*", ",\"depth\":500"));
            CompletableFuture<Void> drained = gateway.drain();
            awaitNotReady();

            RunningGateway.HttpAnswer refused = RunningGateway.exchange(gateway.port(), handshake());
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.head()).containsIgnoringCase("Retry-After: 5");
            assertThat(refused.json().getJsonObject("error").getString("code")).isEqualTo("draining");
            for (Follower follower : followers) {
                assertPartsInGoodOrder(follower);
            }
            drained.get(60, TimeUnit.SECONDS);
        }
        assertThat(gateway.metric("depthcast_draining")).isEqualTo(1);
        assertThat(gateway.metric("depthcast_connections")).isZero();
        assertThat(gateway.metric("depthcast_closes_total{code=\"1001\"}")).isEqualTo(7);
    }

    private void awaitNotReady() throws IOException {
        RunningGateway.HttpAnswer ready = gateway.ready();
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.json().getJsonArray("failed")).contains("draining");
    }

    /** Every message up to the close proves its book, the notice is among them, and nothing follows. */
    private static void assertPartsInGoodOrder(Follower follower) throws IOException {
        assertThatThrownBy(() -> follower.readUntil(() -> false)).hasMessage("closed: 1001");

        assertThat(follower.provedBooks()).isEqualTo(24);
        List<JsonObject> notices =
                follower.replies.stream().filter(DrainWireTest::isDrainNotice).toList();
        assertThat(notices).hasSize(1);
        assertThat(notices.get(0).getInteger("reconnectAfterMillis")).isBetween(0, 700);
        follower.socket.write(ClientFrames.close(1001));
        assertThat(follower.socket.isEnded()).isTrue();
    }

    private static boolean isDrainNotice(JsonObject reply) {
        return "notice".equals(reply.getString("op")) && "draining".equals(reply.getString("code"));
    }

    @Test
    void shouldEndAtOnceWhereNobodyIsConnected() throws Exception {
        start(EVERYBODY_ALIKE, NEVER);
        gateway.drain().get(60, TimeUnit.SECONDS);
    }

    @Test
    void shouldEndAsSoonAsTheLastClientHasLeft() throws Exception {
        start(EVERYBODY_ALIKE, NEVER);
        connect(2);
        CompletableFuture<Void> drained = gateway.drain();
        for (Follower follower : followers) {
            follower.readUntil(() -> follower.replies.stream().anyMatch(DrainWireTest::isDrainNotice));
            assertThat(drained).isNotDone();
            follower.close();
        }

        drained.get(60, TimeUnit.SECONDS);
    }

    @Test
    void shouldNotSpreadTheClosesOfClientsOnThisMachine() throws Exception {
        start(AdmissionSettings.DEFAULT, NEVER);
        connect(2);
        CompletableFuture<Void> drained = gateway.drain();
        for (Follower follower : followers) {
            assertPartsInGoodOrder(follower);
        }

        drained.get(60, TimeUnit.SECONDS);
    }

    @Test
    void shouldBeCutShortByAStop() throws Exception {
        start(EVERYBODY_ALIKE, NEVER);
        connect(2);
        CompletableFuture<Void> drained = gateway.drain();
        gateway.close();

        for (Follower follower : followers) {
            assertThatThrownBy(() -> follower.readUntil(() -> false)).hasMessage("closed: 1001");
        }
        drained.get(60, TimeUnit.SECONDS);
    }
}
