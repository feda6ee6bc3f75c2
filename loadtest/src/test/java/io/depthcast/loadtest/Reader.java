package io.depthcast.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.depthcast.client.BookMessage;
import io.depthcast.client.DecodeResult;
import io.depthcast.client.ProvedBook;
import io.depthcast.loadtest.generator.BookReader;
import io.depthcast.loadtest.generator.Market;
import io.gatling.http.action.ws.WsInboundMessage;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One user's books, and what came of the messages since it was last asked. */
final class Reader implements BookReader.Observer {
    private final Proof proof;
    private final Market market;
    private final BookReader books;
    private long oldestMicros;
    private int updates;
    private int faults;

    Reader(Proof proof, Market market) {
        this.proof = proof;
        this.market = market;
        this.books = new BookReader(market.bySymbol(), true, this);
    }

    /** Forgets what came before and reads these. */
    void read(List<WsInboundMessage> messages) {
        oldestMicros = 0;
        updates = 0;
        faults = 0;
        for (WsInboundMessage message : messages) {
            long atMicros = TimeUnit.MILLISECONDS.toMicros(message.timestamp());
            if (message instanceof WsInboundMessage.Binary binary) {
                take(books.read(true, Unpooled.wrappedBuffer(binary.message()), atMicros));
            } else if (message instanceof WsInboundMessage.Text text) {
                readText(text.message(), atMicros);
            }
        }
    }

    private void readText(String text, long atMicros) {
        if (text.startsWith("{\"op\":\"error\"")) {
            faults++;
        } else if (!text.startsWith("{\"op\"")) {
            take(books.read(false, Unpooled.wrappedBuffer(text.getBytes(UTF_8)), atMicros));
        }
    }

    private void take(DecodeResult result) {
        proof.add(result);
        faults += result == DecodeResult.DECODED ? 0 : 1;
    }

    @Override
    public void onBook(BookMessage book, ProvedBook.Outcome outcome, long nowMicros) {
        long ageMicros = nowMicros - book.sentMicros();
        proof.add(book, outcome, ageMicros);
        oldestMicros = Math.max(oldestMicros, ageMicros);
        updates++;
        boolean proved = outcome == ProvedBook.Outcome.APPLIED;
        faults += proved ? 0 : 1;
    }

    /** Of what was read last: the age of the oldest update when it arrived. */
    int oldestMillis() {
        return (int) TimeUnit.MICROSECONDS.toMillis(oldestMicros);
    }

    boolean isFaultless() {
        return faults == 0;
    }

    boolean hasUpdates() {
        return updates > 0;
    }

    /** The JSON value of {@code resume}. */
    String resume() {
        return books.resume(market.symbols());
    }
}
