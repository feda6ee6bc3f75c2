package io.depthcast.fanout;

import static io.depthcast.fanout.MessageCache.WHOLE_TAKERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.FrameFactory;
import io.depthcast.wire.ReceivedMessage;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageCacheTest {
    private static final int PLAIN_BYTES = 2 * 600;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final MessageCache messages = new MessageCache(allocator);
    private final FrameFactory factory = new FrameFactory(allocator);
    private final List<Frame> frames = new ArrayList<>();

    /** Two frames that say the same, and shrink a little apart. */
    @BeforeEach
    void makeFrames() {
        byte[] bytes = new byte[600];
        new Random(1).nextBytes(bytes);
        System.arraycopy(bytes, 0, bytes, 500, 100);
        frames.add(factory.frame(bytes));
        frames.add(factory.frame(bytes));
    }

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        messages.close();
        frames.forEach(Frame::release);
        factory.close();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void shouldDeflateAsAWholeWhatSoManyTakeAndSayTheSame() {
        messages.limitWhole(PLAIN_BYTES);

        List<ReceivedMessage> taken = take(Form.SBE_DEFLATED, WHOLE_TAKERS + 8);

        ReceivedMessage spliced = taken.get(0);
        ReceivedMessage whole = taken.get(WHOLE_TAKERS - 1);
        assertThat(whole.wire().length).isLessThan(spliced.wire().length * 6 / 10);
        assertThat(whole.payload()).isEqualTo(spliced.payload()).hasSize(PLAIN_BYTES);
        assertThat(taken.subList(0, WHOLE_TAKERS - 1))
                .allSatisfy(each -> assertThat(each.wire()).isEqualTo(spliced.wire()));
        assertThat(taken.subList(WHOLE_TAKERS, taken.size()))
                .allSatisfy(each -> assertThat(each.wire()).isEqualTo(whole.wire()));
        assertThat(messages.size()).isEqualTo(1);
    }

    @Test
    void shouldSpliceForAllBeyondTheLimitOfOneFlush() {
        messages.limitWhole(PLAIN_BYTES);

        assertThat(isSmallerAtTheEnd(Form.SBE_DEFLATED)).isTrue();
        assertThat(isSmallerAtTheEnd(Form.SBE_DEFLATED_SMALL)).isFalse();
        messages.clear();
        assertThat(isSmallerAtTheEnd(Form.SBE_DEFLATED_SMALL)).isTrue();
    }

    @Test
    void shouldSpliceForAllUnlessItIsAllowed() {
        assertThat(isSmallerAtTheEnd(Form.SBE_DEFLATED)).isFalse();
        messages.limitWhole(PLAIN_BYTES - 1);
        messages.clear();
        assertThat(isSmallerAtTheEnd(Form.SBE_DEFLATED)).isFalse();
    }

    @Test
    void shouldSendPlainMessagesAsTheyAre() {
        messages.limitWhole(PLAIN_BYTES);

        assertThat(isSmallerAtTheEnd(Form.SBE)).isFalse();
    }

    private boolean isSmallerAtTheEnd(Form form) {
        List<ReceivedMessage> taken = take(form, WHOLE_TAKERS);
        return taken.get(WHOLE_TAKERS - 1).wire().length < taken.get(0).wire().length;
    }

    private List<ReceivedMessage> take(Form form, int times) {
        List<ReceivedMessage> taken = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            taken.add(ReceivedMessage.take(messages.message(form, frames)));
        }
        return taken;
    }
}
