package io.depthcast.wire;

import io.depthcast.book.BookUpdate;
import io.depthcast.book.Instrument;
import io.depthcast.book.Levels;
import io.depthcast.book.StepSize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.SplittableRandom;
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
 * Nanoseconds to encode a delta of 20 levels, one in seven of them gone, into a direct buffer: {@code mvn -Pbench
 * test-compile exec:exec -Djmh.args="EncodingBenchmark -prof gc"}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EncodingBenchmark {
    private static final int UPDATES = 1024;
    private static final int LEVELS_A_SIDE = 10;
    private static final long MICROS = 1_795_363_200_000_000L;

    private final Instrument instrument = new Instrument(1, "BTC-USD", StepSize.parse("0.1"), StepSize.parse("0.0001"));
    private final SplittableRandom random = new SplittableRandom(1);
    private final BookUpdate[] updates = new BookUpdate[UPDATES];
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(4096);
    private final Encoding json = new JsonEncoding();
    private final Encoding sbe = new SbeEncoding();
    private int next;

    public EncodingBenchmark() {
        for (int i = 0; i < UPDATES; i++) {
            updates[i] = new BookUpdate(
                    1,
                    25,
                    MICROS,
                    1_000_000 + i,
                    1_000_001 + i,
                    MICROS + 20_000L * i,
                    random.nextInt(),
                    levels(640_000, -1),
                    levels(640_001, 1));
        }
    }

    private Levels levels(long bestTicks, int direction) {
        long[] priceTicks = new long[LEVELS_A_SIDE];
        long[] sizeLots = new long[LEVELS_A_SIDE];
        long price = bestTicks;
        for (int i = 0; i < LEVELS_A_SIDE; i++) {
            price += direction * random.nextInt(1, 5);
            priceTicks[i] = price;
            sizeLots[i] = random.nextInt(7) == 0 ? 0 : random.nextInt(1, 50_000);
        }
        return new Levels(priceTicks, sizeLots);
    }

    @TearDown
    public void release() {
        out.release();
    }

    @Benchmark
    public int json() {
        return encode(json);
    }

    @Benchmark
    public int sbe() {
        return encode(sbe);
    }

    private int encode(Encoding encoding) {
        BookUpdate update = updates[next++ % UPDATES];
        encoding.encode(update, instrument, MICROS, out.clear());
        return out.writerIndex();
    }
}
