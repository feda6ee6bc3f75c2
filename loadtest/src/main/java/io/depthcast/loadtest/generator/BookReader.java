package io.depthcast.loadtest.generator;

import io.depthcast.book.Instrument;
import io.depthcast.client.BookMessage;
import io.depthcast.client.DecodeResult;
import io.depthcast.client.JsonDecoder;
import io.depthcast.client.MarketListener;
import io.depthcast.client.ProvedBook;
import io.depthcast.client.SbeDecoder;
import io.depthcast.wire.Version;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;

/**
 * Decodes one client's messages with the decoders of the Java client, rebuilds its books, proves them and takes the age of
 * what came, for those whose socket is not that client's: Gatling's users, and peers.
 */
public final class BookReader implements MarketListener {
    /** Hears of every book message that was read. */
    public interface Observer {
        /** @param outcome of the proof; APPLIED where nothing is proved */
        void onBook(BookMessage book, ProvedBook.Outcome outcome, long nowMicros);
    }

    private final Map<Integer, ProvedBook> books = new HashMap<>();
    private final boolean proves;
    private final Observer observer;
    private final SbeDecoder sbe = new SbeDecoder(this);
    private final JsonDecoder json;
    private long nowMicros;

    /** @param proves false for a peer, which sends the same messages again and again */
    public BookReader(Map<String, Instrument> instruments, boolean proves, Observer observer) {
        this.proves = proves;
        this.observer = observer;
        this.json = new JsonDecoder(instruments::get, this);
    }

    /**
     * @param payload of a message after inflation
     * @param atMicros when it arrived, microseconds since 1970
     */
    public DecodeResult read(boolean binary, ByteBuf payload, long atMicros) {
        nowMicros = atMicros;
        return binary ? sbe.decode(payload) : json.decode(payload);
    }

    @Override
    public void onBook(BookMessage book) {
        ProvedBook.Outcome outcome = ProvedBook.Outcome.APPLIED;
        if (proves) {
            outcome = books.computeIfAbsent(book.instrumentId(), id -> new ProvedBook())
                    .apply(book);
        }
        observer.onBook(book, outcome, nowMicros);
    }

    /** The JSON value of {@code resume}: what is held. {@code symbols} are those of the ids. */
    public String resume(Map<Integer, String> symbols) {
        StringBuilder versions = new StringBuilder("{");
        books.forEach((id, book) -> {
            Version version = book.version();
            if (version != null) {
                versions.append(versions.length() == 1 ? "" : ",");
                versions.append('"').append(symbols.get(id)).append("\":\"");
                versions.append(version.format()).append('"');
            }
        });
        return versions.append('}').toString();
    }
}
