package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookShapes;
import io.depthcast.client.BookMessage;
import io.depthcast.client.MarketListener;
import io.depthcast.client.ProvedBook;
import io.depthcast.client.TradesMessage;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what is decoded for it, and proves every book at every message. One thread. */
class ReaderOfBooks implements MarketListener {
    final List<BookMessage> books = new ArrayList<>();
    final List<TradesMessage> trades = new ArrayList<>();

    private final Map<Key, ProvedBook> proved;

    /** @param depth 0 where prices are as they are */
    private record Key(int instrumentId, int depth, int group) {}

    ReaderOfBooks() {
        this(new HashMap<>());
    }

    /** @param held books that are followed further */
    private ReaderOfBooks(Map<Key, ProvedBook> held) {
        proved = held;
    }

    /** Goes on with the books of a reader that has ended. */
    ReaderOfBooks(ReaderOfBooks former) {
        this(former.proved);
    }

    /** To be called in each turn of a loop that waits for something: a socket's reads do not end when a test's time is over. */
    static void heedTimeout() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the test takes too long");
        }
    }

    /** The sequence of the newest book message, 0 if there is none yet. */
    long sequence() {
        return books.isEmpty() ? 0 : books.get(books.size() - 1).sequence();
    }

    ProvedBook book(int instrumentId) {
        return book(instrumentId, 0, BookShapes.NO_GROUP);
    }

    ProvedBook book(int instrumentId, int depth, int group) {
        return proved.computeIfAbsent(new Key(instrumentId, depth, group), key -> new ProvedBook());
    }

    /** How many books there are, every one of them proved. */
    public int provedBooks() {
        assertThat(proved.values()).allMatch(book -> book.version() != null);
        return proved.size();
    }

    @Override
    public void onBook(BookMessage message) {
        books.add(message);
        assertThat(book(message.instrumentId(), message.depth(), message.group())
                        .apply(message))
                .as("%s", message)
                .isEqualTo(ProvedBook.Outcome.APPLIED);
    }

    @Override
    public void onTrades(TradesMessage message) {
        trades.add(message);
    }
}
