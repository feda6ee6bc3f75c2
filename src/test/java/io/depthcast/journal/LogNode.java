package io.depthcast.journal;

import io.depthcast.feed.Books;
import io.depthcast.feed.Door;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.IntakeListener;
import io.depthcast.feed.RandomLog;
import io.depthcast.feed.Source;
import io.depthcast.metrics.JournalMeters;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A node at a log in memory, with all that a real one has but threads; a shard stands behind it. */
final class LogNode implements NodeLoop.Out, Speaker.Surroundings {
    final MemoryJournal.Link link;
    final List<EventBatch> published = new ArrayList<>();
    /** The last row by epoch. */
    final Map<Long, Long> acknowledged = new HashMap<>();

    final Books shard = new Books(0, 1);
    boolean isPaused;
    boolean isSlow;
    /** Whether what it publishes may be wrong, because its memory was changed. */
    boolean isWrong;
    /** Whether it reads and says nothing, not even that it is there. */
    boolean isMute;

    String ended = "";

    private final NodeLoop node;
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final Random random;
    private final long wallAheadMicros;
    private long nowNanos;
    private boolean joined;
    private Speaker speaker;
    private int snapshots;

    /** @param wallAheadMicros by how much its clock is wrong */
    LogNode(
            String name,
            MemoryJournal journal,
            boolean isFeed,
            Random random,
            long wallAheadMicros,
            JournalMeters meters) {
        this.link = journal.new Link();
        this.random = random;
        this.wallAheadMicros = wallAheadMicros;
        long spreadNanos = TimeUnit.MILLISECONDS.toNanos(random.nextInt(500));
        NodeLoop.Speaking speaking = isFeed ? (follower, kept) -> speaker(follower, kept, meters) : null;
        this.node = new NodeLoop(name, spreadNanos, speaking, this, meters, 0);
    }

    private Speaker speaker(Follower follower, Set<String> kept, JournalMeters meters) {
        speaker = new Speaker(
                follower,
                link,
                new Keeper(follower, link, kept, this::later),
                new WallClock(),
                IntakeListener.NONE,
                meters,
                this);
        return speaker;
    }

    /** Right but for a constant; that of the node moves with the test. */
    private final class WallClock extends Clock {
        @Override
        public Instant instant() {
            return Instant.parse("2026-11-29T00:00:00Z")
                    .plusNanos(nowNanos + TimeUnit.MICROSECONDS.toNanos(wallAheadMicros));
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    boolean isAlive() {
        return ended.isEmpty() && !isPaused;
    }

    /** One turn of its loop and of its reader. */
    void turn(long now) {
        nowNanos = now;
        while (!later.isEmpty()) {
            later.remove().run();
        }
        if (!joined) {
            join();
            return;
        }
        NodeLoop.Next next = node.take(link.poll(0), nowNanos);
        joined = next == NodeLoop.Next.READ;
        if (joined && !isMute && speaker != null && ended.isEmpty()) {
            speaker.tick(nowNanos);
        }
    }

    private void join() {
        if (link.kept() instanceof JournalReader.Kept.States states) {
            long from = node.join(states, nowNanos);
            joined = from >= 0;
            link.seek(from);
        }
    }

    boolean isSpeaking() {
        return speaker != null && speaker.isSpeaking() && ended.isEmpty();
    }

    void leave() {
        speaker.leave(failure -> ended = "left");
    }

    /** Goes on reading for a while. */
    void leaveSlowly() {
        speaker.leave(failure -> {});
    }

    String hindrance() {
        return node.hindrance(nowNanos);
    }

    FeedSnapshot snapshot() {
        return node.snapshot();
    }

    @Override
    public String toString() {
        return node.describe() + (ended.isEmpty() ? "" : " ended: " + ended) + " " + hindrance();
    }

    int snapshots() {
        return snapshots;
    }

    @Override
    public void publish(EventBatch batch) {
        published.add(batch);
        if (shard.apply(batch) == Books.Applied.GAP) {
            renew();
        }
    }

    @Override
    public void renew() {
        snapshots++;
        shard.replace(node.snapshot());
    }

    @Override
    public boolean keepsUp() {
        return !isSlow;
    }

    @Override
    public void start(long epoch) {
        speaker.add(new Acknowledged(epoch));
    }

    /** Tells what occurs to it, and keeps up to which row a publisher would have been told that it is published. */
    private final class Acknowledged implements Source {
        private final RandomLog events = new RandomLog(random, 3);
        private final long epoch;
        private long dueRow;
        private BooleanSupplier settled = () -> false;

        Acknowledged(long epoch) {
            this.epoch = epoch;
        }

        @Override
        public String name() {
            return events.name();
        }

        @Override
        public void poll(Door door, long nowMicros, long monotonicNanos) {
            if (settled.getAsBoolean()) {
                acknowledged.put(epoch, dueRow);
                dueRow = 0;
            }
            // Before the next events, so that those before are numbered, and said.
            if (dueRow == 0) {
                dueRow = speaker.said();
                settled = door.settling();
            }
            events.poll(door, nowMicros, monotonicNanos);
        }
    }

    @Override
    public void end(String reason) {
        ended = reason;
    }

    @Override
    public void later(Runnable action) {
        later.add(action);
    }
}
