package io.depthcast.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.auth.Identity;
import io.depthcast.book.Instrument;
import io.depthcast.book.StepSize;
import io.depthcast.fanout.GarbageOfOneMore;
import io.depthcast.fanout.InstrumentDirectory;
import io.depthcast.fanout.PlayedAudience;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Sessions that follow one book at every flush, from the answer of the shard to sockets that take whatever they are given. One thread. */
final class PlayedSessions implements GarbageOfOneMore.Takers, AutoCloseable {
    private static final StreamKey BOOK = new StreamKey(1, new View.Book(25));
    private static final String SUBSCRIBE =
            "{\"op\":\"subscribe\",\"channel\":\"book\",\"symbols\":[\"BTC-USD\"],\"depth\":25}";
    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(PlayedAudience.FLUSH_MILLIS);

    private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
    private final FrameFactory frames = new FrameFactory(allocator);
    private final ByteBuf pong = Unpooled.buffer(Long.BYTES);
    private final PlayedAudience streams = new PlayedAudience(allocator);
    private final SessionContext shared = context();
    private final List<Session> sessions = new ArrayList<>();
    private final List<TakingSocket> sockets = new ArrayList<>();
    private long nowNanos = TimeUnit.DAYS.toNanos(1);
    private long version;

    PlayedSessions(int count) {
        for (int i = 0; i < count; i++) {
            TakingSocket socket = new TakingSocket();
            sessions.add(subscribed(socket));
            // The greeting and what is subscribed to.
            socket.messages = 0;
            sockets.add(socket);
        }
    }

    @Override
    public void flush() {
        Frame frame = frames.frame("an update".getBytes(StandardCharsets.UTF_8));
        assertThat(streams.answer(BOOK, ++version, frame, Form.ALL_OF_OURS, nowNanos))
                .isTrue();
        frame.release();
        nowNanos += FLUSH_NANOS;
        for (int i = 0; i < sessions.size(); i++) {
            answerProbe(sessions.get(i));
        }
    }

    @Override
    public void end(int flushes) {
        assertThat(sockets).allMatch(socket -> socket.messages == flushes);
        close();
    }

    @Override
    public void close() {
        sessions.forEach(Session::onClosed);
        shared.announcements().close();
        frames.close();
    }

    private SessionContext context() {
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

    private Session subscribed(TakingSocket socket) {
        Session session = new Session("s1", Form.of(Encodings.JSON, 0), Identity.ANYONE, socket, shared, nowNanos);
        session.open();
        ByteBuf command = Unpooled.copiedBuffer(SUBSCRIBE, StandardCharsets.UTF_8);
        session.onText(command, nowNanos);
        command.release();
        return session;
    }

    private void answerProbe(Session session) {
        Outflow outflow = session.outbox().outflow();
        if (outflow.isProbing()) {
            session.onPong(pong.clear().writeLong(outflow.probeNanos()), nowNanos);
        }
    }

    /** Takes whatever it is given, at once. */
    private static final class TakingSocket extends OpenSocket {
        private long bytes;
        private int messages;

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public long writtenBytes() {
            return bytes;
        }

        @Override
        public void write(ByteBuf message) {
            bytes += message.readableBytes();
            messages++;
            message.release();
        }
    }
}
