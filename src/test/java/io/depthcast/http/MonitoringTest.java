package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.ops.Expressions;
import io.depthcast.ops.PrometheusServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a gateway with clients, through a real Prometheus. */
@NeedsProcesses
@NeedsSockets
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MonitoringTest {
    private static final int EVENTS_PER_SECOND = 4_000;
    private static final int BOOKS = 200;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    @TempDir
    Path folder;

    /** A rule or panel without data would never be missed by who looks at it. */
    @Test
    void shouldHaveDataForEveryRuleAndPanel() throws Exception {
        PrometheusServer.require();
        TestCertificate certificate = TestCertificate.create(folder, "gateway");
        try (RunningGateway gateway = RunningGateway.start(
                        EVENTS_PER_SECOND, RunningGateway.LIMITS, RunningGateway.PACE, certificate);
                PrometheusServer prometheus = PrometheusServer.start(folder, gateway.managementPort())) {
            List<String> without = new ArrayList<>(Expressions.vectors());
            assertThat(without).hasSizeGreaterThan(30);
            long until = System.nanoTime() + PATIENCE_NANOS;
            while (!without.isEmpty() && System.nanoTime() < until) {
                comeAndGo(gateway, certificate);
                assertThat(gateway.get("/v1/instruments").status()).isEqualTo(200);
                // The meters of the collector appear with the first collection.
                System.gc();
                List<String> still = new ArrayList<>();
                for (String expression : without) {
                    if (!hasNumber(prometheus.query(expression))) {
                        still.add(expression);
                    }
                }
                without = still;
            }

            assertThat(without).as("expressions without data").isEmpty();
            assertThat(sick(prometheus)).isEmpty();
            assertThat(names(prometheus.ask("/api/v1/alerts").getJsonArray("alerts")))
                    .as("alerts of a gateway that is well")
                    .isSubsetOf("DepthcastLoopLag", "DepthcastPricesLate");
        }
    }

    private static void comeAndGo(RunningGateway gateway, TestCertificate trusted) throws Exception {
        for (String encoding : List.of(RawWebSocket.JSON, RawWebSocket.SBE)) {
            try (Follower client = Follower.open(
                    gateway,
                    trusted,
                    "Sec-WebSocket-Protocol: " + encoding,
                    "Sec-WebSocket-Extensions: " + RawWebSocket.DEFLATE)) {
                client.socket.send(subscription("book", "*", ""));
                client.socket.send("{\"op\":\"ping\",\"ageMillis\":35}");
                client.readUntil(() -> client.books.size() >= BOOKS);
            }
        }
    }

    private static boolean hasNumber(JsonArray samples) {
        return samples.stream()
                .map(sample -> ((JsonObject) sample).getJsonArray("value").getString(1))
                .anyMatch(value -> Double.isFinite(Double.parseDouble(value)));
    }

    /** Rules that Prometheus could not work out. */
    private static List<String> sick(PrometheusServer prometheus) throws Exception {
        List<String> sick = new ArrayList<>();
        for (Object group : prometheus.ask("/api/v1/rules").getJsonArray("groups")) {
            for (Object rule : ((JsonObject) group).getJsonArray("rules")) {
                if (!((JsonObject) rule).getString("health").equals("ok")) {
                    sick.add(rule.toString());
                }
            }
        }
        return sick;
    }

    private static List<String> names(JsonArray alerts) {
        return alerts.stream()
                .map(alert -> ((JsonObject) alert).getJsonObject("labels").getString("alertname"))
                .toList();
    }
}
