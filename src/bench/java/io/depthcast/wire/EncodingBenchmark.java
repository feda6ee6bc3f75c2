package io.depthcast.wire;

import io.depthcast.book.BookUpdate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds to encode a delta of {@link RandomDeltas} into a direct buffer: {@code mvn -Pbench test-compile exec:exec
 * -Djmh.args="EncodingBenchmark -prof gc"}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EncodingBenchmark {
    private static final long LAG_MICROS = 10_000;

    private final RandomDeltas deltas = new RandomDeltas();
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(4096);

    @TearDown
    public void release() {
        out.release();
    }

    @Benchmark
    public int json() {
        return encode(Encodings.JSON);
    }

    @Benchmark
    public int sbe() {
        return encode(Encodings.SBE);
    }

    @Benchmark
    public int compact() {
        return encode(Encodings.COMPACT);
    }

    private int encode(Encoding encoding) {
        BookUpdate delta = deltas.next();
        encoding.encode(delta, RandomDeltas.INSTRUMENT, delta.timeMicros() + LAG_MICROS, out.clear());
        return out.writerIndex();
    }
}
