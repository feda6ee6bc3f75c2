package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who upgrades copies the new jar over the one that runs, and then has that end: no class can be read from it any more. */
@NeedsProcesses
@NeedsSockets
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplacedJarTest {
    static final int WARM_MESSAGES = 60;

    @TempDir
    Path folder;

    @Test
    void shouldSayGoodByeToAClientAlthoughItsJarsAreReplaced() throws Exception {
        OwnClassPath classPath = new OwnClassPath(folder);
        Path loaded = folder.resolve("loaded");
        try (GatewayProcess gateway = new GatewayProcess(
                        classPath, folder, List.of("-Xlog:class+load:file=" + loaded), "drain.seconds=1");
                RawWebSocket client = RawWebSocket.open(gateway.port())) {
            awaitClassesOfTheEnd(loaded);
            client.send(subscription("book", "BTC-USD", ""));
            // By then it has met all that it needs to serve; what it met later would be a fault, code 1011.
            for (int heard = 0; heard < WARM_MESSAGES; heard++) {
                assertThat(client.read().text()).isNotEmpty();
            }
            classPath.replace();
            gateway.ask();

            assertThat(client.closeCode()).as(gateway.log()).isEqualTo(1001);
            assertThat(gateway.awaitEnd()).as(gateway.log()).isZero();
        }
    }

    static void awaitClassesOfTheEnd(Path loaded) throws IOException {
        List<String> wanted = names();
        while (!wanted.isEmpty()) {
            String log = Files.readString(loaded);
            wanted = wanted.stream()
                    .filter(name -> !log.contains(" " + name + " source"))
                    .toList();
        }
    }

    private static List<String> names() throws IOException {
        try (var names = Objects.requireNonNull(ReplacedJarTest.class.getResourceAsStream("/end-classes.txt"))) {
            return new String(names.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
