package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.session.CloseReason;
import io.depthcast.session.LimitSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameGuardTest {
    private final List<String> heard = new ArrayList<>();
    private final InboundInflater inflater = new InboundInflater();
    private final EmbeddedChannel channel = listening();

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
        inflater.close();
    }

    @Test
    void shouldPassTextPingPongAndCloseAndReleaseThem() {
        receive(new TextWebSocketFrame("one"));
        receive(new TextWebSocketFrame(false, 0, "t"));
        receive(new PingWebSocketFrame(bytes("between")));
        receive(new ContinuationWebSocketFrame(true, 0, "wo"));
        receive(new TextWebSocketFrame(true, 4, Unpooled.wrappedBuffer(ClientFrames.deflate("three".getBytes(UTF_8)))));
        receive(new PongWebSocketFrame(bytes("x")));
        receive(new CloseWebSocketFrame(4321, "bye"));

        assertThat(heard).containsExactly("text one", "ping between", "text two", "text three", "pong x", "close 4321");
    }

    @Test
    void shouldTakeACloseWithoutACodeAsNormal() {
        receive(new CloseWebSocketFrame());
        assertThat(heard).containsExactly("close 1000");
    }

    @Test
    void shouldRefuseCloseCodesThatAreNotForTheWire() {
        for (int code : new int[] {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535}) {
            EmbeddedChannel own = listening();
            own.writeInbound(new CloseWebSocketFrame(true, 0, Unpooled.wrappedBuffer(ClientFrames.closePayload(code))));
            assertThat(heard)
                    .containsExactly("violation 1002 close code " + code + " is not for the wire (RFC 6455, 7.4)");
            own.finishAndReleaseAll();
            heard.clear();
        }
    }

    @Test
    void shouldRefuseReservedBits() {
        receive(new TextWebSocketFrame(true, 2, "x"));
        assertThat(heard).containsExactly("violation 1002 reserved bits set (RFC 6455, 5.2)");
    }

    @Test
    void shouldRefuseACompressedControlFrameAndContinuation() {
        for (WebSocketFrame frame : List.of(
                new PingWebSocketFrame(true, 4, Unpooled.EMPTY_BUFFER),
                new CloseWebSocketFrame(true, 4, 1000, ""),
                new ContinuationWebSocketFrame(true, 4, Unpooled.EMPTY_BUFFER))) {
            EmbeddedChannel own = listening();
            own.writeInbound(new TextWebSocketFrame(false, 0, "x"), frame);
            assertThat(heard).containsExactly("violation 1002 reserved bits set (RFC 6455, 5.2)");
            own.finishAndReleaseAll();
            heard.clear();
        }
    }

    @Test
    void shouldRefuseBinary() {
        receive(new BinaryWebSocketFrame(bytes("x")));
        assertThat(heard).containsExactly("violation 1003 binary frames are not for clients: commands are JSON text");
    }

    @Test
    void shouldRefuseAMessageWithinAMessage() {
        receive(new TextWebSocketFrame(false, 0, "a"));
        receive(new TextWebSocketFrame("x"));
        assertThat(heard).containsExactly("violation 1002 a new message before the last one ended (RFC 6455, 5.4)");
    }

    @Test
    void shouldRefuseAContinuationOfNothing() {
        receive(new ContinuationWebSocketFrame(true, 0, "x"));
        assertThat(heard).containsExactly("violation 1002 a continuation of nothing (RFC 6455, 5.4)");
    }

    @Test
    void shouldHearNothingButTheCloseAfterAViolation() {
        receive(new BinaryWebSocketFrame(bytes("x")));
        heard.clear();
        receive(new TextWebSocketFrame("x"));
        receive(new PingWebSocketFrame(bytes("x")));
        receive(new BinaryWebSocketFrame(bytes("x")));
        receive(new CloseWebSocketFrame(1003, ""));
        assertThat(heard).containsExactly("close 1000");
    }

    @Test
    void shouldTellAFailureAndTheEnd() {
        channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        channel.finishAndReleaseAll();
        assertThat(heard).containsExactly("broken", "gone");
    }

    @Test
    void shouldKeepWhatComesBeforeSomebodyListens() {
        FrameGuard guard = new FrameGuard(new Notebook(), LimitSettings.DEFAULT, inflater);
        EmbeddedChannel early = new EmbeddedChannel(guard);
        early.writeInbound(new TextWebSocketFrame("one"), new PingWebSocketFrame(bytes("two")));
        assertThat(heard).isEmpty();
        guard.listen();
        early.writeInbound(new TextWebSocketFrame("three"));
        assertThat(heard).containsExactly("text one", "ping two", "text three");
        early.finishAndReleaseAll();
    }

    @Test
    void shouldReleaseWhatNobodyListenedTo() {
        TextWebSocketFrame frame = new TextWebSocketFrame("one");
        EmbeddedChannel early = new EmbeddedChannel(new FrameGuard(new Notebook(), LimitSettings.DEFAULT, inflater));
        early.writeInbound(frame);
        early.finishAndReleaseAll();
        assertThat(heard).containsExactly("gone");
        assertThat(frame.refCnt()).isZero();
    }

    @Test
    void shouldRefuseACloseReasonThatIsNotUtf8() {
        receive(new CloseWebSocketFrame(
                true, 0, Unpooled.wrappedBuffer(new byte[] {0x03, (byte) 0xE8, 'a', (byte) 0xC3})));
        assertThat(heard).containsExactly("violation 1007 close reason that is not UTF-8");
    }

    private EmbeddedChannel listening() {
        FrameGuard guard = new FrameGuard(new Notebook(), LimitSettings.DEFAULT, inflater);
        guard.listen();
        return new EmbeddedChannel(guard);
    }

    private void receive(WebSocketFrame frame) {
        channel.writeInbound(frame);
        assertThat(frame.refCnt()).isZero();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, UTF_8);
    }

    /** Writes down what it hears. */
    private final class Notebook implements FrameGuard.Inbound {
        @Override
        public void onFailure(Throwable cause) {
            heard.add("failed: " + cause.getMessage());
        }

        @Override
        public void onText(ByteBuf text) {
            heard.add("text " + text.toString(UTF_8));
        }

        @Override
        public void onPing(ByteBuf payload) {
            heard.add("ping " + payload.toString(UTF_8));
        }

        @Override
        public void onPong(ByteBuf payload) {
            heard.add("pong " + payload.toString(UTF_8));
        }

        @Override
        public void onClose(int code) {
            heard.add("close " + code);
        }

        @Override
        public void onViolation(CloseReason reason) {
            heard.add("violation " + reason.code() + " " + reason.text());
        }

        @Override
        public void onWritabilityChanged() {
            heard.add("writability");
        }

        @Override
        public void onBroken() {
            heard.add("broken");
        }

        @Override
        public void onGone() {
            heard.add("gone");
        }
    }
}
