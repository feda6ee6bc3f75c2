package io.depthcast.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.FeedBus;
import io.depthcast.feed.FeedVerticle;
import io.depthcast.market.FeedSettings;
import io.depthcast.market.SimulatedSource;
import io.depthcast.metrics.Meters;
import io.depthcast.source.RecordingReport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recorder beside a feed that tells much, on the loops that they have in a gateway. */
@Timeout(300)
class RecorderVerticleTest {
    /** As many as may wait come in ten seconds: no busy machine holds the recorder's thread up for that long. */
    private static final int EVENTS_PER_SECOND = 50_000;

    private static final int FILES = 8;

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry, "x");
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void shouldLoseNothingFromOneFileToTheNext() {
        FeedBus.register(vertx.eventBus());
        Path directory = folder.resolve("new/records");
        RecordSettings settings = new RecordSettings(directory.toString(), RecordSettings.MIN_FILE_BYTES, 0);
        String recorder = await(vertx.deployVerticle(new RecorderVerticle(settings, meters.record())));
        FeedSettings market = new FeedSettings(FeedSettings.SIMULATED, 1, EVENTS_PER_SECOND);
        String feed = await(vertx.deployVerticle(new FeedVerticle(
                List.of(new SimulatedSource(market, 1_795_363_200_000_000L)),
                1_795_363_200_000_000L,
                20,
                Clock.systemUTC(),
                meters)));
        while (registry.get("depthcast.record.files").functionCounter().count() < FILES) {
            if (Thread.interrupted()) {
                throw new IllegalStateException("took too long");
            }
            Thread.onSpinWait();
        }
        await(vertx.undeploy(feed));
        await(vertx.undeploy(recorder));

        RecordingReport report = RecordingReport.verify(List.of(directory));
        assertThat(report.lines()).hasSizeGreaterThanOrEqualTo(FILES).allMatch(line -> line.contains(": good: "));
        assertThat(registry.get("depthcast.record.lost").functionCounter().count())
                .isZero();
    }

    @Test
    void shouldNotStartWhereItCannotWrite() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        RecordSettings settings = new RecordSettings(file.toString(), RecordSettings.MIN_FILE_BYTES, 0);
        assertThat(vertx.deployVerticle(new RecorderVerticle(settings, meters.record()))
                        .transform(outcome -> Future.succeededFuture(outcome.cause()))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS))
                .hasMessageStartingWith("record.directory: " + file + ": expected a folder");
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
