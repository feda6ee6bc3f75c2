package io.depthcast.fanout;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/**
 * How long the interval between two flushes is for everybody on a loop: as usual, or as long as it takes. It grows after a
 * second in which the flushes alone were more than there is time for, after four in which all its work was, and after eight in
 * which the loop had hardly any time to spare. What it did beside flushing counts only as far as it was so in each of these, and
 * what it waited for others only as far as it did for half a minute: a compiler, a collection or a neighbour leaves before that,
 * and meanwhile a longer interval would give nobody more. It shrinks to what would have done for some seconds. Between the two
 * lies enough for it to settle: not every load that varies is another one. A relapse soon after makes it more patient the next
 * time.
 * Where nothing has been flushed for some seconds there is nothing to stretch: whoever comes after all others have left is not
 * kept out by what they cost. One thread.
 */
final class Stretch {
    /** Times the usual interval. */
    static final int MAX = 16;

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Of fewer the mean tells more of chance than of the load. */
    private static final long WINDOW_FLUSHES = 32;
    /** Do where there is far less to do than time. */
    private static final long FEW_FLUSHES = 4;

    private static final int MANY_WINDOWS = 8;
    /** Whoever has the core for as long will not leave. */
    private static final int WAITING_WINDOWS = 30;
    /** Compilers, collections and crowds that come at once are over by then. */
    private static final int FEW_WINDOWS = 4;
    /** To be calm. */
    private static final int CALM_WINDOWS = 3;

    private static final long PERCENT = 100;
    /** Of the time, for flushes alone: this will not pass. */
    private static final int HOPELESS_PERCENT = 112;
    /** Of the time, for all that a loop does: more is not to be had for long. */
    private static final int OVERLOADED_PERCENT = 98;
    /** Of the time, for what was too much. */
    private static final int FITTING_PERCENT = 95;
    /** Of the time, after more flushes are made, so that this is no overload again. */
    private static final int CALM_PERCENT = 92;
    /** Of the interval: less of a change is not worth one. */
    private static final int SHRINKING_PERCENT = 95;
    /** Of the interval: far less to do than time. */
    private static final int LIGHT_PERCENT = 70;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long MAX_PATIENCE_NANOS = 32 * PATIENCE_NANOS;
    private static final long RELAPSE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final int usualTicks;
    private final long tickNanos;
    private int ticks;
    private final LoadWindow.Meter meter = new LoadWindow.Meter();
    /** Of this interval, the newest first. */
    private final Deque<LoadWindow> windows = new ArrayDeque<>(WAITING_WINDOWS);

    private long flushedNanos;
    /** Since when fewer ticks would have done in each window. */
    private long calmNanos;

    private int calmWindows;
    private long patienceNanos = PATIENCE_NANOS;
    private long relaxedNanos;
    /** Whether the last step was one down. */
    private boolean relaxed;

    /** @param cpuNanos that the thread of the loop has had */
    Stretch(Flushes flushes, long nowNanos, long cpuNanos) {
        this.usualTicks = flushes.ticks();
        this.tickNanos = flushes.tickNanos();
        this.ticks = usualTicks;
        this.flushedNanos = nowNanos;
        this.relaxedNanos = nowNanos - RELAPSE_NANOS;
        meter.start(nowNanos, cpuNanos);
        calm(nowNanos);
    }

    /** From one flush to the next; at most {@link #MAX} times as many as usual. */
    int ticks() {
        return ticks;
    }

    private long interval() {
        return ticks * tickNanos;
    }

    void begins(long nowNanos) {
        meter.begins(nowNanos, interval());
    }

    /**
     * One flush took so long. Returns whether that was longer than the interval.
     *
     * @param cpuNanos of it that were not spent waiting
     */
    boolean worked(long nanos, long cpuNanos) {
        boolean overrun = nanos > interval();
        meter.worked(nanos, cpuNanos, overrun);
        return overrun;
    }

