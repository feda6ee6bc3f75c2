package io.depthcast.metrics;

import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * How late a loop comes round to what is due. Ten times a second it notes by how much a timer was late; a loop that was
 * held up catches up on the timers it missed, so a long stop counts for as many of them as it was long.
 */
public final class LoopLag {
    private static final int PERIOD_MILLIS = 100;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);

    private final Timer lag;
    private long dueNanos;

    private LoopLag(Timer lag, long nowNanos) {
        this.lag = lag;
        this.dueNanos = nowNanos + PERIOD_NANOS;
    }

    /** To be called on the loop. Ends with the verticle that calls it. */
    static void watch(Vertx vertx, Timer lag) {
        LoopLag watch = new LoopLag(lag, System.nanoTime());
        vertx.setPeriodic(PERIOD_MILLIS, timer -> watch.turn(System.nanoTime()));
    }

    private void turn(long nowNanos) {
        lag.record(Math.max(0, nowNanos - dueNanos), TimeUnit.NANOSECONDS);
        dueNanos += PERIOD_NANOS;
    }
}
