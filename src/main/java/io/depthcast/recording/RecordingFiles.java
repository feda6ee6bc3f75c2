package io.depthcast.recording;

import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.metrics.RecordMeters;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written to which file. A file that is full, a hole, or a disk that was full ends one; the next begins with a
 * snapshot, which is asked for. What comes until that is there is held, and goes to the file before the snapshot or to the one
 * after it. Nothing that is missing is passed over in silence: where there is a hole, there is another file. One thread.
 */
final class RecordingFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingFiles.class);
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_BYTES = 4L << 20;

    private final RecordSettings settings;
    private final Disk disk;
    private final RecordMeters meters;
    private final Deque<EventBatch> held = new ArrayDeque<>();
    private final int maxHeldRows;
    private @Nullable RecordingWriter current;
    /** Whether the file there is ends with the next state. */
    private boolean isTurning;
    /** Whether somebody is to ask for that state. */
    private volatile boolean isWanted;
    /** That state, until all has come that it includes. */
    private @Nullable FeedSnapshot state;

    private boolean isResting;
    /** Whether anything was recorded yet: what was before that is not missing. */
    private boolean hasBegun;

    private int heldRows;
    private long restedNanos;
    private long lookedNanos;
    private long lookedBytes;
    private long wallMicros;

    /** @param maxHeldRows that may wait for a snapshot */
    RecordingFiles(RecordSettings settings, Disk disk, int maxHeldRows, RecordMeters meters) {
        this.settings = settings;
        this.disk = disk;
        this.maxHeldRows = maxHeldRows;
        this.meters = meters;
    }

    /** Whether somebody is to ask the feed for a snapshot. Any thread. */
    boolean wantsState() {
        return isWanted;
    }

    void take(EventBatch batch, long nowNanos) {
        if (isResting && nowNanos - restedNanos >= REST_NANOS && hasRoom(nowNanos)) {
            isResting = false;
            turn("it had stopped");
        }
        if (isResting) {
            meters.lost(batch.count());
        } else if (isTurning) {
            hold(batch);
            turnIfComplete(nowNanos);
        } else {
            next(batch, nowNanos);
        }
    }

    /** While there is none, nothing is begun, and nothing is said again. */
    private boolean hasRoom(long nowNanos) {
        restedNanos = nowNanos;
        try {
            return fitsOneMore();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean fitsOneMore() throws IOException {
        return disk.usableBytes() >= settings.reserveBytes() + settings.fileBytes();
    }

    private void next(EventBatch batch, long nowNanos) {
        if (current == null && batch.previous() == 0) {
            begin(new FeedSnapshot(batch.epoch(), 0, 0, List.of()), batch.wallMicros(), nowNanos);
        }
        if (isResting) {
            meters.lost(batch.count());
        } else if (current != null && current.continues(batch)) {
            write(current, batch, nowNanos);
        } else if (current != null && current.includes(batch)) {
            // It came after the state that it is part of.
            meters.lost(batch.count());
        } else {
            turn("what follows " + (current == null ? 0 : current.sequence()) + " is missing");
            hold(batch);
        }
    }

    private void hold(EventBatch batch) {
        held.add(batch);
        heldRows += batch.count();
        while (heldRows > maxHeldRows) {
            meters.lost(release().count());
        }
    }

    private EventBatch release() {
        EventBatch first = held.remove();
        heldRows -= first.count();
        return first;
    }

    private void turn(String why) {
        isTurning = true;
        isWanted = true;
        LOG.atInfo().addKeyValue("why", why).log("the recording goes on in another file");
    }

    /** The state that was asked for. */
    void take(FeedSnapshot asked, long nowNanos) {
        if (isTurning && state == null && !isOlder(asked)) {
            isWanted = false;
            state = asked;
            turnIfComplete(nowNanos);
        }
    }

    private boolean isOlder(FeedSnapshot asked) {
        if (!held.isEmpty()) {
            return asked.epoch() == held.element().epoch()
                    && asked.sequence() < held.element().previous();
        }
        return current != null && asked.epoch() == current.epoch() && asked.sequence() < current.sequence();
    }

    private void turnIfComplete(long nowNanos) {
        FeedSnapshot to = state;
        if (to == null || (current != null && heard() < to.sequence())) {
            return;
        }
        state = null;
        while (!held.isEmpty() && held.element().lastSequence() <= to.sequence()) {
            before(release(), nowNanos);
        }
        if (isResting) {
            return;
        }
        isTurning = false;
        closeCurrent();
        begin(to, wallMicros, nowNanos);
        List<EventBatch> after = List.copyOf(held);
        held.clear();
        heldRows = 0;
        after.forEach(batch -> take(batch, nowNanos));
    }

    /** Number of the newest row that has come. */
    private long heard() {
        if (!held.isEmpty()) {
            return held.getLast().lastSequence();
        }
        return current == null ? 0 : current.sequence();
    }

    /** What the state includes, so that it belongs to the file before. */
    private void before(EventBatch batch, long nowNanos) {
        wallMicros = batch.wallMicros();
        if (current != null && current.continues(batch)) {
            write(current, batch, nowNanos);
        } else if (hasBegun) {
            meters.lost(batch.count());
        }
    }

    private void begin(FeedSnapshot state, long atMicros, long nowNanos) {
        try {
            if (!fitsOneMore()) {
                stop("less than the reserve and one file is free", null, nowNanos);
                return;
            }
            RecordingWriter next = new RecordingWriter(disk.create(atMicros), state, atMicros);
            current = next;
            hasBegun = true;
            isResting = false;
            lookedBytes = 0;
            lookedNanos = nowNanos;
            meters.begun();
            meters.written(0, next.bytes());
            next.flush();
        } catch (IOException | IllegalArgumentException e) {
            stop("it cannot be written", e, nowNanos);
        }
    }

    private void write(RecordingWriter to, EventBatch batch, long nowNanos) {
        try {
            if (to.bytes() - lookedBytes >= LOOK_BYTES || nowNanos - lookedNanos >= LOOK_NANOS) {
                lookedBytes = to.bytes();
                lookedNanos = nowNanos;
                if (disk.usableBytes() < settings.reserveBytes()) {
                    meters.lost(batch.count());
                    stop("no more than the reserve is free", null, nowNanos);
                    return;
                }
            }
            long before = to.bytes();
            to.write(batch);
            wallMicros = batch.wallMicros();
            meters.written(batch.count(), to.bytes() - before);
            if (to.bytes() >= settings.fileBytes() && !isTurning) {
                turn("the file is full");
            }
        } catch (IOException e) {
            meters.lost(batch.count());
            stop("it cannot be written", e, nowNanos);
        }
    }

    private void stop(String why, @Nullable Exception cause, long nowNanos) {
        closeCurrent();
        isResting = true;
        isTurning = false;
        isWanted = false;
        state = null;
        restedNanos = nowNanos;
        meters.stopped();
        while (!held.isEmpty()) {
            meters.lost(release().count());
        }
        LOG.atError()
                .addKeyValue("directory", settings.directory())
                .addKeyValue("why", why)
                .setCause(cause)
                .log("the recording has stopped; it goes on by itself when it can");
    }

    /** What waits in memory goes to the kernel. */
    void flush(long nowNanos) {
        if (current != null) {
            try {
                current.flush();
            } catch (IOException e) {
                stop("it cannot be written", e, nowNanos);
            }
        }
    }

    void closeCurrent() {
        RecordingWriter last = current;
        current = null;
        if (last != null) {
            try {
                last.close();
            } catch (IOException e) {
                LOG.error("a file of the recording could not be closed", e);
            }
        }
    }
}
