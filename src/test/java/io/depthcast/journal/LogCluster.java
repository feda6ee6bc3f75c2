package io.depthcast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.BatchEncoder;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.metrics.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Feeds and gateways at one log in memory, whose time is moved by hand, and what must hold of all of them. */
final class LogCluster {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry, "test");
    final List<LogNode> nodes = new ArrayList<>();
    final List<LogNode> gone = new ArrayList<>();
    /** All that were ever there. */
    private final List<LogNode> ever = new ArrayList<>();
    /** What was published as each row, by epoch and number. */
    private final Map<String, String> rows = new HashMap<>();

    final Random random;
    final MemoryJournal journal;
    private long nowNanos = TimeUnit.HOURS.toNanos(1);
    private int started;

    /** @param faults of the log, in thousandths of the appends, each kind */
    LogCluster(long seed, int faults) {
        random = new Random(seed);
        journal = new MemoryJournal(random, faults);
    }

    /** One without rows, as a feed of that epoch says it. */
    static byte[] batch(long epoch, Entry entry) {
        EventBatch batch = new EventBatch.Builder(epoch, entry.previous(), entry.previous() + 1).build(1, 1);
        return new BatchEncoder().encode(batch, entry.term(), entry.writer());
    }

    LogNode start(boolean isFeed) {
        return start(isFeed, 0);
    }

    LogNode start(boolean isFeed, long wallAheadMicros) {
        LogNode node = new LogNode(
                "n" + started++, journal, isFeed, new Random(random.nextLong()), wallAheadMicros, meters.journal());
        nodes.add(node);
        ever.add(node);
        return node;
    }

    void run(int millis) {
        for (int passed = 0; passed < millis; ) {
            int step = 5 + random.nextInt(10);
            passed += step;
            step(step);
        }
    }

    void step(int millis) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
        journal.pass(millis);
        for (LogNode node : List.copyOf(nodes)) {
            if (node.isAlive()) {
                node.turn(nowNanos);
                check(node);
            } else if (!node.ended.isEmpty()) {
                nodes.remove(node);
                gone.add(node);
            }
        }
    }

    /** Whoever publishes a row publishes the same under its number. */
    private void check(LogNode node) {
        if (node.isWrong) {
            node.published.clear();
        }
        for (EventBatch batch : node.published) {
            for (int i = 0; i < batch.count(); i++) {
                String name = batch.epoch() + "/" + (batch.firstSequence() + i);
                String row = batch.kind(i) + " " + batch.source(i) + " " + batch.priceTicks(i) + " " + batch.sizeLots(i)
                        + " " + batch.tradeId(i) + " " + batch.timeMicros(i);
                String other = rows.putIfAbsent(name, row);
                assertThat(other == null ? row : other).as(name).isEqualTo(row);
            }
        }
        node.published.clear();
    }

    /** How often a node held other books than the feed says. */
    long disproved() {
        return (long) registry.get("depthcast.journal.proofs")
                .tag("outcome", "disproved")
                .functionCounter()
                .count();
    }

    /** That all who are there hold the same, whole, young and proved, and one of them speaks. */
    void checkAgreement(String what) {
        assertThat(nodes.stream().filter(LogNode::isSpeaking))
                .as("%s: %s, gone: %s", what, nodes, gone)
                .hasSize(1);
        FeedSnapshot expected = nodes.get(0).snapshot();
        for (LogNode node : ever) {
            assertThat(node.acknowledged.getOrDefault(expected.epoch(), 0L))
                    .as("%s: what %s has acknowledged", what, node)
                    .isLessThanOrEqualTo(expected.sequence());
        }
        for (LogNode node : nodes) {
            assertThat(node.hindrance()).as(what).isEmpty();
            assertThat(node.snapshot().epoch()).as(what).isEqualTo(expected.epoch());
            assertThat(node.snapshot().sequence()).as(what).isEqualTo(expected.sequence());
            assertThat(node.snapshot().books()).as(what).isEqualTo(expected.books());
            assertThat(node.shard.snapshot().books()).as(what).isEqualTo(expected.books());
        }
    }

    /** Until nobody is anywhere but at the end. */
    void settle() {
        journal.heal();
        for (LogNode node : nodes) {
            node.isPaused = false;
            node.isSlow = false;
            node.link.cut = false;
        }
        run(30_000);
        nodes.forEach(node -> node.isMute = true);
        for (int i = 0; i < 60; i++) {
            nodes.forEach(node -> node.turn(nowNanos));
        }
        nodes.forEach(this::check);
    }
}
