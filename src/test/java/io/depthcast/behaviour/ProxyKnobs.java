package io.depthcast.behaviour;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a {@link TcpProxy} does to the bytes on their way to the client. Set by any thread, read by the event loops. */
final class ProxyKnobs {
    volatile int bytesPerSecond;
    volatile int delayMillis;
    volatile boolean stalled;
    final AtomicInteger corrupts = new AtomicInteger();
    final AtomicLong passedBytes = new AtomicLong();

    /** Whether this chunk is to be corrupted. */
    boolean takeCorrupt() {
        return corrupts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
}
