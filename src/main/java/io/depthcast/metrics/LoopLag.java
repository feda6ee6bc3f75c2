package io.depthcast.metrics;

import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How late a loop comes round to what is due. Ten times a second it notes by how much a timer was late; a loop that was
 * held up catches up on the timers it missed, so a long stop counts for as many of them as it was long. How late it is now
 * can be asked from any thread, and grows while the loop stands.
 */
public final class LoopLag {
    private static final int PERIOD_MILLIS = 100;
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);

    private final String loop;
    private final Timer lag;
    private final LongSupplier nanoTime;
    /** Written by the loop alone. */
    private volatile long dueNanos;

    /** @param nanoTime the monotonic clock */
    LoopLag(String loop, Timer lag, LongSupplier nanoTime) {
        this.loop = loop;
        this.lag = lag;
        this.nanoTime = nanoTime;
        this.dueNanos = nanoTime.getAsLong() + PERIOD_NANOS;
    }

    /** To be called on the loop, whose thread is called like it from now on. Ends with the verticle that calls it. */
    void watch(Vertx vertx) {
        Thread thread = Thread.currentThread();
        // A loop that shares its thread says so.
        thread.setName(thread.getName().startsWith("vert.x-") ? loop : thread.getName() + "+" + loop);
        vertx.setPeriodic(PERIOD_MILLIS, timer -> turn());
    }

    private void turn() {
        long due = dueNanos;
        lag.record(Math.max(0, nanoTime.getAsLong() - due), TimeUnit.NANOSECONDS);
        dueNanos = due + PERIOD_NANOS;
    }

    /** Of threads, metrics and probes alike: {@code gateway-0}. */
    public String loop() {
        return loop;
    }

    /** By how much it is late now. Any thread. */
    public long lateNanos() {
        return Math.max(0, nanoTime.getAsLong() - dueNanos);
    }
}
