package io.depthcast.fanout;

import io.depthcast.session.OpenSocket;
import io.depthcast.session.Session;
import io.depthcast.wire.MessageReader;
import io.depthcast.wire.ReceivedMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The socket of a client that a test plays: without a network, full at random, and closed by no gateway. */
abstract class ModelSocket extends OpenSocket {
    static final int TEXT = 1;
    private static final int PING = 9;

    private final Random random;
    private boolean writable = true;
    private @Nullable ByteBuf ping;
    private MessageReader reader = new MessageReader();

    ModelSocket(Random random) {
        this.random = random;
    }

    /** A message other than a ping. */
    abstract void receive(ReceivedMessage message);

    /** It is that of a new connection. */
    final void empty() {
        writable = true;
        ping = null;
        reader.close();
        reader = new MessageReader();
    }

    final void fill() {
        writable = false;
    }

    final void catchUp(Session session, long nowNanos) {
        writable = true;
        session.onWritable(nowNanos);
        answerPing(session, nowNanos);
    }

    final void answerPing(Session session, long nowNanos) {
        ByteBuf payload = ping;
        ping = null;
        if (payload != null) {
            session.onPong(payload, nowNanos);
        }
    }

    /** @param fields of a command, in single quotation marks */
    static void say(Session session, String fields, String symbol, long nowNanos) {
        String text = "{" + fields + ",'symbols':['" + symbol + "']}";
        session.onText(Unpooled.wrappedBuffer(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), nowNanos);
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void write(ByteBuf bytes) {
        reader.takeAll(bytes).forEach(this::take);
    }

    private void take(ReceivedMessage message) {
        if (message.opcode() == PING) {
            ping = Unpooled.wrappedBuffer(message.payload());
            return;
        }
        receive(message);
        // As a socket does that a large message filled and that then emptied.
        if (random.nextInt(10) == 0) {
            writable = false;
        }
    }
}
