package io.depthcast.loadtest.generator;

import java.util.concurrent.TimeUnit;

/**
 * What happened in a window of time.
 *
 * @param tally of the window
 * @param cpuNanos of the server; 0 where it is not known which process that is
 * @param residentBytes of the server at the end
 */
public record Measurement(Tally tally, double seconds, long cpuNanos, long residentBytes) {
    /** Waits for the window and prints a line a second if asked. */
    public static Measurement take(Population population, ServerProcess server, int seconds, boolean prints)
            throws InterruptedException {
        long cpuBefore = server == null ? 0 : server.cpuNanos();
        Tally before = population.tally();
        long start = System.nanoTime();
        Tally last = before;
        for (int second = 1; second <= seconds; second++) {
            long left = start + TimeUnit.SECONDS.toNanos(second) - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(left);
            if (prints) {
                Tally now = population.tally();
                System.out.println(Report.progress(second, now, now.since(last)));
                last = now;
            }
        }
        Tally tally = population.tally().since(before);
        double lasted = (System.nanoTime() - start) / 1e9;
        long cpu = server == null ? 0 : server.cpuNanos() - cpuBefore;
        return new Measurement(tally, lasted, cpu, server == null ? 0 : server.residentBytes());
    }

    public double messagesPerSecond() {
        return tally.messages / seconds;
    }

    public double cpuMicrosPerMessage() {
        return cpuNanos / 1e3 / tally.messages;
    }

    public double cpuMicrosPerUpdate() {
        return cpuNanos / 1e3 / tally.allUpdates();
    }

    public double bytesPerMessage() {
        return (double) tally.bytes / tally.messages;
    }

    /** Share of a core. */
    public double cpuShare() {
        return cpuNanos / 1e9 / seconds;
    }
}
