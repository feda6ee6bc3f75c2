package io.depthcast.feed;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls sources in turn into one intake; what one of them throws ends in that one. Feed loop. */
public final class FeedLoop {
    private static final Logger LOG = LoggerFactory.getLogger(FeedLoop.class);
    /** After a fault; long enough not to fill the log. */
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Intake intake;
    private final Clock clock;
    private final long heartbeatNanos;
    private final Consumer<EventBatch> out;
    private final List<Polled> polled = new ArrayList<>();
    private @Nullable Thread owner;
    private long publishedNanos;

    /** A source and its door. */
    private static final class Polled {
        final Source source;
        final Door door;
        boolean resting;
        long restingSinceNanos;

        Polled(Source source, Door door) {
            this.source = source;
            this.door = door;
        }
    }

    /**
     * @param heartbeatMillis so long without a row, and a batch without any says that the feed is there
     * @param out takes each batch
     */
    public FeedLoop(Intake intake, Clock clock, int heartbeatMillis, Consumer<EventBatch> out) {
        this.intake = intake;
        this.clock = clock;
        this.heartbeatNanos = TimeUnit.MILLISECONDS.toNanos(heartbeatMillis);
        this.out = out;
    }

    public void add(Source source) {
        assert isOwnThread();
        polled.add(new Polled(source, intake.open(source.name(), source.silenceMillis())));
    }

    /** Takes what became due from every source, and publishes it as one batch. */
    public void poll(long nowNanos) {
        assert isOwnThread();
        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        intake.begin(nowMicros, nowNanos);
        for (Polled each : polled) {
            if (!each.resting || nowNanos - each.restingSinceNanos >= REST_NANOS) {
                poll(each, nowMicros, nowNanos);
            }
        }
        @Nullable EventBatch batch = intake.take();
        if (batch == null && nowNanos - publishedNanos > heartbeatNanos) {
            batch = intake.heartbeat();
        }
        if (batch != null) {
            publishedNanos = nowNanos;
            out.accept(batch);
        }
    }

    /** That of the first call is the feed loop. */
    private boolean isOwnThread() {
        owner = owner == null ? Thread.currentThread() : owner;
        return owner == Thread.currentThread();
    }

    private static void poll(Polled each, long nowMicros, long nowNanos) {
        try {
            each.resting = false;
            each.source.poll(each.door, nowMicros, nowNanos);
        } catch (RuntimeException e) {
            LOG.error(
                    "the source {} failed; its instruments are stale, and it is asked again later",
                    each.source.name(),
                    e);
            each.resting = true;
            each.restingSinceNanos = nowNanos;
            each.door.disconnected();
        }
    }

    /** After all that was told, which is published first: so that no snapshot ends within a batch. */
    FeedSnapshot snapshot() {
        assert isOwnThread();
        @Nullable EventBatch batch = intake.take();
        if (batch != null) {
            out.accept(batch);
        }
        return intake.snapshot();
    }
}
