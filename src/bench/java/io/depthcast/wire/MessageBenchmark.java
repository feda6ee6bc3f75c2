package io.depthcast.wire;

import io.depthcast.fanout.MessageCache;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
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
 * Nanoseconds to make one client's message of deflated frames: by splicing them, and by finding what was spliced for
 * another. {@code mvn -Pbench test-compile exec:exec -Djmh.args="MessageBenchmark -prof gc"}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MessageBenchmark {
    @Param({"1", "20"})
    private int count;

    private final FrameEncoder encoder = new FrameEncoder(PooledByteBufAllocator.DEFAULT, new Unheard());
    private final MessageCache messages = new MessageCache(PooledByteBufAllocator.DEFAULT);
    private final List<Frame> frames = new ArrayList<>();

    @Setup
    public void makeFrames() {
        RandomDeltas deltas = new RandomDeltas();
        for (int i = 0; i < count; i++) {
            frames.add(encoder.encode(
                    1,
                    1,
                    Form.SBE_DEFLATED.bit(),
                    (encoding, out) ->
                            encoding.encode(deltas.next(), RandomDeltas.INSTRUMENT, RandomDeltas.MICROS, out)));
        }
        messages.message(Form.SBE_DEFLATED, frames).release();
    }

    @TearDown
    public void release() {
        messages.clear();
        frames.forEach(Frame::release);
        encoder.close();
    }

    @Benchmark
    public int splice() {
        return release(WebSocketMessage.of(PooledByteBufAllocator.DEFAULT, Form.SBE_DEFLATED, frames));
    }

    @Benchmark
    public int hit() {
        return release(messages.message(Form.SBE_DEFLATED, frames));
    }

    private static int release(ByteBuf message) {
        int bytes = message.readableBytes();
        message.release();
        return bytes;
    }

    private static final class Unheard implements FrameEncoder.Listener {
        @Override
        public void encoded(Encoding encoding, int bytes) {}

        @Override
        public void deflated(Encoding encoding, int bytes) {}
    }
}
