package io.depthcast.http;

import io.depthcast.fanout.WorkMeter;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Holds loops up when they look at the clock, from a word of the test on until it lets them go. Any thread. */
final class HeldLoops implements WorkMeter, AutoCloseable {
    private final CountDownLatch released = new CountDownLatch(1);
    private final Set<String> names;
    private volatile boolean holds;

    /** @param names of their threads */
    HeldLoops(Set<String> names) {
        this.names = names;
    }

    void hold() {
        holds = true;
    }

    void release() {
        released.countDown();
    }

    @Override
    public long nowNanos() {
        if (holds && names.contains(Thread.currentThread().getName())) {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return System.nanoTime();
    }

    @Override
    public long workedNanos(String loop, long sinceNanos) {
        return 1;
    }

    @Override
    public void close() {
        release();
    }
}
