package io.depthcast.session;

import io.depthcast.limit.Address;
import io.depthcast.wire.ReceivedMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A socket whose other end is a list. */
final class InMemorySocket implements ClientSocket {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final boolean framed;

    /** What was sent: texts as they are, other frames by their kind, then how it was ended. */
    final List<String> sent = new ArrayList<>();

    boolean writable = true;
    boolean pending;
    long writtenBytes;
    long takenBytes;
    /** Whether whatever is written is taken at once. */
    boolean takesAll;

    int pendingBytes;
    /** The payload of the last ping. */
    ByteBuf ping = Unpooled.EMPTY_BUFFER;

    Runnable onClose = () -> {};

    private InMemorySocket(boolean framed) {
        this.framed = framed;
    }

    /** One that gets WebSocket messages. */
    static InMemorySocket ofFrames() {
        return new InMemorySocket(true);
    }

    /** One that gets text, and takes it. */
    static InMemorySocket ofText() {
        InMemorySocket socket = new InMemorySocket(false);
        socket.takesAll = true;
        return socket;
    }

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
    public long writtenBytes() {
        return writtenBytes;
    }

    @Override
    public long takenBytes() {
        return takesAll ? writtenBytes : takenBytes;
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
        writtenBytes += message.readableBytes();
        if (framed) {
            ReceivedMessage.takeAll(message).forEach(received -> sent.add(describe(received)));
        } else {
            sent.add(message.toString(StandardCharsets.UTF_8).replace('"', '\''));
            message.release();
        }
    }

    private String describe(ReceivedMessage received) {
        if (received.opcode() == PING) {
            ping = Unpooled.wrappedBuffer(received.payload());
        }
        return switch (received.opcode()) {
            case TEXT -> received.text().replace('"', '\'');
            case BINARY -> "binary " + received.payload().length;
            case PING -> "ping";
            case PONG -> "pong " + received.text();
            default -> "opcode " + received.opcode();
        };
    }

    @Override
    public void flush() {}

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
