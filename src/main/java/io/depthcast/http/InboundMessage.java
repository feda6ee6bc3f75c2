package io.depthcast.http;

import io.depthcast.session.CloseReason;
import io.depthcast.session.LimitSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;

/**
 * Assembles one text message at a time from a client's fragments (RFC 6455, 5.4), within the limits. One connection.
 */
final class InboundMessage {
    /** What a fragment led to. */
    sealed interface Result {}

    /** More fragments are to come. */
    enum Incomplete implements Result {
        INCOMPLETE
    }

    /** A whole message: valid UTF-8 on the heap, which need not be released. */
    record Complete(ByteBuf text) implements Result {}

    /** The client broke a rule. */
    record Refused(CloseReason reason) implements Result {}

    private static final byte[] NOTHING = {};

    private final LimitSettings limits;
    private final InboundInflater inflater;
    private byte[] bytes = NOTHING;
    private int fragments;
    private boolean deflated;

    InboundMessage(LimitSettings limits, InboundInflater inflater) {
        this.limits = limits;
        this.inflater = inflater;
    }

    boolean isStarted() {
        return fragments > 0;
    }

    /** Bytes of the fragments that came so far. */
    int heldBytes() {
        return bytes.length;
    }

    /** @param isDeflated of the first fragment: whether RSV1 is set */
    Result add(ByteBuf fragment, boolean isFinal, boolean isDeflated) {
        if (fragments == 0) {
            deflated = isDeflated;
        }
        int length = bytes.length + fragment.readableBytes();
        if (length > limits.messageBytes()) {
            return refuse(CloseReason.TOO_BIG, "message too big: at most " + limits.messageBytes() + " bytes");
        }
        if (++fragments > limits.fragments()) {
            return refuse(
                    CloseReason.POLICY_VIOLATION, "too many fragments: at most " + limits.fragments() + " a message");
        }
        byte[] longer = Arrays.copyOf(bytes, length);
        fragment.getBytes(fragment.readerIndex(), longer, bytes.length, fragment.readableBytes());
        bytes = longer;
        return isFinal ? complete() : Incomplete.INCOMPLETE;
    }

    private Result complete() {
        byte[] message = bytes;
        bytes = NOTHING;
        fragments = 0;
        if (deflated) {
            try {
                message = inflater.inflate(message, limits.messageBytes());
            } catch (DataFormatException e) {
                return refuse(CloseReason.INVALID_PAYLOAD, "bad deflate stream (RFC 7692)");
            }
            if (message == null) {
                return refuse(
                        CloseReason.TOO_BIG, "message too big: at most " + limits.messageBytes() + " bytes inflated");
            }
        }
        ByteBuf text = Unpooled.wrappedBuffer(message);
        if (!ByteBufUtil.isText(text, StandardCharsets.UTF_8)) {
            return refuse(CloseReason.INVALID_PAYLOAD, "text that is not UTF-8");
        }
        return new Complete(text);
    }

    private static Refused refuse(int code, String reason) {
        return new Refused(new CloseReason(code, reason));
    }
}
