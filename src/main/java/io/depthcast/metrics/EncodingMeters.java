package io.depthcast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** What is counted for each encoding. Any thread may call any method; none allocates or waits. */
public final class EncodingMeters {
    private final LongAdder encodings = new LongAdder();
    private final LongAdder encodedBytes = new LongAdder();
    private final LongAdder deflations = new LongAdder();
    private final LongAdder deflatedBytes = new LongAdder();
    private final LongAdder framesSent = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();

    EncodingMeters(MeterRegistry registry, String encoding) {
        counter(encoding, "encodings", "Updates encoded, once each however many clients get them.", encodings)
                .register(registry);
        counter(encoding, "encoded", "Updates encoded, in bytes before deflation.", encodedBytes)
                .baseUnit("bytes")
                .register(registry);
        counter(encoding, "deflations", "Updates deflated, once each however many clients get them.", deflations)
                .register(registry);
        counter(encoding, "deflated", "Updates deflated, in bytes after deflation.", deflatedBytes)
                .baseUnit("bytes")
                .register(registry);
        counter(encoding, "frames.sent", "Messages of market data written to sockets.", framesSent)
                .register(registry);
        counter(encoding, "sent", "Messages of market data written to sockets, in bytes.", bytesSent)
                .baseUnit("bytes")
                .register(registry);
    }

    /** @param bytes of the update before deflation */
    public void encoded(long bytes) {
        encodings.increment();
        encodedBytes.add(bytes);
    }

    /** @param bytes of the update after deflation */
    public void deflated(long bytes) {
        deflations.increment();
        deflatedBytes.add(bytes);
    }

    /** @param bytes of the frame with its header, as it goes to the socket */
    public void frameSent(long bytes) {
        framesSent.increment();
        bytesSent.add(bytes);
    }

    private static FunctionCounter.Builder<LongAdder> counter(
            String encoding, String name, String help, LongAdder value) {
        return FunctionCounter.builder("depthcast." + name, value, LongAdder::sum)
                .description(help)
                .tag("encoding", encoding);
    }
}
