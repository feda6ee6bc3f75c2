package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop that stands is seen by an operator, and keeps nothing from him but what it alone knows. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@NeedsSockets
class StandingLoopTest {
    private static final Set<String> STANDING = Set.of("shard-0", "gateway-0");
    private static final int CLIENTS = 8;

    private final HeldLoops work = new HeldLoops(STANDING);
    private final List<RawWebSocket> clients = new ArrayList<>();
    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        // Nobody reads while the loops stand, which on a busy machine lasts.
        gateway = RunningGateway.start(RunningGateway.BUSY, RunningGateway.pace(Map.of("slowSeconds", 60)), work);
        for (int i = 0; i < CLIENTS; i++) {
            RawWebSocket client = RawWebSocket.open(gateway.port());
            client.read();
            client.send(subscription("book", "BTC-USD", ""));
            clients.add(client);
        }
    }

    @AfterEach
    void stop() throws Exception {
        work.release();
        for (RawWebSocket client : clients) {
            client.close();
        }
        gateway.close();
    }

    @Test
    void shouldBeNamedByProbesMetricsThreadsAndTheListOfClients() throws Exception {
        awaitFailed(Set.of());
        assertThat(threads()).contains("feed", "admission", "management").containsAll(STANDING);

        work.hold();
        awaitFailed(STANDING);
        for (String loop : STANDING) {
            double before = lateSeconds(loop);
            while (lateSeconds(loop) < 1) {
                ReaderOfBooks.heedTimeout();
            }
            assertThat(lateSeconds(loop)).as(loop).isGreaterThan(before);
        }
        JsonObject rest = gateway.connectionsNow("");
        while (!new JsonArray().add("gateway-0").equals(rest.getJsonArray("unanswered"))) {
            ReaderOfBooks.heedTimeout();
            rest = gateway.connectionsNow("");
        }
        assertThat(rest.getInteger("total")).isLessThan(CLIENTS);

        work.release();
        while (gateway.connections("").getInteger("total") < CLIENTS) {
            ReaderOfBooks.heedTimeout();
        }
        awaitFailed(Set.of());
    }

    /** Any other loop may be late for a probe too, on a busy machine, but not for long. */
    private void awaitFailed(Set<String> loops) throws Exception {
        Set<Object> failed = failed();
        while (!failed.equals(loops)) {
            ReaderOfBooks.heedTimeout();
            failed = failed();
        }
    }

    private Set<Object> failed() throws Exception {
        String request = "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        JsonObject report =
                RunningGateway.exchange(gateway.managementPort(), request).json();
        return report.getJsonArray("failed").stream().collect(Collectors.toSet());
    }

    private double lateSeconds(String loop) throws Exception {
        return gateway.metric("depthcast_loop_late_seconds{loop=\"" + loop + "\"}");
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .flatMap(name -> List.of(name.split("\\+")).stream())
                .collect(Collectors.toSet());
    }
}
