package io.depthcast.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory outside the heap that buffers live in, whoever asked for it. Up to Java 23 Netty has the JVM allocate it, which
 * counts it then; later it allocates by itself, and only Netty knows.
 */
final class DirectMemory {
    private DirectMemory() {}

    static void register(MeterRegistry registry) {
        Gauge.builder("depthcast.direct.memory.used", DirectMemory::usedBytes)
                .description("Memory outside the heap that buffers take, in a pool or not.")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("depthcast.direct.memory.max", PlatformDependent::maxDirectMemory)
                .description("Memory outside the heap that buffers may take; beyond it the process fails.")
                .baseUnit("bytes")
                .register(registry);
    }

    static long usedBytes() {
        long byNetty = Math.max(0, PlatformDependent.usedDirectMemory());
        long byJvm = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return PlatformDependent.hasUnsafe() ? Math.max(byJvm, byNetty) : byJvm + byNetty;
    }
}
