package io.depthcast.fanout;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** How the loops measure what their flushes cost. Any thread. */
public interface WorkMeter {
    /** By the clock: a loop that waits for a core is as late as one that computes. */
    WorkMeter CLOCK = new WorkMeter() {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

        @Override
        public long nowNanos() {
            return System.nanoTime();
        }

        @Override
        public long workedNanos(String loop, long sinceNanos) {
            return nowNanos() - sinceNanos;
        }

        @Override
        public long cpuNanos() {
            return threads.getCurrentThreadCpuTime();
        }
    };

    /** Monotonic time. */
    long nowNanos();

    /**
     * How long a flush took that began then and has just ended.
     *
     * @param loop such as {@code gateway-0} or {@code shard-0}
     */
    long workedNanos(String loop, long sinceNanos);

    /** The CPU time that the calling thread has had: what is missing from the clock's it waited, for a core or a collection. */
    default long cpuNanos() {
        return CLOCK.cpuNanos();
    }
}
