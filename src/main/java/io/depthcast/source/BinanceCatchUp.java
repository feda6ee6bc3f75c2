package io.depthcast.source;

import io.depthcast.limit.Backoff;
import io.depthcast.metrics.SourceMeters;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets what symbols are to go on from: their steps, where these are not known or may have changed, then a snapshot. One
 * question after the other, as often as the exchange allows. A symbol that fails waits longer each time, so that one with
 * which something is wrong costs the others a turn, and no more. Feed loop only.
 */
final class BinanceCatchUp {
    /** Is told what was asked for. */
    interface Listener {
        /** @param listing its steps as they are now */
        void listed(BinanceListing listing);

        void snapshot(String name, String answer);
    }

    /**
     * How often it may ask.
     *
     * @param questionNanos between two questions
     * @param random evenly distributed, from 0 to below 1: how much of what a symbol waits at most
     */
    record Pace(long questionNanos, DoubleSupplier random) {
        /** Half of what the exchange allows of the weight of snapshots. */
        static final long QUESTION_NANOS = TimeUnit.SECONDS.toNanos(1);
    }

    private static final Logger LOG = LoggerFactory.getLogger(BinanceCatchUp.class);

    private final BinanceRest rest;
    private final SourceMeters meters;
    private final Pace pace;
    private final Listener listener;
    private final Map<String, Progress> symbols = new LinkedHashMap<>();
    private boolean isAsking;
    private long askNanos;

    /** How far a symbol is. */
    private static final class Progress {
        final String name;
        final Backoff backoff =
                new Backoff(TimeUnit.SECONDS.toNanos(1), TimeUnit.MINUTES.toNanos(1), TimeUnit.MINUTES.toNanos(1));
        boolean needsSteps;
        boolean needsSnapshot;
        /** When it may be asked for. */
        long dueNanos;

        boolean isGood;
        long goodSinceNanos;

        Progress(String name) {
            this.name = name;
        }

        boolean isWaiting() {
            return needsSteps || needsSnapshot;
        }
    }

    BinanceCatchUp(BinanceRest rest, SourceMeters meters, Pace pace, Listener listener) {
        this.rest = rest;
        this.meters = meters;
        this.pace = pace;
        this.listener = listener;
    }

    /** A snapshot is wanted, as soon as it is the symbol's turn. */
    void want(String name, long nowNanos) {
        Progress progress = progress(name);
        progress.needsSnapshot = true;
        progress.dueNanos = nowNanos;
    }

    /** Its book is the exchange's. */
    void isGood(String name, long nowNanos) {
        Progress progress = progress(name);
        progress.isGood = true;
        progress.goodSinceNanos = nowNanos;
    }

    /**
     * Its changes do not go on from its book, so a snapshot is wanted, after a while.
     *
     * @return how long a while, in nanoseconds
     */
    long lost(String name, long nowNanos) {
        Progress progress = progress(name);
        progress.needsSnapshot = true;
        return putOff(progress, nowNanos);
    }

    /**
     * Its steps are not known, so these are wanted, after a while. Until then nothing that is said of it can be read.
     *
     * @return how long a while, in nanoseconds
     */
    long isUnknown(String name, long nowNanos) {
        Progress progress = progress(name);
        progress.needsSteps = true;
        progress.needsSnapshot = false;
        return putOff(progress, nowNanos);
    }

    boolean needsSteps(String name) {
        return progress(name).needsSteps;
    }

    private Progress progress(String name) {
        return symbols.computeIfAbsent(name, Progress::new);
    }

    private long putOff(Progress progress, long nowNanos) {
        long goodNanos = progress.isGood ? nowNanos - progress.goodSinceNanos : 0;
        long waitNanos = progress.backoff.nextNanos(goodNanos, pace.random().getAsDouble());
        progress.isGood = false;
        progress.dueNanos = nowNanos + waitNanos;
        return waitNanos;
    }

    /** To be called every few milliseconds. */
    void tick(long nowNanos) {
        if (isAsking || nowNanos - askNanos < 0) {
            return;
        }
        List<Progress> waiting =
                symbols.values().stream().filter(Progress::isWaiting).toList();
        meters.waiting(waiting.size());
        waiting.stream()
                .filter(each -> nowNanos - each.dueNanos >= 0)
                .min((one, other) -> Long.compare(one.dueNanos - other.dueNanos, 0))
                .ifPresent(next -> ask(next, nowNanos));
    }

    private void ask(Progress next, long nowNanos) {
        isAsking = true;
        askNanos = nowNanos + pace.questionNanos();
        if (next.needsSteps) {
            rest.listings(List.of(next.name))
                    .onComplete(answer -> listed(next, answer), failure -> failed(next, failure));
        } else {
            meters.snapshotAsked();
            rest.depth(next.name).onComplete(answer -> snapshot(next, answer), failure -> failed(next, failure));
        }
    }

    private void listed(Progress asked, List<BinanceListing> answer) {
        BinanceListing listing = answer.stream()
                .filter(each -> each.name().equals(asked.name))
                .findFirst()
                .orElse(null);
        if (listing == null) {
            failed(asked, new IOException("the exchange does not list it"));
            return;
        }
        isAsking = false;
        asked.needsSteps = false;
        listener.listed(listing);
    }

    private void snapshot(Progress asked, String answer) {
        isAsking = false;
        if (!asked.needsSteps) {
            asked.needsSnapshot = false;
            listener.snapshot(asked.name, answer);
        }
    }

    private void failed(Progress asked, Throwable failure) {
        isAsking = false;
        long nowNanos = System.nanoTime();
        long waitNanos = putOff(asked, nowNanos);
        if (failure instanceof BinanceRest.TooMany tooMany) {
            askNanos = Math.max(askNanos, nowNanos + tooMany.waitNanos);
        }
        LOG.warn(
                "{}: no {}: {}; again in {} ms",
                asked.name,
                asked.needsSteps ? "steps" : "snapshot",
                failure.getMessage(),
                TimeUnit.NANOSECONDS.toMillis(Math.max(waitNanos, askNanos - nowNanos)));
    }
}
