package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static io.depthcast.http.RawWebSocket.handshake;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.admission.AdmissionSettings;
import io.depthcast.fanout.WorkMeter;
import io.depthcast.ops.PrometheusServer;
import io.depthcast.session.LimitSettings;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alerts made to fire in a real Prometheus by a real gateway in distress, and ended by what the runbook says. The times
 * that rules wait are drawn together, so that a minute is a second; the conditions are theirs. What a test cannot cause,
 * the tests of the rules play.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NeedsProcesses
@NeedsSockets
class AlertDrillsTest {
    @TempDir
    Path folder;

    /** Runbook: a stack of the loop, then a restart; here the loop is let go. */
    @Test
    void shouldTellOfALoopThatStandsUntilItTurnsAgain() throws Exception {
        PrometheusServer.require();
        HeldWork held = new HeldWork();
        try (RunningGateway gateway = RunningGateway.start(RunningGateway.QUIET, held);
                PrometheusServer prometheus = PrometheusServer.hasty(folder, gateway.managementPort());
                HeldWork work = held) {
            work.holds = true;
            await(prometheus, "DepthcastLoopStands", true);

            work.release();
            await(prometheus, "DepthcastLoopStands", false);
        }
    }

    /** Runbook: raise the limit, or add gateways; here somebody goes. And one address too many is nobody else's matter. */
    @Test
    void shouldTellOfAFullNodeAndOfWhoAsksTooOftenApart() throws Exception {
        PrometheusServer.require();
        AdmissionSettings five = settings(5, 100);
        List<RawWebSocket> clients = new ArrayList<>();
        try (RunningGateway gateway =
                        RunningGateway.start(RunningGateway.QUIET, LimitSettings.DEFAULT, five, DrainSettings.DEFAULT);
                PrometheusServer prometheus = PrometheusServer.hasty(folder, gateway.managementPort())) {
            for (int i = 0; i < 5; i++) {
                clients.add(RawWebSocket.open(gateway.port()));
            }
            await(prometheus, "DepthcastNearlyFull", true);
            while (!fires(prometheus, "DepthcastHandshakesRefused")) {
                assertThat(RunningGateway.exchange(gateway.port(), handshake()).status())
                        .isEqualTo(503);
            }
            assertThat(fires(prometheus, "DepthcastClientsTooMany")).isFalse();

            clients.remove(0).close();
            clients.remove(0).close();
            await(prometheus, "DepthcastNearlyFull", false);
        } finally {
            for (RawWebSocket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void shouldTellOfAnAddressThatAsksTooMuchWithoutAlarm() throws Exception {
        PrometheusServer.require();
        AdmissionSettings one = settings(1_000, 1);
        try (RunningGateway gateway =
                        RunningGateway.start(RunningGateway.QUIET, LimitSettings.DEFAULT, one, DrainSettings.DEFAULT);
                PrometheusServer prometheus = PrometheusServer.hasty(folder, gateway.managementPort());
                RawWebSocket client = RawWebSocket.open(gateway.port())) {
            client.read();
            while (!fires(prometheus, "DepthcastClientsTooMany")) {
                assertThat(RunningGateway.exchange(gateway.port(), handshake()).status())
                        .isEqualTo(429);
            }
            assertThat(fires(prometheus, "DepthcastHandshakesRefused")).isFalse();
        }
    }

    /** Runbook: they are to come back; a drain is no alarm. */
    @Test
    void shouldTellOfClientsThatGoAtOnceUnlessTheyAreSentAway() throws Exception {
        PrometheusServer.require();
        List<RawWebSocket> clients = new ArrayList<>();
        try (RunningGateway gateway = RunningGateway.start(RunningGateway.QUIET, LimitSettings.DEFAULT);
                PrometheusServer prometheus = PrometheusServer.hasty(folder, gateway.managementPort())) {
            for (int i = 0; i < 30; i++) {
                clients.add(RawWebSocket.open(gateway.port()));
                clients.get(i).send(subscription("book", "BTC-USD", ""));
            }
            awaitValue(prometheus, "job:depthcast_audience:sum", "30");
            for (RawWebSocket client : clients) {
                client.close();
            }
            await(prometheus, "DepthcastClientsLost", true);

            post(gateway, "/drain");
            await(prometheus, "DepthcastClientsLost", false);
        }
    }

    /** Runbook: what is between, or a restart. */
    @Test
    void shouldTellOfAGatewayThatIsGone() throws Exception {
        PrometheusServer.require();
        RunningGateway gateway = RunningGateway.start(RunningGateway.QUIET, LimitSettings.DEFAULT);
        try (PrometheusServer prometheus = PrometheusServer.hasty(folder, gateway.managementPort())) {
            awaitValue(prometheus, "up", "1");
            // It did before the first scrape, and rightly so.
            await(prometheus, "DepthcastDown", false);
            gateway.close();
            await(prometheus, "DepthcastDown", true);
            await(prometheus, "DepthcastInstanceDown", true);
        } finally {
            gateway.close();
        }
    }

    private static AdmissionSettings settings(int connections, int perAddress) {
        AdmissionSettings usual = AdmissionSettings.DEFAULT;
        return new AdmissionSettings(
                connections,
                perAddress,
                100_000,
                usual.connectionsPerSubject(),
                100_000,
                100_000,
                false,
                usual.trustedProxies());
    }

    private static void await(PrometheusServer prometheus, String alert, boolean fires) throws Exception {
        while (fires(prometheus, alert) != fires) {
            Thread.onSpinWait();
        }
    }

    private static boolean fires(PrometheusServer prometheus, String alert) throws Exception {
        return prometheus.ask("/api/v1/alerts").getJsonArray("alerts").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("state").equals("firing"))
                .anyMatch(each ->
                        each.getJsonObject("labels").getString("alertname").equals(alert));
    }

    private static void awaitValue(PrometheusServer prometheus, String expression, String value) throws Exception {
        while (prometheus.query(expression).stream()
                .noneMatch(sample ->
                        ((JsonObject) sample).getJsonArray("value").getString(1).equals(value))) {
            Thread.onSpinWait();
        }
    }

    private static void post(RunningGateway gateway, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.managementPort() + path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(202);
    }

    /** Holds the shard up when it looks at the clock, for as long as the test wants. */
    private static final class HeldWork implements WorkMeter, AutoCloseable {
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile boolean holds;

        @Override
        public long nowNanos() {
            if (holds && Thread.currentThread().getName().equals("shard-0")) {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return System.nanoTime();
        }

        @Override
        public long workedNanos(String loop, long sinceNanos) {
            return 1;
        }

        private void release() {
            released.countDown();
        }

        @Override
        public void close() {
            release();
        }
    }
}
