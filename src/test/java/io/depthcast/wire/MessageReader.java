package io.depthcast.wire;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.zip.Inflater;

/** Reads the messages of one connection in order, with one inflater that keeps its window, as RFC 7692, 7.2.2 has it. */
public final class MessageReader implements AutoCloseable {
    private final Inflater inflater = new Inflater(true);

    /** The one message in the buffer, which is released. */
    public ReceivedMessage take(ByteBuf message) {
        List<ReceivedMessage> all = takeAll(message);
        if (all.size() != 1) {
            throw new IllegalArgumentException("expected one frame, got " + all.size());
        }
        return all.get(0);
    }

    /** Whatever is in the buffer, which is released. */
    public List<ReceivedMessage> takeAll(ByteBuf messages) {
        return ReceivedMessage.takeAll(messages, inflater);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
