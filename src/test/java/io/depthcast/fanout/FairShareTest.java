package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.ListingChanges;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.FrameFactory;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.Version;
import io.depthcast.wire.View;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FairShareTest {
    private static final Form FORM = Form.of(Encodings.JSON, 0);

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final FrameFactory factory = new FrameFactory(allocator);
    private final PlayedAudience shard = new PlayedAudience(allocator);
    private final Taker taker = new Taker();
    private final List<Subscription> streams = new ArrayList<>();
    private final List<FrameBatch.Answer> answers = new ArrayList<>();
    private long version = 1;

    FairShareTest() {
        for (int id = 1; id <= 5; id++) {
            Subscription stream = new Subscription(new StreamKey(id, new View.Book(25)), 1);
            shard.audience().join(taker, stream, PlayedAudience.EPOCH, version);
            streams.add(stream);
        }
    }

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        factory.close();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void shouldSendAllThatFits() {
        taker.allowanceBytes = 500;
        assertThat(flush(100)).containsExactly(1, 2, 3, 4, 5);
        assertThat(taker.leftOut).isZero();
    }

    @Test
    void shouldServeTheStreamsInTurnWhereNotAllFit() {
        taker.allowanceBytes = 299;
        assertThat(flush(100)).containsExactly(1, 2);
        assertThat(flush(100)).containsExactly(3, 4);
        assertThat(flush(100)).containsExactly(5, 1);
        assertThat(flush(100)).containsExactly(2, 3);
        assertThat(taker.leftOut).isEqualTo(4);
    }

    @Test
    void shouldSendOneStreamHoweverLargeItIs() {
        taker.allowanceBytes = 10;
        assertThat(flush(100)).containsExactly(1);
        assertThat(flush(100)).containsExactly(2);
    }

    @Test
    void shouldKeepTheFramesOfAStreamTogether() {
        taker.allowanceBytes = 100;
        answer(1, frame(80), frame(80));
        answer(2, frame(10));
        assertThat(deliver()).containsExactly(2, 1, 1);
    }

    @Test
    void shouldLetTheSmallRideAlongWithTheLargeInTurn() {
        taker.allowanceBytes = 10_000;
        for (int large : new int[] {1, 2, 3, 4, 1}) {
            for (int id = 1; id <= 4; id++) {
                answer(id, frame(9_000));
            }
            answer(5, frame(100));
            assertThat(deliver()).containsExactly(5, large);
        }
    }

    @Test
    void shouldCountAsMergedWhatWasLeftOutBefore() {
        taker.allowanceBytes = 299;
        flush(100);
        assertThat(taker.mergedUpdates()).isZero();
        flush(100);
        assertThat(taker.mergedUpdates()).isEqualTo(2);
    }

    @Test
    void shouldStayAtTheVersionHeldBeforeWhereItDidNotFit() {
        taker.allowanceBytes = 299;
        assertThat(flush(100)).containsExactly(1, 2);
        assertThat(streams.stream().map(Subscription::version)).containsExactly(2L, 2L, 1L, 1L, 1L);
        assertThat(streams.stream().map(Subscription::isWaiting)).containsExactly(true, true, false, false, false);
        assertThat(flush(100)).containsExactly(3, 4);
        assertThat(streams.stream().map(Subscription::version)).containsExactly(2L, 2L, 3L, 3L, 1L);
    }

    @Test
    void shouldStayThereAlsoWhereTheOthersOfTheCohortMoveOn() {
        taker.allowanceBytes = 299;
        Taker other = new Taker();
        other.allowanceBytes = Integer.MAX_VALUE;
        List<Subscription> others = new ArrayList<>();
        for (Subscription stream : streams) {
            Subscription same = new Subscription(stream.key(), 1);
            shard.audience().join(other, same, PlayedAudience.EPOCH, version);
            shard.audience().ask(other, same, 0);
            others.add(same);
        }
        assertThat(flush(100)).containsExactly(1, 2);
        assertThat(streams.stream().map(Subscription::version)).containsExactly(2L, 2L, 1L, 1L, 1L);
        assertThat(others.stream().map(Subscription::version)).containsExactly(2L, 2L, 2L, 2L, 2L);
        assertThat(other.sent).hasSize(5);
    }

    /** A flush in which every stream has an update of so many bytes; returns the instruments sent. */
    private List<Integer> flush(int bytes) {
        for (int id = 1; id <= streams.size(); id++) {
            answer(id, frame(bytes));
        }
        return deliver();
    }

    /** Asks, unless it has been asked, and has the shard answer. */
    private void answer(int id, Frame... frames) {
        Subscription stream = streams.get(id - 1);
        shard.audience().ask(taker, stream, 0);
        shard.runLater();
        for (Ask ask : shard.takeOpen(stream.key())) {
            for (Frame frame : frames) {
                frame.retain();
            }
            answers.add(new FrameBatch.Answer(ask, FORM.bit(), PlayedAudience.EPOCH, version + 1, List.of(frames)));
        }
        for (Frame frame : frames) {
            frame.release();
        }
    }

    private List<Integer> deliver() {
        version++;
        shard.audience()
                .deliver(
                        List.of(new FrameBatch(0, 0, new Version(0, 0), ListingChanges.NONE, List.copyOf(answers))), 0);
        answers.clear();
        return taker.sent;
    }

    private Frame frame(int bytes) {
        return factory.frame(new byte[bytes], FORM.bit());
    }

    private static final class Taker extends Subscriber {
        private int allowanceBytes;
        private int leftOut;
        private List<Integer> sent = List.of();

        @Override
        public Form form() {
            return FORM;
        }

        @Override
        public boolean hasRoom(long nowNanos) {
            return true;
        }

        @Override
        protected int allowanceBytes() {
            return allowanceBytes;
        }

        @Override
        protected void onLeftOut() {
            leftOut++;
        }

        @Override
        protected void send(List<Frame> frames, MessageCache messages) {
            sent = delivered().stream()
                    .map(stream -> stream.key().instrumentId())
                    .toList();
            assertThat(frames).hasSameSizeAs(sent);
        }

        @Override
        public void onFailure() {
            throw new AssertionError("nothing fails here");
        }
    }
}
