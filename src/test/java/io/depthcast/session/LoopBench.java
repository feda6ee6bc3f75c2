package io.depthcast.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.auth.AuthSettings;
import io.depthcast.auth.Authority;
import io.depthcast.auth.Credential;
import io.depthcast.book.Instrument;
import io.depthcast.book.StepSize;
import io.depthcast.fanout.InstrumentDirectory;
import io.depthcast.fanout.MessageCache;
import io.depthcast.fanout.PlayedAudience;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.PrometheusRegistry;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.FrameFactory;
import io.depthcast.wire.StreamKey;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** A gateway loop for one client, with streams that a test plays and a clock that it moves. */
class LoopBench {
    static final long SECOND = 1_000_000_000L;
    static final long WALL_MICROS = 1_795_363_200_000_000L;

    final PrometheusMeterRegistry registry = PrometheusRegistry.create();
    final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    final PlayedAudience streams = new PlayedAudience(allocator);
    final FrameFactory frames = new FrameFactory(allocator);
    final MessageCache messages = new MessageCache(allocator);
    final WaitingRoom waitingRoom = new WaitingRoom();
    final SessionContext shared;

    /** Nowhere near zero, for monotonic time has no origin. */
    private static final long START_NANOS = Long.MAX_VALUE - 5 * SECOND;

    private long nowNanos = START_NANOS;

    LoopBench(LimitSettings limits, PaceSettings pace) {
        this(limits, pace, new Authority(AuthSettings.OFF, null));
    }

    /** @param authority judges tokens that clients show later */
    LoopBench(LimitSettings limits, PaceSettings pace, Authority authority) {
        InstrumentDirectory directory = new InstrumentDirectory(
                List.of(instrument(1, "BTC-USD"), instrument(2, "ETH-USD"), instrument(3, "X")));
        shared = new SessionContext(
                "depthcast/1.2.3",
                directory,
                streams.audience(),
                new Announcements(allocator, directory, frames),
                waitingRoom,
                limits,
                pace,
                new Meters(registry, "1.2.3"),
                allocator,
                () -> WALL_MICROS,
                new SplittableRandom(1),
                (token, reply) -> reply.give(authority.verify(Credential.token(token), authorityMicros()), nowNanos));
    }

    /** Wall time of whoever judges tokens. */
    private long authorityMicros() {
        return WALL_MICROS + (nowNanos - START_NANOS) / 1_000;
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

    /** Has an update come for a stream; returns whether anybody had asked. */
    boolean deliver(StreamKey to, String text) {
        Frame frame = frames.frame(text.getBytes(StandardCharsets.UTF_8));
        boolean asked = streams.answer(to, 1, frame, Form.ALL_OF_OURS, nowNanos);
        frame.release();
        return asked;
    }

    double subscriptionsMetered() {
        return registry.get("depthcast.subscriptions").gauge().value();
    }

    double clients(String rung) {
        return registry.get("depthcast.clients").tag("rung", rung).gauge().value();
    }

    double steps(String to, String reason) {
        return registry.get("depthcast.ladder.steps")
                .tags("to", to, "reason", reason)
                .functionCounter()
                .count();
    }

    double mergedUpdates() {
        return registry.get("depthcast.merged.updates").functionCounter().count();
    }

    /** The client is gone, and nothing of it is left. */
    void close(PacedSubscriber client) {
        client.onClosed();
        shared.announcements().close();
        frames.close();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(subscriptionsMetered()).isZero();
        for (String rung : List.of("live", "conflating", "slow")) {
            assertThat(clients(rung)).isZero();
        }
        assertThat(registry.get("depthcast.pending").gauge().value()).isZero();
    }
}
