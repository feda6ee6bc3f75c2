package io.depthcast.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Instruments of a former feed that no source has told whole since: for a while they are believed. Feed loop. */
final class Heirless {
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(FeedBus.STALE_MILLIS);

    private List<Listed> waiting = new ArrayList<>();
    private long sinceNanos;

    void add(Listed listed) {
        waiting.add(listed);
    }

    void begin(long nowNanos) {
        sinceNanos = nowNanos;
    }

    /** Those that nobody told in time; each once. */
    List<Listed> due(long nowNanos) {
        if (waiting.isEmpty() || nowNanos - sinceNanos < PATIENCE_NANOS) {
            return List.of();
        }
        List<Listed> due = waiting.stream()
                .filter(each -> each.inherited && !each.whole && !each.stale)
                .toList();
        waiting = List.of();
        return due;
    }
}
