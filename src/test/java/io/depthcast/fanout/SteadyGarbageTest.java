package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.FrameFactory;
import io.depthcast.wire.StreamKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a message to one more client allocates in the heap, once buffers are pooled: nothing. */
class SteadyGarbageTest {
    private static final StreamKey BOOK = Follower.book(1);

    private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
    private final FrameFactory frames = new FrameFactory(allocator);

    @Test
    void shouldMakeNoGarbageForAMessageThatOneMoreClientTakes() throws Exception {
        GarbageOfOneMore.shouldBeNone(500, Clients::new);
        frames.close();
    }

    private final class Clients implements GarbageOfOneMore.Takers {
        private final PlayedAudience streams = new PlayedAudience(allocator);
        private final List<Taker> takers = new ArrayList<>();
        private long version;

        Clients(int count) {
            for (int i = 0; i < count; i++) {
                Taker taker = new Taker();
                takers.add(taker);
                Subscription subscription = new Subscription(BOOK, 1);
                streams.audience().join(taker, subscription, 0, Subscription.NOTHING);
                streams.audience().ask(taker, subscription, 0);
            }
        }

        @Override
        public void flush() {
            Frame frame = frames.frame("an update".getBytes(StandardCharsets.UTF_8));
            assertThat(streams.answer(BOOK, ++version, frame, Form.ALL_OF_OURS, 0))
                    .isTrue();
            frame.release();
        }

        @Override
        public void end(int flushes) {
            assertThat(takers).allMatch(taker -> taker.messages == flushes);
            streams.audience().close();
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
