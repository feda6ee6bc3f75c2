package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.auth.Identity;
import io.depthcast.session.CloseReason;
import io.depthcast.session.Session;
import io.depthcast.session.SessionContext;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.depthcast.wire.ReceivedMessage;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A program that speaks Binance's dialect behind a real session: follows the changes of one book, asks for its snapshot at
 * the worst moment, answers pings late or never, and begins anew only when its connection is closed.
 */
final class SplicingClient extends ModelSocket {
    private static final List<Form> FORMS = List.of(
            Form.of(Encodings.BINANCE, 0),
            Form.of(Encodings.BINANCE, Form.FULL_WINDOW_BITS),
            Form.of(Encodings.BINANCE_COMBINED, 0),
            Form.of(Encodings.BINANCE_COMBINED, Form.SMALL_WINDOW_BITS));

    private final Random random;
    private final Form form;
    private final String stream;
    private @Nullable Session session;
    private SplicedBook book = new SplicedBook();
    private boolean closed = true;
    private int connections;

    SplicingClient(Random random, String name) {
        super(random);
        this.random = random;
        this.form = FORMS.get(random.nextInt(FORMS.size()));
        this.stream = name + (random.nextBoolean() ? "@depth" : "@depth@100ms");
    }

    SplicedBook book() {
        return book;
    }

    boolean isClosed() {
        return closed;
    }

    int connections() {
        return connections;
    }

    /** Connects with its stream in the path, or subscribes to it. */
    void connect(SessionContext shared, long nowNanos) {
        closed = false;
        empty();
        connections++;
        book = new SplicedBook();
        Heard heard = shared.streams().heard();
        Session opened = new Session("s", form, true, Identity.ANYONE, this, shared, nowNanos);
        session = opened;
        opened.open();
        if (random.nextBoolean()) {
            opened.follow(List.of(stream), heard, nowNanos);
        } else {
            String text = "{\"method\":\"SUBSCRIBE\",\"params\":[\"" + stream + "\"],\"id\":\"abc\"}";
            opened.onText(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)), nowNanos);
        }
    }

    void leave() {
        if (session != null) {
            session.onClosed();
        }
    }

    /** Perhaps one thing that a slow client does. */
    void act(long nowNanos) {
        switch (random.nextInt(20)) {
            case 0 -> fill();
            case 1, 2 -> catchUp(nowNanos);
            case 3, 4, 5, 6, 7 -> answerPing(nowNanos);
            default -> {}
        }
    }

    void catchUp(long nowNanos) {
        if (session != null && !closed) {
            catchUp(session, nowNanos);
        }
    }

    private void answerPing(long nowNanos) {
        if (session != null && !closed) {
            answerPing(session, nowNanos);
        }
    }

    @Override
    void receive(ReceivedMessage message) {
        assertThat(message.opcode()).isEqualTo(TEXT);
        JsonObject told = new JsonObject(new String(message.payload(), StandardCharsets.UTF_8));
        if (told.containsKey("id")) {
            assertThat(told.encode()).isEqualTo("{\"result\":null,\"id\":\"abc\"}");
            return;
        }
        if (form.encoding() == Encodings.BINANCE_COMBINED) {
            assertThat(told.getString("stream")).isEqualTo(stream);
            told = told.getJsonObject("data");
        }
        assertThat(told.getString("e")).isEqualTo("depthUpdate");
        assertThat(told.getString("s")).isEqualToIgnoringCase(stream.substring(0, stream.indexOf('@')));
        book.change(told);
    }

    @Override
    public void close(CloseReason reason) {
        assertThat(reason.code()).isEqualTo(CloseReason.RESTART);
        closed = true;
    }
}
