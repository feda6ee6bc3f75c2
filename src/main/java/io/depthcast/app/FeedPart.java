package io.depthcast.app;

import io.depthcast.admission.Block;
import io.depthcast.feed.FeedVerticle;
import io.depthcast.feed.Source;
import io.depthcast.http.Health;
import io.depthcast.http.HealthCheck;
import io.depthcast.http.Ingest;
import io.depthcast.http.IngestSetup;
import io.depthcast.journal.Journal;
import io.depthcast.journal.JournalVerticle;
import io.depthcast.journal.Kafka;
import io.depthcast.metrics.Meters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Where market events come from: sources of this process, or a log that it shares with others, or both. */
final class FeedPart {
    private static final int START_BYTES = 4;
    private static final int MAX_HOST = 48;

    private final Settings settings;
    private final Clock clock;
    private final LongFunction<List<Source>> sources;
    private final Meters meters;
    private final @Nullable Ingest ingest;
    private final Promise<String> ended = Promise.promise();
    private @Nullable JournalVerticle log;

    /**
     * @param sources made when they begin to tell, given the epoch of the feed
     */
    FeedPart(Settings settings, Clock clock, LongFunction<List<Source>> sources, IngestSetup ingest, Meters meters) {
        this.settings = settings;
        this.clock = clock;
        this.sources = sources;
        this.meters = meters;
        this.ingest = settings.ingest().isOn() && settings.node().hasSources() ? new Ingest(ingest) : null;
    }

    /** Completes when it tells, or reads. */
    Future<?> deploy(Vertx vertx) {
        if (!settings.hasLog()) {
            long epoch = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
            return vertx.deployVerticle(
                    new FeedVerticle(sources(epoch), epoch, settings.fanout().flushMillis(), clock, meters));
        }
        return vertx.executeBlocking(() -> Kafka.open(settings.kafka(), settings.journal()), false)
                .compose(journal -> deploy(vertx, journal));
    }

    private Future<?> deploy(Vertx vertx, Journal journal) {
        JournalVerticle reading = new JournalVerticle(new JournalVerticle.Setup(
                journal,
                name(),
                settings.node().hasSources() ? this::sources : null,
                settings.node().hasClients() ? settings.fanout().shards() : 0,
                clock,
                meters,
                ended::tryComplete));
        log = reading;
        return vertx.deployVerticle(reading);
    }

    /** Of this start: who is started again is somebody else. */
    private static String name() {
        byte[] start = new byte[START_BYTES];
        new SecureRandom().nextBytes(start);
        String host = System.getenv().getOrDefault("HOSTNAME", "node").replaceAll("[^A-Za-z0-9._-]", "_");
        return host.substring(0, Math.min(host.length(), MAX_HOST)) + "-"
                + ProcessHandle.current().pid() + "-" + HexFormat.of().formatHex(start);
    }

    private List<Source> sources(long epoch) {
        List<Source> all = new ArrayList<>(sources.apply(epoch));
        if (ingest != null) {
            all.add(ingest);
        }
        return all;
    }

    /** What has to hold for clients to come, beside what the shards say. */
    List<HealthCheck> checks() {
        return settings.hasLog() ? List.of(new HealthCheck("log", this::health)) : List.of();
    }

    private Future<Health> health() {
        JournalVerticle reading = log;
        return reading == null
                ? Future.succeededFuture(new Health(false, "waits for the log"))
                : reading.hindrance().map(why -> new Health(why.isEmpty(), why.isEmpty() ? "is followed" : why));
    }

    /** Completes with the reason if this process has to end, because another has taken its place. */
    Future<String> ended() {
        return ended.future();
    }

    /** Has another feed take over, if one waits. Never fails. */
    Future<Void> leave() {
        return log == null ? Future.succeededFuture() : log.leave();
    }

    /** Ends the connections of the publishers whom a block keeps out; completes with how many. */
    Future<Integer> closePublishers(Block block) {
        return ingest == null ? Future.succeededFuture(0) : ingest.close(block);
    }

    /** Where publishers connect; 0 if they cannot. */
    int ingestPort() {
        return ingest == null ? 0 : ingest.port();
    }
}
