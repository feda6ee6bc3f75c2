package io.depthcast.admission;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * How many connections the descriptors of this process allow. Files, loops and libraries have theirs, and some are kept in
 * reserve, so that the management port answers and files can be read whoever knocks. Any thread.
 */
public final class Descriptors implements IntSupplier {
    /** Part of all descriptors that is kept in reserve. */
    private static final int RESERVE_SHARE = 8;

    private static final int LEAST_RESERVE = 16;
    private static final int MOST_RESERVE = 1_024;

    private final long limit;
    private final LongSupplier open;
    private volatile long others;

    /**
     * @param limit of the process
     * @param open how many of them are in use
     */
    Descriptors(long limit, LongSupplier open) {
        this.limit = limit;
        this.open = open;
        measure(0);
    }

    /** Those of this process; without a limit where the system does not tell one. */
    public static Descriptors ofProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? new Descriptors(unix.getMaxFileDescriptorCount(), unix::getOpenFileDescriptorCount)
                : new Descriptors(Integer.MAX_VALUE, () -> 0);
    }

    /** Looks how many are in use; takes a while where there are many. */
    public void measure(int connections) {
        others = Math.max(0, open.getAsLong() - connections);
    }

    /** Descriptors that this process may have. */
    public long limit() {
        return limit;
    }

    /** Of these, kept for what is no connection. */
    public long reserve() {
        return Math.max(LEAST_RESERVE, Math.min(limit / RESERVE_SHARE, MOST_RESERVE));
    }

    /** Connections that there may be. */
    @Override
    public int getAsInt() {
        return (int) Math.max(1, Math.min(limit - others - reserve(), Integer.MAX_VALUE));
    }
}
