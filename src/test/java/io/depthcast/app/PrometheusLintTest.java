package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.vertx.core.Future;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus' own tool says of everything that a running gateway shows. */
@NeedsProcesses
@NeedsSockets
@Timeout(300)
class PrometheusLintTest {
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

    @TempDir
    Path folder;

    @Test
    void shouldHaveNoComplaint() throws Exception {
        if (!Boolean.getBoolean("interop.required")) {
            assumeTrue(Files.isExecutable(PROMTOOL), "no promtool; apt-get install prometheus");
        }
        Path scrape = folder.resolve("metrics.txt");
        Gateway gateway = done(Gateway.start(TestSettings.with("http.port=0", "management.port=0", "ingest.port=0")));
        try {
            URI metrics = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/metrics");
            HttpClient client = HttpClient.newHttpClient();
            // The second scrape shows the meters that the first one caused.
            client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.discarding());
            client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofFile(scrape));
        } finally {
            done(gateway.stop());
        }

        Process promtool = new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
                .redirectInput(scrape.toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(promtool.waitFor()).isZero();
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
