package io.depthcast.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Microseconds to deflate an encoded delta of {@link RandomDeltas} at the level the gateway uses and at others, and the
 * bytes before and after: {@code mvn -Pbench test-compile exec:exec -Djmh.args=FrameBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FrameBenchmark {
    private static final int FRAMES = 256;

    @Param({"json", "sbe"})
    private String encoding = "sbe";

    @Param({"1", "6", "9"})
    private int level;

    private final ByteBuf[] plain = new ByteBuf[FRAMES];
    private FrameDeflater deflater = new FrameDeflater(PooledByteBufAllocator.DEFAULT);
    private int next;

    @Setup
    public void encode() {
        Form form = encoding.equals("json") ? Form.JSON : Form.SBE;
        RandomDeltas deltas = new RandomDeltas();
        deflater.close();
        deflater = new FrameDeflater(PooledByteBufAllocator.DEFAULT, level);
        for (int i = 0; i < FRAMES; i++) {
            plain[i] = PooledByteBufAllocator.DEFAULT.directBuffer();
            form.encoding().encode(deltas.next(), RandomDeltas.INSTRUMENT, RandomDeltas.MICROS, plain[i]);
        }
        double before =
                Arrays.stream(plain).mapToInt(ByteBuf::readableBytes).average().orElseThrow();
        double after = Arrays.stream(plain).mapToInt(this::deflated).average().orElseThrow();
        System.out.printf("%s, level %d: %.1f bytes become %.1f%n", encoding, level, before, after);
    }

    @TearDown
    public void release() {
        deflater.close();
        for (ByteBuf buffer : plain) {
            buffer.release();
        }
    }

    @Benchmark
    public int deflate() {
        return deflated(plain[next++ % FRAMES]);
    }

    /** Size of the frame deflated, without the four bytes that a message goes without. */
    private int deflated(ByteBuf frame) {
        ByteBuf deflated = deflater.deflate(frame, Form.FULL_WINDOW_BITS);
        int bytes = deflated.readableBytes() - FrameDeflater.TAIL_BYTES;
        deflated.release();
        return bytes;
    }
}
