package io.depthcast.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.depthcast.auth.Identity;
import io.depthcast.book.Instrument;
import io.depthcast.book.StepSize;
import io.depthcast.fanout.InstrumentDirectory;
import io.depthcast.fanout.PlayedAudience;
import io.depthcast.limit.Address;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.PrometheusRegistry;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.FrameFactory;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.View;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a message to one more session allocates in the heap, from the answer of the shard to the socket: nothing. */
class SessionGarbageTest {
    private static final StreamKey BOOK = new StreamKey(1, new View.Book(25));
    private static final String SUBSCRIBE =
            "{\"op\":\"subscribe\",\"channel\":\"book\",\"symbols\":[\"BTC-USD\"],\"depth\":25}";
    private static final int FEW = 100;
    private static final int MANY = 2_100;
    /** What differs between few sessions and many is theirs. */
    private static final int FLUSHES = 300;

    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(PlayedAudience.FLUSH_MILLIS);
    /** An iterator has 32; and the JVM counts by the buffers of some MB in which it allocates, at their ends. */
    private static final double MOST_BYTES = 16;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
    private final FrameFactory frames = new FrameFactory(allocator);

    /** Which of all buffers are followed is decided where they are allocated, and to follow one makes garbage. */
    private final ResourceLeakDetector.Level leakDetection = ResourceLeakDetector.getLevel();

    private final ByteBuf pong = Unpooled.buffer(Long.BYTES);
    private long nowNanos = TimeUnit.DAYS.toNanos(1);
    private long messages;

    @BeforeEach
    void followNoBuffers() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void followBuffers() {
        ResourceLeakDetector.setLevel(leakDetection);
    }

    @Test
    void shouldMakeNoGarbageForAMessageToOneMoreSession() throws Exception {
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

    private long bytesOfFlushes(int count) {
        PlayedAudience streams = new PlayedAudience(allocator);
        SessionContext shared = context(streams);
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sessions.add(subscribed(shared));
        }
        flush(streams, sessions, 1);
        messages = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        flush(streams, sessions, 1 + FLUSHES);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(messages).isEqualTo((long) FLUSHES * count);
        sessions.forEach(Session::onClosed);
        shared.announcements().close();
        return bytes;
    }

    private SessionContext context(PlayedAudience streams) {
        InstrumentDirectory directory = new InstrumentDirectory(
                List.of(new Instrument(1, "BTC-USD", StepSize.parse("0.1"), StepSize.parse("0.01"))));
        return new SessionContext(
                "depthcast/1.2.3",
                directory,
                streams.audience(),
                new Announcements(allocator, directory, frames),
                new WaitingRoom(),
                LimitSettings.DEFAULT,
                PaceSettings.DEFAULT,
                new Meters(PrometheusRegistry.create(), "1.2.3"),
                allocator,
                () -> LoopBench.WALL_MICROS,
                new SplittableRandom(1),
                (token, reply) -> {
                    throw new IllegalStateException("nobody shows a token");
                });
    }

    private Session subscribed(SessionContext shared) {
        Session session =
                new Session("s1", Form.of(Encodings.JSON, 0), Identity.ANYONE, new TakingSocket(), shared, nowNanos);
        session.open();
        ByteBuf command = Unpooled.copiedBuffer(SUBSCRIBE, StandardCharsets.UTF_8);
        session.onText(command, nowNanos);
        command.release();
        return session;
    }

    private void flush(PlayedAudience streams, List<Session> sessions, long from) {
        long version = from;
        for (int flush = 0; flush < FLUSHES; flush++) {
            Frame frame = frames.frame("an update".getBytes(StandardCharsets.UTF_8));
            assertThat(streams.answer(BOOK, version++, frame, Form.ALL_OF_OURS, nowNanos))
                    .isTrue();
            frame.release();
            nowNanos += FLUSH_NANOS;
            for (int i = 0; i < sessions.size(); i++) {
                answerProbe(sessions.get(i));
            }
        }
    }

    private void answerProbe(Session session) {
        Outflow outflow = session.outbox().outflow();
        if (outflow.isProbing()) {
            session.onPong(pong.clear().writeLong(outflow.probeNanos()), nowNanos);
        }
    }

    /** Takes whatever it is given, at once. */
    private final class TakingSocket implements ClientSocket {
        private long bytes;

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public long writtenBytes() {
            return bytes;
        }

        @Override
        public long takenBytes() {
            return bytes;
        }

        @Override
        public boolean hasPending() {
            return false;
        }

        @Override
        public int pendingBytes() {
            return 0;
        }

        @Override
        public void write(ByteBuf message) {
            bytes += message.readableBytes();
            messages++;
            message.release();
        }

        @Override
        public void flush() {}

        @Override
        public void close(CloseReason reason) {
            throw new IllegalStateException(reason.text());
        }

        @Override
        public void abort(CloseReason reason) {
            throw new IllegalStateException(reason.text());
        }

        @Override
        public Address address() {
            return new Address(false, 0, 0x7F000001);
        }
    }
}
