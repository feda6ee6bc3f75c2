package io.depthcast.fanout;

import io.depthcast.feed.ListingChanges;
import io.depthcast.wire.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/** A gateway loop that runs when the bench says so. */
final class BenchLoop implements Shards {
    /** Two share a history here, so that the clients of every test have met some. */
    private static final int LEAST_TAKERS = 2;

    private static final int SPAN_FLUSHES = 3;

    private final String address;
    private final FanoutBench bench;
    private final Queue<FrameBatch> inbox = new ArrayDeque<>();
    private final List<Runnable> later = new ArrayList<>();
    private final Map<Integer, Version> newest = new HashMap<>();
    private final Audience audience;

    /** Whether the loop is too busy to take anything. */
    boolean stuck;

    /** Batches taken since the start. */
    int batches;

    /** Hears how the instruments change, before any data in their new steps. */
    Consumer<ListingChanges> onListings = changes -> {};

    BenchLoop(String address, FanoutBench bench) {
        this.address = address;
        this.bench = bench;
        MessageCache messages = new MessageCache(bench.allocator, bench.meters.histories(), LEAST_TAKERS, SPAN_FLUSHES);
        this.audience = new Audience(new Flushes(FanoutBench.FLUSH_MILLIS, 1), this, messages);
    }

    String address() {
        return address;
    }

    Audience audience() {
        return audience;
    }

    int waitingBatches() {
        return inbox.size();
    }

    void receive(FrameBatch batch) {
        newest.put(batch.shard(), batch.newest());
        inbox.add(batch);
    }

    /** Takes what is in the inbox as one turn of the loop, unless stuck. */
    void run() {
        if (!stuck && !inbox.isEmpty()) {
            batches += inbox.size();
            List<FrameBatch> turn = List.copyOf(inbox);
            inbox.clear();
            turn.forEach(batch -> onListings.accept(batch.listings()));
            audience.deliver(turn, bench.nowNanos());
        }
    }

    void runLater() {
        if (!stuck) {
            List<Runnable> now = List.copyOf(later);
            later.clear();
            now.forEach(Runnable::run);
        }
    }

    void drop() {
        inbox.forEach(FrameBatch::release);
        inbox.clear();
    }

    @Override
    public int count() {
        return bench.shards.size();
    }

    @Override
    public Version newest(int shard) {
        return newest.getOrDefault(shard, new Version(0, 0));
    }

    @Override
    public void send(int shard, boolean taken, List<Ask> asks) {
        bench.send(shard, new Asks(address, audience.stretch(), taken, asks));
    }

    @Override
    public void later(Runnable action) {
        later.add(action);
    }
}
