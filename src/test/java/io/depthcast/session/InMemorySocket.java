package io.depthcast.session;

import io.depthcast.limit.Address;
import io.depthcast.wire.ReceivedMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** A socket whose other end is a list. */
final class InMemorySocket implements ClientSocket {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int PING = 9;
    private static final int PONG = 10;

    /** What was sent: texts as they are, other messages by their kind, then how it was ended. */
    final List<String> sent = new ArrayList<>();

    boolean writable = true;
    boolean pending;
    long takenBytes;
    int pendingBytes;
    /** The payload of the last ping. */
    ByteBuf ping = Unpooled.EMPTY_BUFFER;

    Runnable onClose = () -> {};

    /** What was sent since the last call. */
    List<String> takeSent() {
        List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public long takenBytes() {
        return takenBytes;
    }

    @Override
    public boolean hasPending() {
        return pending;
    }

    @Override
    public int pendingBytes() {
        return pendingBytes;
    }

    @Override
    public void write(ByteBuf message) {
        send(message);
    }

    @Override
    public void send(ByteBuf message) {
        ReceivedMessage received = ReceivedMessage.take(message);
        if (received.opcode() == PING) {
            ping = Unpooled.wrappedBuffer(received.payload());
        }
        sent.add(
                switch (received.opcode()) {
                    case TEXT -> received.text().replace('"', '\'');
                    case BINARY -> "binary " + received.payload().length;
                    case PING -> "ping";
                    case PONG -> "pong " + received.text();
                    default -> "opcode " + received.opcode();
                });
    }

    @Override
    public void close(CloseReason reason) {
        sent.add("close " + reason.code() + ' ' + reason.text());
        onClose.run();
    }

    @Override
    public void abort(CloseReason reason) {
        sent.add("abort");
    }

    @Override
    public Address address() {
        return new Address(false, 0, 0x7F000001);
    }
}
