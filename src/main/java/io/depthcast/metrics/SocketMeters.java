package io.depthcast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** The meters of TCP connections to the public port, whatever they bring. */
public final class SocketMeters {
    private final MeterRegistry registry;
    private final LongAdder acceptFailures = new LongAdder();
    private final LongAdder slowRequests = new LongAdder();
    /** The registry itself holds what it asks only weakly. */
    private final List<LongSupplier> counted = new ArrayList<>();

    SocketMeters(MeterRegistry registry) {
        this.registry = registry;
        counter(
                "accept.failures",
                "Times that a connection could not be accepted, mostly for want of a descriptor.",
                acceptFailures::sum);
        counter(
                "requests.slow.cuts",
                "Connections cut because nobody read the answer to a request.",
                slowRequests::sum);
    }

    /**
     * Watches the connections.
     *
     * @param open now
     * @param most that there may be
     * @param refused so far
     * @param evicted so far, because they waited and others came
     */
    public void watch(IntSupplier open, IntSupplier most, LongSupplier refused, LongSupplier evicted) {
        gauge("sockets", "TCP connections to the public port that are open now, whatever they bring.", open);
        gauge("sockets.max", "TCP connections to the public port that descriptors and heap allow.", most);
        counter("sockets.refused", "TCP connections refused for want of room, told so or not.", refused);
        counter("sockets.evicted", "TCP connections closed between two requests because others came.", evicted);
    }

    /** A connection came and could not be accepted: descriptors are used up. */
    public void acceptFailed() {
        acceptFailures.increment();
    }

    /** A client did not read its answer to a request, and was cut. */
    public void slowRequestCut() {
        slowRequests.increment();
    }

    private void gauge(String name, String help, IntSupplier value) {
        Gauge.builder("depthcast." + name, value::getAsInt).description(help).register(registry);
    }

    private void counter(String name, String help, LongSupplier value) {
        counted.add(value);
        FunctionCounter.builder("depthcast." + name, value, LongSupplier::getAsLong)
                .description(help)
                .register(registry);
    }
}
