package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.KafkaBroker;
import io.depthcast.NeedsBroker;
import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.ops.PrometheusServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes of a log on a real broker in distress: a real Prometheus tells of it, by the rules that an operator gets, until it is
 * over.
 */
@NeedsBroker
@NeedsProcesses
@NeedsSockets
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogAlertsTest {
    private static final String NAME = "alerts";

    @TempDir
    Path folder;

    private final LogNodes nodes = new LogNodes(NAME);

    @BeforeEach
    void require() {
        PrometheusServer.require();
    }

    @AfterEach
    void close() throws Exception {
        nodes.close();
    }

    private PrometheusServer prometheus(Gateway... watched) throws Exception {
        List<Integer> ports =
                List.of(watched).stream().map(Gateway::managementPort).toList();
        PrometheusServer prometheus = PrometheusServer.hasty(folder, ports);
        while (prometheus.query("up == 1").size() < ports.size()) {
            Thread.onSpinWait();
        }
        return prometheus;
    }

    private static boolean fires(PrometheusServer prometheus, String alert, String instance) throws Exception {
        return prometheus.firing().getOrDefault(instance, Set.of()).contains(alert);
    }

    private static boolean fires(PrometheusServer prometheus, String alert, Gateway gateway) throws Exception {
        return fires(prometheus, alert, PrometheusServer.instance(gateway.managementPort()));
    }

    /** What the brokers take of the topic; more than that they refuse. */
    private static void limit(String bytes) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, NAME + ".events");
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET);
        try (Admin admin = KafkaBroker.shared().admin()) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldTellOfAFeedWhoseRecordsTheTopicRefusesUntilItTakesThem() throws Exception {
        Gateway feed = nodes.start("feed", "none");
        Gateway gateway = nodes.start("gateway", "none");
        nodes.awaitProved(gateway);
        try (PrometheusServer prometheus = prometheus(feed, gateway)) {
            limit("1");
            while (!fires(prometheus, "DepthcastAppendsFailing", feed)) {
                Thread.onSpinWait();
            }
            assertThat(fires(prometheus, "DepthcastAppendsFailing", gateway)).isFalse();

            limit("8388608");
            while (fires(prometheus, "DepthcastAppendsFailing", feed)) {
                Thread.onSpinWait();
            }
            nodes.awaitProved(gateway);
        }
    }

    @Test
    void shouldTellOfFeedsThatTakeTurnsAndOfANodeThatIsBehindUntilTheyAreNot() throws Exception {
        Gateway feed = nodes.start("feed", "none");
        while (nodes.metric(feed, "depthcast_journal_speaking") == 0) {
            Thread.onSpinWait();
        }
        Gateway standby = nodes.start("feed", "none");
        List<Gateway> two = nodes.startTwoGateways();
        Gateway gateway = two.get(0);
        Gateway other = two.get(1);
        try (PrometheusServer prometheus = prometheus(gateway, other)) {
            while (!fires(prometheus, "DepthcastFeedsTakeTurns", "")) {
                succeed(feed, gateway);
                feed = standby;
                standby = nodes.start("feed", "none");
            }
            tellOfANodeBehind(prometheus, gateway, other);
            while (fires(prometheus, "DepthcastFeedsTakeTurns", "")) {
                Thread.onSpinWait();
            }
        }
    }

    /** Who speaks finds no core for longer than the one that waits is patient, and is started again by others. */
    private void succeed(Gateway feed, Gateway witness) throws Exception {
        double term = nodes.metric(witness, "depthcast_journal_term");
        CountDownLatch held = LogNodes.hold(feed);
        while (nodes.metric(witness, "depthcast_journal_term") == term) {
            Thread.onSpinWait();
        }
        held.countDown();
        assertThat(LogNodes.await(feed.ended())).startsWith("another feed speaks");
        nodes.stop(feed);
    }

    private void tellOfANodeBehind(PrometheusServer prometheus, Gateway gateway, Gateway other) throws Exception {
        CountDownLatch held = LogNodes.hold(gateway);
        while (!fires(prometheus, "DepthcastNodeBehind", gateway)) {
            Thread.onSpinWait();
        }
        assertThat(fires(prometheus, "DepthcastNodeBehind", other)).isFalse();

        held.countDown();
        while (fires(prometheus, "DepthcastNodeBehind", gateway)) {
            Thread.onSpinWait();
        }
        nodes.awaitProved(gateway);
    }
}
