package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.FrameFactory;
import io.depthcast.wire.StreamKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a loop allocates in the heap for each message that one more client takes: nothing, once its buffers are pooled. */
class SteadyGarbageTest {
    private static final StreamKey BOOK = Follower.book(1);
    private static final int FEW = 100;
    private static final int MANY = 2_100;
    /** A flush of few clients is measured beside one of many: what differs is theirs. */
    private static final int FLUSHES = 500;
    /** An iterator has 32; and the JVM counts by the buffers of some MB in which it allocates, at their ends. */
    private static final double MOST_BYTES = 16;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
    private final FrameFactory frames = new FrameFactory(allocator);

    /** Which of all buffers are followed is decided where they are allocated, and to follow one makes garbage. */
    private final ResourceLeakDetector.Level leakDetection = ResourceLeakDetector.getLevel();

    @BeforeEach
    void followNoBuffers() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void followBuffers() {
        ResourceLeakDetector.setLevel(leakDetection);
    }

    @Test
    void shouldMakeNoGarbageForAMessageThatOneMoreClientTakes() throws Exception {
        CompletableFuture<Double> extra = new CompletableFuture<>();
        // Netty pools for threads of its kind, as event loops are.
        Thread loop = new FastThreadLocalThread(() -> extra.completeAsync(this::bytesOfOneMore, Runnable::run));
        loop.start();
        assertThat(extra.get(60, TimeUnit.SECONDS)).isLessThan(MOST_BYTES);
        loop.join();
        frames.close();
    }

    private double bytesOfOneMore() {
        return (double) (bytesOfFlushes(MANY) - bytesOfFlushes(FEW)) / FLUSHES / (MANY - FEW);
    }

    private long bytesOfFlushes(int clients) {
        PlayedAudience streams = new PlayedAudience(allocator);
        List<Taker> takers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Taker taker = new Taker();
            takers.add(taker);
            Subscription subscription = new Subscription(BOOK, 1);
            streams.audience().join(taker, subscription, 0, Subscription.NOTHING);
            streams.audience().ask(taker, subscription, 0);
        }
        flush(streams, 1);
        long before = threads.getCurrentThreadAllocatedBytes();
        flush(streams, 1 + FLUSHES);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(takers).allMatch(taker -> taker.messages == 2 * FLUSHES);
        streams.audience().close();
        return bytes;
    }

    private void flush(PlayedAudience streams, long from) {
        long version = from;
        for (int flush = 0; flush < FLUSHES; flush++) {
            Frame frame = frames.frame("an update".getBytes(StandardCharsets.UTF_8));
            assertThat(streams.answer(BOOK, version++, frame, Form.ALL_OF_OURS, 0))
                    .isTrue();
            frame.release();
        }
    }

    private static final class Taker extends Subscriber {
        private int messages;

        @Override
        public Form form() {
            return Form.JSON;
        }

        @Override
        public boolean hasRoom(long nowNanos) {
            return true;
        }

        @Override
        protected void send(List<Frame> frames, MessageCache cache) {
            ByteBuf message = cache.message(form(), frames);
            messages += message.isReadable() ? 1 : 0;
            message.release();
        }

        @Override
        public void onFailure() {
            throw new IllegalStateException("a message could not be sent");
        }
    }
}
