package io.depthcast.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import io.netty.util.internal.PlatformDependent;

/** The memory outside the heap that buffers live in. The JVM's own meters miss it: Netty does not ask the JVM for it. */
final class DirectMemory {
    private DirectMemory() {}

    static void register(MeterRegistry registry) {
        PooledByteBufAllocatorMetric pool = PooledByteBufAllocator.DEFAULT.metric();
        Gauge.builder("depthcast.direct.memory.used", pool, PooledByteBufAllocatorMetric::usedDirectMemory)
                .description("Memory outside the heap that the pool of buffers holds, lent out or not.")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("depthcast.direct.memory.max", PlatformDependent::maxDirectMemory)
                .description("Memory outside the heap that buffers may take; beyond it the process fails.")
                .baseUnit("bytes")
                .register(registry);
    }
}
