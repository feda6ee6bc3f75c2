package io.depthcast.source;

import io.depthcast.feed.Door;
import io.depthcast.feed.Refusal;
import io.depthcast.feed.Source;
import io.depthcast.metrics.SourceMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays recordings, at any speed, once or for ever. */
public final class RecordingSource implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingSource.class);
    /** So that other sources have their turn as well. */
    private static final int EVENTS_PER_POLL = 5_000;

    private static final long PER_MILLE = 1_000;
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final RecordingSettings settings;
    private final SourceMeters meters;
    private final PlaylistReader reader;
    private final long speedPerMille;
    private final MinuteByMinute complaints = new MinuteByMinute();
    private @Nullable RecordedDoors doors;
    private PlaylistReader.@Nullable Page page;
    private int nextOfPage;
    private boolean isOver;
    /** Of the pass: when its first event was recorded, 0 before it, and when it is played. */
    private long firstMicros;

    private long beganMicros;
    private long dueMicros;
    private long played;
    private long refusals;
    private long heartbeatNanos;
    private long progressNanos;

    public RecordingSource(RecordingSettings settings, SourceMeters meters) {
        this.settings = settings;
        this.meters = meters;
        this.speedPerMille = settings.perMille();
        this.reader = new PlaylistReader(settings.paths(), settings.loop());
    }

    @Override
    public String name() {
        return "recording";
    }

    /** Fails if a file is missing, or of no kind that is known. */
    @Override
    public Future<Void> start(Vertx vertx) {
        List<Path> files = settings.paths();
        if (files.isEmpty()) {
            return Future.failedFuture("feed.recording.files: expected files to play, got none");
        }
        for (Path file : files) {
            if (!Playlist.isKnown(file)) {
                return Future.failedFuture("feed.recording.files: " + file + ": " + Playlist.EXPECTATION);
            }
        }
        reader.start();
        return Future.succeededFuture();
    }

    @Override
    public void poll(Door door, long nowMicros, long nowNanos) {
        RecordedDoors to = doors == null ? new RecordedDoors(door) : doors;
        doors = to;
        for (int told = 0; told < EVENTS_PER_POLL && !isOver && door.hasRoom(); told++) {
            RecordedEvent event = peek(to, nowNanos);
            if (event == null || !isDue(event, nowMicros)) {
                break;
            }
            nextOfPage++;
            tell(to, event, nowNanos);
        }
        if (!isOver && nowNanos - heartbeatNanos > HEARTBEAT_NANOS) {
            heartbeatNanos = nowNanos;
            to.heartbeat();
        }
    }

    /** The next event, or null if it is not read yet or there is none. */
    private @Nullable RecordedEvent peek(RecordedDoors to, long nowNanos) {
        while (page == null || nextOfPage == page.events().size()) {
            if (page != null && page.isLast()) {
                endPass(to, page);
                if (isOver) {
                    return null;
                }
            }
            page = reader.poll();
            nextOfPage = 0;
            meters.waiting(reader.waiting());
            if (page == null) {
                return null;
            }
            progress(page, nowNanos);
        }
        return page.events().get(nextOfPage);
    }

    private void endPass(RecordedDoors to, PlaylistReader.Page last) {
        firstMicros = 0;
        if (last.fault() != null) {
            isOver = true;
            meters.refused(Refusal.Code.BAD_REQUEST.text());
            to.disconnected();
            LOG.error("the recording is played up to where it is damaged: {}", last.fault());
        } else if (!settings.loop()) {
            isOver = true;
            LOG.info("the recording is played: {} events", played);
        }
    }

    private void progress(PlaylistReader.Page read, long nowNanos) {
        if (nowNanos - progressNanos > PROGRESS_NANOS) {
            progressNanos = nowNanos;
            LOG.info("the recording: {} % read, {} events played", read.percent(), played);
        }
    }

    private boolean isDue(RecordedEvent event, long nowMicros) {
        if (firstMicros == 0) {
            firstMicros = event.dueMicros();
            beganMicros = nowMicros;
            dueMicros = nowMicros;
        }
        if (event.dueMicros() != 0) {
            dueMicros = beganMicros + shifted(event.dueMicros());
        }
        return dueMicros <= nowMicros;
    }

    private long shifted(long recordedMicros) {
        return (recordedMicros - firstMicros) * PER_MILLE / speedPerMille;
    }

    private void tell(RecordedDoors to, RecordedEvent event, long nowNanos) {
        // Candles begin with the minute, so they cannot be shifted by any other time.
        Refusal refusal = to.tell(keepsTimes() ? event : event.withoutHistory(), time(event));
        played++;
        if (refusal == null) {
            meters.taken();
        } else {
            meters.refused(refusal.code().text());
            refusals++;
            if (complaints.isDue(nowNanos)) {
                LOG.warn(
                        "{} events of the recording are refused since the last such line, the newest is event {}, of"
                                + " {}: {}: {}",
                        refusals,
                        played,
                        event.symbol(),
                        refusal.code().text(),
                        refusal.reason());
                refusals = 0;
            }
        }
    }

    private boolean keepsTimes() {
        return settings.times().equals(RecordingSettings.KEPT);
    }

    private long time(RecordedEvent event) {
        if (event.timeMicros() == 0 || keepsTimes()) {
            return event.timeMicros();
        }
        return beganMicros + shifted(event.timeMicros());
    }

    @Override
    public Future<Void> stop() {
        reader.stop();
        return Future.succeededFuture();
    }
}
