package io.depthcast.http;

import static io.depthcast.http.ClientFrames.deflate;
import static io.depthcast.http.ClientFrames.join;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.session.CloseReason;
import io.depthcast.session.LimitSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboundMessageTest {
    private static final LimitSettings LIMITS = LimitSettings.DEFAULT;
    private static final InboundMessage.Result INCOMPLETE = InboundMessage.Incomplete.INCOMPLETE;
    private static final InboundMessage.Result NOT_UTF_8 = refused(1007, "text that is not UTF-8");
    private static final InboundMessage.Result BAD_DEFLATE = refused(1007, "bad deflate stream (RFC 7692)");
    private static final InboundMessage.Result TOO_BIG = refused(1009, "message too big: at most 16384 bytes");
    private static final InboundMessage.Result TOO_BIG_INFLATED =
            refused(1009, "message too big: at most 16384 bytes inflated");

    private final InboundInflater inflater = new InboundInflater();
    private final InboundMessage message = new InboundMessage(LIMITS, inflater);

    @AfterEach
    void end() {
        inflater.close();
    }

    @Test
    void shouldAssembleFragmentsAndBeginAnew() {
        assertThat(message.isStarted()).isFalse();
        assertThat(add("to", false)).isEqualTo(INCOMPLETE);
        assertThat(message.isStarted()).isTrue();
        assertThat(add("get", false)).isEqualTo(INCOMPLETE);
        assertThat(add("her", true)).isEqualTo(complete("together"));
        assertThat(message.isStarted()).isFalse();
        assertThat(add("alone", true)).isEqualTo(complete("alone"));
    }

    @Test
    void shouldNotLoseAMessageWhoseFirstFragmentIsEmpty() {
        assertThat(add("", false)).isEqualTo(INCOMPLETE);
        assertThat(message.isStarted()).isTrue();
        assertThat(add("all", false)).isEqualTo(INCOMPLETE);
        assertThat(add("", true)).isEqualTo(complete("all"));
        assertThat(add("", true)).isEqualTo(complete(""));
    }

    @Test
    void shouldTakeAsMuchAsTheLimitAndNoMore() {
        String whole = "x".repeat(LIMITS.messageBytes());
        assertThat(add(whole, true)).isEqualTo(complete(whole));
        assertThat(add(whole, false)).isEqualTo(INCOMPLETE);
        assertThat(add("x", true)).isEqualTo(TOO_BIG);
    }

    @Test
    void shouldTakeAsManyFragmentsAsTheLimitAndNoMore() {
        for (int i = 1; i < LIMITS.fragments(); i++) {
            assertThat(add("", false)).isEqualTo(INCOMPLETE);
        }
        assertThat(add("", true)).isEqualTo(complete(""));
        for (int i = 1; i <= LIMITS.fragments(); i++) {
            assertThat(add("", false)).isEqualTo(INCOMPLETE);
        }
        assertThat(add("", false)).isEqualTo(refused(1008, "too many fragments: at most 64 a message"));
    }

    @Test
    void shouldJudgeUtf8OfTheWholeMessage() {
        byte[] euro = "a€😀".getBytes(UTF_8);
        for (int cut = 0; cut <= euro.length; cut++) {
            assertThat(add(Arrays.copyOf(euro, cut), false, false)).isEqualTo(INCOMPLETE);
            assertThat(add(Arrays.copyOfRange(euro, cut, euro.length), true, false))
                    .isEqualTo(complete("a€😀"));
        }
    }

    @ParameterizedTest
    @CsvSource({"80", "C080", "C3", "C328", "E282", "EDA080", "F4908080", "F8888080", "FE", "61FF62"})
    void shouldRefuseWhatIsNotUtf8(String hex) {
        assertThat(add(ByteBufUtil.decodeHexDump(hex), true, false)).isEqualTo(NOT_UTF_8);
    }

    @Test
    void shouldInflateAMessageCutAnywhere() {
        byte[] deflated = deflate("{\"op\":\"ping\",\"id\":1}".getBytes(UTF_8));
        for (int cut = 0; cut <= deflated.length; cut++) {
            assertThat(add(Arrays.copyOf(deflated, cut), false, true)).isEqualTo(INCOMPLETE);
            assertThat(add(Arrays.copyOfRange(deflated, cut, deflated.length), true, false))
                    .isEqualTo(complete("{\"op\":\"ping\",\"id\":1}"));
        }
    }

    @Test
    void shouldTakeDeflatedAndPlainMessagesInTurn() {
        assertThat(add(deflate("one".getBytes(UTF_8)), true, true)).isEqualTo(complete("one"));
        assertThat(add("two", true)).isEqualTo(complete("two"));
        assertThat(add(deflate("one".getBytes(UTF_8)), true, true)).isEqualTo(complete("one"));
    }

    @Test
    void shouldRefuseABombAtTheLimit() {
        byte[] bomb = deflate(new byte[60_000_000]);
        assertThat(bomb).hasSizeBetween(50_000, 70_000);
        assertThat(add(bomb, true, true)).isEqualTo(TOO_BIG);

        byte[] small = Arrays.copyOf(bomb, 4_000);
        assertThat(new InboundMessage(LIMITS, inflater).add(Unpooled.wrappedBuffer(small), true, true))
                .isEqualTo(TOO_BIG_INFLATED);
        assertThat(add(deflate(new byte[LIMITS.messageBytes() + 1]), true, true))
                .isEqualTo(TOO_BIG_INFLATED);
    }

    @Test
    void shouldInflateUpToTheLimit() {
        String whole = "x".repeat(LIMITS.messageBytes());
        assertThat(add(deflate(whole.getBytes(UTF_8)), true, true)).isEqualTo(complete(whole));
        assertThat(add(deflate((whole + "x").getBytes(UTF_8)), true, true)).isEqualTo(TOO_BIG_INFLATED);
        assertThat(add(deflate("after".getBytes(UTF_8)), true, true)).isEqualTo(complete("after"));
    }

    @Test
    void shouldRefuseABadDeflateStream() {
        assertThat(add(new byte[] {(byte) 0xFF, (byte) 0xFF, 1, 2, 3}, true, true))
                .isEqualTo(BAD_DEFLATE);
        assertThat(add(deflate("after".getBytes(UTF_8)), true, true)).isEqualTo(complete("after"));
        byte[] notUtf8 = deflate((byte) 0xC3, (byte) 0x28);
        assertThat(add(notUtf8, true, true)).isEqualTo(NOT_UTF_8);
    }

    @Test
    void shouldTakeAStreamThatSaysItIsFinal() {
        byte[] hello = ByteBufUtil.decodeHexDump("f348cdc9c90700");
        assertThat(add(join(hello, new byte[1]), true, true)).isEqualTo(complete("Hello"));
    }

    private InboundMessage.Result add(String fragment, boolean isFinal) {
        return add(fragment.getBytes(UTF_8), isFinal, false);
    }

    private InboundMessage.Result add(byte[] fragment, boolean isFinal, boolean deflated) {
        ByteBuf borrowed = Unpooled.wrappedBuffer(fragment);
        return message.add(borrowed, isFinal, deflated);
    }

    private static InboundMessage.Result complete(String text) {
        return new InboundMessage.Complete(Unpooled.copiedBuffer(text, UTF_8));
    }

    private static InboundMessage.Result refused(int code, String reason) {
        return new InboundMessage.Refused(new CloseReason(code, reason));
    }
}
