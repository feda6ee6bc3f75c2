package io.depthcast.fanout;

/** How the loops measure what their flushes cost. Any thread. */
public interface WorkMeter {
    /** By the clock: a loop that waits for a core is as late as one that computes. */
    WorkMeter CLOCK = new WorkMeter() {
        @Override
        public long nowNanos() {
            return System.nanoTime();
        }

        @Override
        public long workedNanos(String loop, long sinceNanos) {
            return nowNanos() - sinceNanos;
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
}
