package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.FrameFactory;
import io.depthcast.wire.StreamKey;
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
    private final List<Frame> frames = new ArrayList<>();
    private final Taker taker = new Taker();
    private final List<Subscription> streams = new ArrayList<>();

    FairShareTest() {
        for (int id = 1; id <= 5; id++) {
            streams.add(new Subscription(taker, new StreamKey(id, new View.Book(25)), 7, 1, 1));
        }
    }

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        frames.forEach(Frame::release);
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
        Frame first = frame(80);
        Frame second = frame(80);
        taker.collect(streams.get(0), List.of(first, second));
        taker.collect(streams.get(1), List.of(frame(10)));
        assertThat(deliver()).containsExactly(2, 1, 1);
    }

    @Test
    void shouldLetTheSmallRideAlongWithTheLargeInTurn() {
        taker.allowanceBytes = 10_000;
        for (int large : new int[] {1, 2, 3, 4, 1}) {
            for (int i = 0; i < 4; i++) {
                taker.collect(streams.get(i), List.of(frame(9_000)));
            }
            taker.collect(streams.get(4), List.of(frame(100)));
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
        List<Cohort> cohorts = new ArrayList<>();
        for (Subscription stream : streams) {
            Cohort cohort = new Cohort();
            cohort.moveTo(stream.epoch(), stream.version());
            cohort.add(stream);
            cohorts.add(cohort);
            taker.collect(stream, List.of(frame(100)));
            cohort.moveTo(7, 5);
        }
        assertThat(deliver()).containsExactly(1, 2);
        assertThat(streams.stream().map(Subscription::version)).containsExactly(5L, 5L, 1L, 1L, 1L);
        assertThat(streams.stream().map(Subscription::isWaiting)).containsExactly(true, true, false, false, false);
        cohorts.get(0).moveTo(7, 9);
        assertThat(streams.stream().map(Subscription::version)).containsExactly(9L, 5L, 1L, 1L, 1L);
    }

    @Test
    void shouldDoTheSameWhereOthersOfTheCohortStayBehindToo() {
        taker.allowanceBytes = 299;
        Cohort cohort = new Cohort();
        cohort.moveTo(7, 1);
        streams.forEach(cohort::add);
        cohort.moveTo(7, 3);
        streams.forEach(stream -> taker.collect(stream, List.of(frame(100))));
        cohort.moveTo(7, 5);
        assertThat(deliver()).containsExactly(1, 2);
        assertThat(streams.stream().map(Subscription::version)).containsExactly(5L, 5L, 3L, 3L, 3L);
        assertThat(cohort.size()).isEqualTo(2);
    }

    @Test
    void shouldDoTheSameForOnesThatWentOverToOthers() {
        taker.allowanceBytes = 299;
        for (Subscription stream : streams) {
            Cohort left = new Cohort();
            left.moveTo(stream.epoch(), stream.version());
            left.add(stream);
            Cohort joined = new Cohort();
            joined.moveTo(7, 4);
            joined.moveTo(7, 5);
            taker.collect(stream, List.of(frame(100)));
            stream.join(joined);
        }
        assertThat(deliver()).containsExactly(1, 2);
        assertThat(streams.stream().map(Subscription::version)).containsExactly(5L, 5L, 1L, 1L, 1L);
    }

    /** A flush in which every stream has an update of so many bytes; returns the instruments sent. */
    private List<Integer> flush(int bytes) {
        streams.forEach(stream -> taker.collect(stream, List.of(frame(bytes))));
        return deliver();
    }

    private List<Integer> deliver() {
        taker.deliver(new MessageCache(allocator));
        List<Integer> sent = taker.delivered().stream()
                .map(stream -> stream.key().instrumentId())
                .toList();
        assertThat(taker.sentFrames).isEqualTo(sent.size());
        taker.clearCollected();
        return sent;
    }

    private Frame frame(int bytes) {
        Frame frame = factory.frame(new byte[bytes], FORM.bit());
        frames.add(frame);
        return frame;
    }

    private static final class Taker extends Subscriber {
        private int allowanceBytes;
        private int leftOut;
        private int sentFrames;

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
        protected void send(List<Frame> sent, MessageCache messages) {
            sentFrames = sent.size();
        }

        @Override
        public void onFailure() {
            throw new AssertionError("nothing fails here");
        }
    }
}
