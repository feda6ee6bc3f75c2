package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.depthcast.session.CloseReason;
import io.depthcast.session.LimitSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.util.ArrayList;
import java.util.List;

/** Bytes of a stranger's WebSocket: what is heard of them must not depend on how they were cut on their way. */
public final class FrameGuardFuzz {
    private FrameGuardFuzz() {}

    /** The first byte says how to cut the others. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 2) {
            return;
        }
        int step = 1 + (data[0] & 0x3F);
        List<String> whole = hear(data, data.length);
        List<String> cut = hear(data, step);
        if (!whole.equals(cut)) {
            throw new AssertionError("whole " + whole + ", by " + step + " bytes " + cut);
        }
    }

    private static List<String> hear(byte[] data, int step) {
        List<String> heard = new ArrayList<>();
        InboundInflater inflater = new InboundInflater();
        FrameGuard guard = new FrameGuard(new Ears(heard), LimitSettings.DEFAULT, inflater);
        EmbeddedChannel channel = new EmbeddedChannel(new WebSocket13FrameDecoder(config()), guard);
        guard.listen();
        for (int at = 1; at < data.length; at += step) {
            channel.writeInbound(Unpooled.copiedBuffer(data, at, Math.min(step, data.length - at)));
        }
        channel.finishAndReleaseAll();
        inflater.close();
        return heard;
    }

    /** As {@link Upgrade} has it. */
    private static WebSocketDecoderConfig config() {
        return WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .allowExtensions(true)
                .maxFramePayloadLength(LimitSettings.FRAME_BYTES)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
    }

    private record Ears(List<String> heard) implements FrameGuard.Inbound {
        @Override
        public void onText(ByteBuf text) {
            if (text.readableBytes() > LimitSettings.MESSAGE_BYTES) {
                throw new AssertionError("a message of " + text.readableBytes() + " bytes");
            }
            heard.add("text " + text.toString(UTF_8));
        }

        @Override
        public void onPing(ByteBuf payload) {
            heard.add("ping " + payload.readableBytes());
        }

        @Override
        public void onPong(ByteBuf payload) {
            heard.add("pong " + payload.readableBytes());
        }

        @Override
        public void onClose(int code) {
            heard.add("close " + code);
        }

        @Override
        public void onViolation(CloseReason reason) {
            heard.add("violation " + reason.code());
        }

        @Override
        public void onWritabilityChanged() {}

        @Override
        public void onFailure(Throwable cause) {
            throw new AssertionError("no client may make the guard fail", cause);
        }

        @Override
        public void onBroken() {
            heard.add("broken");
        }

        @Override
        public void onGone() {}
    }
}
