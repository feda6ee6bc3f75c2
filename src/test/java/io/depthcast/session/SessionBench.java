package io.depthcast.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Instrument;
import io.depthcast.book.StepSize;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.PrometheusRegistry;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.depthcast.wire.FrameFactory;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** One session between a socket and streams that a test plays, and a clock that it moves. */
final class SessionBench {
    static final long SECOND = 1_000_000_000L;
    private static final long WALL_MICROS = 1_795_363_200_000_000L;

    final InMemorySocket socket = new InMemorySocket();
    final RecordingStreams streams = new RecordingStreams();
    final PrometheusMeterRegistry registry = PrometheusRegistry.create();
    final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    final FrameFactory frames = new FrameFactory(allocator);
    final WaitingRoom waitingRoom = new WaitingRoom();
    final Session session;

    private final Announcements announcements;

    /** Nowhere near zero, for monotonic time has no origin. */
    private long nowNanos = Long.MAX_VALUE - 5 * SECOND;

    SessionBench(Form form, LimitSettings limits) {
        this(form, limits, PaceSettings.DEFAULT);
    }

    SessionBench(Form form, LimitSettings limits, PaceSettings pace) {
        InstrumentDirectory directory = new InstrumentDirectory(
                List.of(instrument(1, "BTC-USD"), instrument(2, "ETH-USD"), instrument(3, "X")));
        announcements = new Announcements(allocator, directory, frames);
        SessionContext shared = new SessionContext(
                "depthcast/1.2.3",
                directory,
                streams,
                announcements,
                waitingRoom,
                limits,
                pace,
                new Meters(registry, "1.2.3"),
                allocator,
                () -> WALL_MICROS,
                new SplittableRandom(1));
        session = new Session("s1", form, socket, shared, nowNanos);
    }

    static SessionBench json() {
        return new SessionBench(Form.of(Encodings.JSON, 0), LimitSettings.DEFAULT);
    }

    private static Instrument instrument(int id, String symbol) {
        return new Instrument(id, symbol, StepSize.parse("0.1"), StepSize.parse("0.01"));
    }

    long nowNanos() {
        return nowNanos;
    }

    void pass(double seconds) {
        nowNanos += (long) (seconds * SECOND);
    }

    /** Has the client send a text, with apostrophes for quotation marks; returns the answers. */
    List<String> say(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text.replace('\'', '"'), StandardCharsets.UTF_8);
        session.onText(bytes, nowNanos);
        bytes.release();
        return socket.takeSent();
    }

    /** Has the session look at the clock; returns what it sent. */
    List<String> tick() {
        session.onTick(nowNanos);
        return socket.takeSent();
    }

    /** Has the client answer the last ping; returns what that brings. */
    List<String> pong() {
        session.onPong(socket.ping, nowNanos);
        return socket.takeSent();
    }

    double subscriptionsMetered() {
        return registry.get("depthcast.subscriptions").gauge().value();
    }

    /** Milliseconds, all together. */
    double agesMetered() {
        return registry.get("depthcast.client.age").timer().totalTime(TimeUnit.MILLISECONDS);
    }

    void close() {
        session.onClosed();
        announcements.close();
        frames.close();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(subscriptionsMetered()).isZero();
    }
}
