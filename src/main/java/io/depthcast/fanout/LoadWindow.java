package io.depthcast.fanout;

/**
 * What a loop did in some time, as nanoseconds for each interval between two flushes.
 *
 * @param own CPU time of the flushes, but for the longest, for one says nothing of the others
 * @param waited time in which they stood still: others had the core, or a collection took place
 * @param rest CPU time of all else that the loop does: handshakes, commands, what comes in, and what a transport defers
 */
record LoadWindow(long own, long waited, long rest) {
    static final LoadWindow IDLE = new LoadWindow(0, 0, 0);
    /** Times the flushes themselves: where the rest is more than that, flushes are not what has to change. */
    private static final int MOST_REST = 4;

    /** Flushes, of which the longest may be as good as any. */
    private static final int FEW = 4;

    private static final int PERCENT = 100;
    /** Of a loop that has no time for more flushes. */
    private static final int SATURATED_PERCENT = 95;

    long total() {
        return own + waited + Math.min(rest, MOST_REST * (own + waited));
    }

    /** What is measured in the course of a window. One thread. */
    static final class Meter {
        private long beganNanos;
        private long beganCpuNanos;
        private int flushes;
        private long ownNanos;
        private long longestNanos;
        private long waitedNanos;
        private long lostNanos;
        private long lastNanos;
        private boolean overran;

        void start(long nowNanos, long cpuNanos) {
            beganNanos = nowNanos;
            beganCpuNanos = cpuNanos;
            flushes = 0;
            ownNanos = 0;
            longestNanos = 0;
            waitedNanos = 0;
            lostNanos = 0;
        }

        long elapsed(long nowNanos) {
            return nowNanos - beganNanos;
        }

        int flushes() {
            return flushes;
        }

        /** What a flush comes too late because the one before was too long is no time in which there was nothing to do. */
        void begins(long nowNanos, long interval) {
            long late = nowNanos - Math.max(lastNanos, beganNanos) - interval;
            if (overran || late < 0) {
                lostNanos = Math.max(0, lostNanos + late);
            }
            lastNanos = nowNanos;
        }

        void worked(long nanos, long cpuNanos, boolean tooLong) {
            flushes++;
            ownNanos += cpuNanos;
            longestNanos = Math.max(longestNanos, cpuNanos);
            waitedNanos += nanos - cpuNanos;
            overran = tooLong;
        }

        LoadWindow end(long nowNanos, long cpuNanos, long interval) {
            if (flushes == 0) {
                return IDLE;
            }
            long elapsed = elapsed(nowNanos);
            long cpu = Math.max(ownNanos, cpuNanos - beganCpuNanos);
            boolean saturated = PERCENT * (cpu + waitedNanos) >= SATURATED_PERCENT * elapsed;
            long lost = saturated ? Math.max(lostNanos, elapsed - flushes * interval) : lostNanos;
            long used = Math.max(interval, elapsed - lost);
            return new LoadWindow(
                    used < FEW * interval
                            ? share(ownNanos, interval, used)
                            : share(ownNanos - longestNanos, interval, used - interval),
                    share(waitedNanos, interval, used),
                    share(cpu - ownNanos, interval, used));
        }

        private static long share(long nanos, long interval, long used) {
            return (long) ((double) nanos * interval / used);
        }
    }
}
