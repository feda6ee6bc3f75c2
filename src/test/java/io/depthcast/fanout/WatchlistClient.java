package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.auth.Identity;
import io.depthcast.client.BookMessage;
import io.depthcast.client.DecodeResult;
import io.depthcast.client.MarketListener;
import io.depthcast.client.ProvedBook;
import io.depthcast.client.SbeDecoder;
import io.depthcast.session.Session;
import io.depthcast.session.SessionContext;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.ReceivedMessage;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Watches the same books as its neighbours, as well as its line allows, and proves every message. */
final class WatchlistClient extends ModelSocket implements MarketListener {
    private final Random random;
    private final List<String> symbols;
    private final Map<Integer, ProvedBook> books = new HashMap<>();
    private Session session;
    private int applied;

    WatchlistClient(Random random, List<String> symbols, SessionContext shared, long nowNanos) {
        super(random);
        this.random = random;
        this.symbols = symbols;
        this.session = open(shared, nowNanos);
    }

    private Session open(SessionContext shared, long nowNanos) {
        session = new Session("s", Form.SBE_DEFLATED, true, Identity.ANYONE, this, shared, nowNanos);
        session.open();
        symbols.forEach(symbol -> subscribe(symbol, 0, nowNanos));
        return session;
    }

    private void subscribe(String symbol, int intervalMillis, long nowNanos) {
        say(session, "'op':'subscribe','channel':'book','intervalMillis':" + intervalMillis, symbol, nowNanos);
    }

    /** Most of the time it answers and reads; sometimes it lags, chooses anew or comes back. */
    void act(SessionContext shared, long nowNanos) {
        String any = symbols.get(random.nextInt(symbols.size()));
        switch (random.nextInt(300)) {
            case 0, 1 -> subscribe(any, random.nextBoolean() ? 40 : 0, nowNanos);
            case 2 -> say(session, "'op':'resync','channel':'book'", any, nowNanos);
            case 3 -> {
                say(session, "'op':'unsubscribe','channel':'book'", any, nowNanos);
                subscribe(any, 0, nowNanos);
            }
            case 4 -> {
                session.onClosed();
                empty();
                books.clear();
                open(shared, nowNanos);
            }
            case 5, 6, 7, 8 -> fill();
            default -> {
                if (random.nextInt(5) > 0) {
                    catchUp(session, nowNanos);
                }
            }
        }
    }

    /** Answers, and reads all. */
    void read(long nowNanos) {
        catchUp(session, nowNanos);
    }

    void heartbeat(Frame frame, MessageCache messages, long nowNanos) {
        session.heartbeat(frame, messages, nowNanos);
    }

    int applied() {
        return applied;
    }

    void leave() {
        session.onClosed();
    }

    @Override
    void receive(ReceivedMessage message) {
        if (message.opcode() == TEXT) {
            assertThat(message.text()).doesNotContain("error");
            return;
        }
        assertThat(new SbeDecoder(this).decode(Unpooled.wrappedBuffer(message.payload())))
                .isEqualTo(DecodeResult.DECODED);
    }

    @Override
    public void onBook(BookMessage message) {
        ProvedBook book = books.computeIfAbsent(message.instrumentId(), id -> new ProvedBook());
        assertThat(book.apply(message)).isEqualTo(ProvedBook.Outcome.APPLIED);
        applied++;
    }
}
