package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.KafkaBroker;
import io.depthcast.NeedsBroker;
import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same as {@link ReplacedJarTest} for nodes that share a log: their jars are replaced, and each ends well. */
@NeedsBroker
@NeedsProcesses
@NeedsSockets
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplacedJarOnKafkaTest {
    @TempDir
    Path folder;

    @Test
    void shouldEndAFeedAndAGatewayWellAlthoughTheirJarsAreReplaced() throws Exception {
        OwnClassPath classPath = new OwnClassPath(folder);
        try (GatewayProcess feed = node(classPath, "feed");
                GatewayProcess gateway = node(classPath, "gateway");
                RawWebSocket client = RawWebSocket.open(gateway.port())) {
            ReplacedJarTest.awaitClassesOfTheEnd(loaded("feed"));
            ReplacedJarTest.awaitClassesOfTheEnd(loaded("gateway"));
            client.send(subscription("book", "BTC-USD", ""));
            for (int heard = 0; heard < ReplacedJarTest.WARM_MESSAGES; heard++) {
                assertThat(client.read().text()).isNotEmpty();
            }
            classPath.replace();
            gateway.ask();

            assertThat(client.closeCode()).as(gateway.log()).isEqualTo(1001);
            assertThat(gateway.awaitEnd()).as(gateway.log()).isZero();
            feed.ask();
            assertThat(feed.awaitEnd()).as(feed.log()).isZero();
        }
    }

    private GatewayProcess node(OwnClassPath classPath, String role) throws IOException, InterruptedException {
        return new GatewayProcess(
                classPath,
                Files.createDirectories(folder.resolve(role)),
                List.of("-Xlog:class+load:file=" + loaded(role)),
                "drain.seconds=1",
                "node.role=" + role,
                "kafka.name=replaced",
                "kafka.bootstrap=" + KafkaBroker.shared().bootstrap());
    }

    private Path loaded(String role) {
        return folder.resolve("loaded-" + role);
    }
}