    /**
     * To be called a few times a second; returns whether the interval has changed.
     *
     * @param cpuNanos that the thread of the loop has had
     */
    boolean check(long nowNanos, long cpuNanos) {
        long elapsed = meter.elapsed(nowNanos);
        if (elapsed < Math.max(WINDOW_NANOS, FEW_FLUSHES * interval())) {
            return false;
        }
        LoadWindow window = meter.end(nowNanos, cpuNanos, interval());
        if (elapsed < WINDOW_FLUSHES * interval() && PERCENT * window.total() > LIGHT_PERCENT * interval()) {
            return false;
        }
        int before = ticks;
        flushedNanos = meter.flushes() == 0 ? flushedNanos : nowNanos;
        note(window, nowNanos);
        long needed = needed(window);
        if (nowNanos - flushedNanos >= PATIENCE_NANOS) {
            ticks = usualTicks;
        } else if (needed > 0) {
            grow(needed, nowNanos);
        } else if (nowNanos - calmNanos >= patienceNanos && calmWindows >= CALM_WINDOWS) {
            shrink(calmTicks(CALM_WINDOWS), nowNanos);
        }
        meter.start(nowNanos, cpuNanos);
        if (ticks != before) {
            windows.clear();
            calm(nowNanos);
        }
        return ticks != before;
    }

    private void note(LoadWindow window, long nowNanos) {
        if (windows.size() == WAITING_WINDOWS) {
            windows.removeLast();
        }
        windows.addFirst(window);
        calmWindows++;
        if (!isWorthIt(calmTicks(1), ticks)) {
            calm(nowNanos);
        }
    }

    /** What would have done in the newest windows. */
    private int calmTicks(int count) {
        long own = newest(count, LoadWindow::own).sum() / count;
        long rest = newest(count, LoadWindow::rest).sum() / count;
        return fitting(new LoadWindow(own, waited(CALM_WINDOWS), rest).total(), CALM_PERCENT);
    }

    /** For others, in each of so many windows. */
    private long waited(int count) {
        return newest(count, LoadWindow::waited).min().orElse(0);
    }

    private LongStream newest(int count, ToLongFunction<LoadWindow> of) {
        return windows.stream().limit(count).mapToLong(of);
    }

    private boolean isWorthIt(int fewer, int than) {
        return fewer < than && (fewer == usualTicks || PERCENT * fewer <= (long) SHRINKING_PERCENT * than);
    }

    /** What an interval costs where that is too much, in nanoseconds; 0 where it is not. */
    private long needed(LoadWindow newest) {
        if (PERCENT * newest.own() >= HOPELESS_PERCENT * interval()) {
            return newest.own();
        }
        long cost = cost(FEW_WINDOWS);
        if (cost < interval()) {
            cost = cost(MANY_WINDOWS);
        }
        return PERCENT * cost >= OVERLOADED_PERCENT * interval() ? cost : 0;
    }

    /** Of the newest windows; 0 where there are not that many. */
    private long cost(int count) {
        if (windows.size() < count) {
            return 0;
        }
        long own = newest(count, LoadWindow::own).sum() / count;
        long rest = newest(count, LoadWindow::rest).min().orElse(0);
        long waited = windows.size() < WAITING_WINDOWS ? 0 : waited(WAITING_WINDOWS);
        return new LoadWindow(own, waited, rest).total();
    }

    /** The least ticks, not below the usual, of which a cost takes so much. */
    private int fitting(long costNanos, int percent) {
        long needed = (PERCENT * costNanos + percent * tickNanos - 1) / (percent * tickNanos);
        return (int) Math.min((long) MAX * usualTicks, Math.max(usualTicks, needed));
    }

    private void calm(long sinceNanos) {
        calmNanos = sinceNanos;
        calmWindows = 0;
    }

    private void grow(long costNanos, long nowNanos) {
        if (nowNanos - relaxedNanos >= RELAPSE_NANOS) {
            patienceNanos = PATIENCE_NANOS;
        } else if (relaxed) {
            patienceNanos = Math.min(2 * patienceNanos, MAX_PATIENCE_NANOS);
        }
        relaxed = false;
        int wanted = Math.max(fitting(costNanos, FITTING_PERCENT), ticks + 1);
        ticks = Math.min(Math.min(wanted, 2 * ticks), MAX * usualTicks);
        calm(nowNanos);
    }

    private void shrink(int calmTicks, long nowNanos) {
        // One window more, and what was left of a crowd in the first of them does not count.
        if (!isWorthIt(calmTicks(CALM_WINDOWS - 1), calmTicks)) {
            ticks = calmTicks;
            relaxedNanos = nowNanos;
            relaxed = true;
        }
    }
}
