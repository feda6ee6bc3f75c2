package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** What a loop allocates in the heap for each more who takes its messages: few are measured and many, and what differs is theirs. */
public final class GarbageOfOneMore {
    /** So many who take every flush. */
    public interface Takers {
        void flush();

        /** @param flushes how many there were; fails if anybody missed one */
        void end(int flushes);
    }

    private static final int FEW = 100;
    private static final int MANY = 2_100;
    /** An iterator has 32; and the JVM counts by the buffers of some MB in which it allocates, at their ends. */
    private static final double MOST_BYTES = 16;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final int flushes;
    private final IntFunction<Takers> takers;

    private GarbageOfOneMore(int flushes, IntFunction<Takers> takers) {
        this.flushes = flushes;
        this.takers = takers;
    }

    /** @param flushes that are measured, after as many that warm up */
    public static void shouldBeNone(int flushes, IntFunction<Takers> takers) throws Exception {
        // Which of all buffers are followed is decided where they are allocated, and to follow one makes garbage.
        ResourceLeakDetector.Level leakDetection = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        try {
            GarbageOfOneMore garbage = new GarbageOfOneMore(flushes, takers);
            CompletableFuture<Double> bytes = new CompletableFuture<>();
            // Netty pools for threads of its kind, as event loops are.
            Thread loop = new FastThreadLocalThread(() -> bytes.completeAsync(garbage::bytes, Runnable::run));
            loop.start();
            assertThat(bytes.get(60, TimeUnit.SECONDS)).isLessThan(MOST_BYTES);
            loop.join();
        } finally {
            ResourceLeakDetector.setLevel(leakDetection);
        }
    }

    private double bytes() {
        return (double) (bytesOf(MANY) - bytesOf(FEW)) / flushes / (MANY - FEW);
    }

    private long bytesOf(int count) {
        Takers some = takers.apply(count);
        flush(some);
        long before = threads.getCurrentThreadAllocatedBytes();
        flush(some);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        some.end(2 * flushes);
        return bytes;
    }

    private void flush(Takers some) {
        for (int flush = 0; flush < flushes; flush++) {
            some.flush();
        }
    }
}
