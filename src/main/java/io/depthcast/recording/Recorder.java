package io.depthcast.recording;

import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.metrics.RecordMeters;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records on a thread of its own. Whoever hands over never waits: what does not fit into the queue is lost and counted, and the
 * recording goes on in another file.
 */
final class Recorder {
    /** Some 30 MB: what a disk may stand still at a million events a second is half a second. */
    static final int MAX_WAITING_ROWS = 500_000;

    /** What the thread is told. */
    private sealed interface Item {
        record Rows(EventBatch batch) implements Item {}

        record State(FeedSnapshot snapshot) implements Item {}

        record End() implements Item {}
    }

    private final RecordingFiles files;
    private final RecordMeters meters;
    private final int maxWaitingRows;
    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waitingRows = new AtomicLong();
    private final Thread thread = new Thread(this::run, "depthcast-recorder");

    Recorder(RecordSettings settings, Disk disk, int maxWaitingRows, RecordMeters meters) {
        this.files = new RecordingFiles(settings, disk, maxWaitingRows, meters);
        this.maxWaitingRows = maxWaitingRows;
        this.meters = meters;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes a batch if there is room. Any thread, but always the same one. */
    void offer(EventBatch batch) {
        // An empty batch takes room as well.
        int rows = batch.count() + 1;
        if (waitingRows.get() + rows > maxWaitingRows) {
            meters.lost(batch.count());
        } else {
            waitingRows.addAndGet(rows);
            queue.add(new Item.Rows(batch));
        }
    }

    /** Whether somebody is to ask the feed for a snapshot, and to {@link #offer} it. Any thread. */
    boolean wantsState() {
        return files.wantsState();
    }

    void offer(FeedSnapshot state) {
        queue.add(new Item.State(state));
    }

    /** Writes what waits, and ends. Blocks. */
    void stop() throws InterruptedException {
        queue.add(new Item.End());
        thread.join();
    }

    private void run() {
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = take(queue.take());
            } catch (InterruptedException stopped) {
                goesOn = false;
            }
        }
        files.closeCurrent();
    }

    private boolean take(Item item) {
        long nowNanos = System.nanoTime();
        if (item instanceof Item.Rows rows) {
            waitingRows.addAndGet(-rows.batch().count() - 1L);
            files.take(rows.batch(), nowNanos);
        } else if (item instanceof Item.State state) {
            files.take(state.snapshot(), nowNanos);
        } else {
            return false;
        }
        if (queue.isEmpty()) {
            files.flush(nowNanos);
        }
        return true;
    }
}
