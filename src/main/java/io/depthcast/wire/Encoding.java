package io.depthcast.wire;

import io.depthcast.book.BestBidOffer;
import io.depthcast.book.BookUpdate;
import io.depthcast.book.Candle;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Ticker;
import io.depthcast.book.Trades;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Writes market data in one of the formats of the protocol, at the writer index of a buffer that grows. Stateless and
 * safe on any thread. Several encoded messages of one flush travel in one WebSocket message: {@link #opening()}, the
 * messages with {@link #separator()} between, {@link #closing()}; a single one goes without.
 */
public interface Encoding {
    /** Short name for meters and logs. */
    String name();

    /** The WebSocket subprotocol that selects this encoding. */
    String subprotocol();

    /** Whether messages go in binary WebSocket frames; otherwise text. */
    boolean isBinary();

    /** Fewest bytes of a message that are worth an attempt to deflate them: what is smaller hardly ever shrinks. */
    default int leastDeflatedBytes() {
        return 0;
    }

    /** Whether each message is a WebSocket message of its own, but for those of a list. */
    default boolean isApart() {
        return false;
    }

    /**
     * This encoding as it tells a stream whose name says how it is told.
     *
     * @param sentMicros when the frames are made, microseconds since 1970
     */
    default Encoding in(BinanceStream stream, long sentMicros) {
        return this;
    }

    /** What precedes the messages of a list that travel together, where messages are apart. */
    default byte[] opening(String list) {
        return opening();
    }

    /** What precedes two or more messages; nothing where each tells its own end. */
    default byte[] opening() {
        return new byte[0];
    }

    /** What stands between two messages. */
    default byte[] separator() {
        return new byte[0];
    }

    /** What follows two or more messages. */
    default byte[] closing() {
        return new byte[0];
    }

    /** @param sentMicros when the frame is made, microseconds since 1970 */
    void encode(BookUpdate update, Instrument instrument, long sentMicros, ByteBuf out);

    void encode(BestBidOffer bbo, Instrument instrument, ByteBuf out);

    void encode(Trades trades, Instrument instrument, ByteBuf out);

    void encode(Candle candle, Instrument instrument, ByteBuf out);

    void encode(Ticker ticker, Instrument instrument, ByteBuf out);

    /** @param timeMicros when the heartbeat is made, microseconds since 1970 */
    void encodeHeartbeat(FeedStatus status, long timeMicros, ByteBuf out);

    /** All instruments that a client may see: it needs their definitions before any data. */
    void encodeInstruments(List<ListedInstrument> instruments, ByteBuf out);

    /** @param timeMicros when the status began, microseconds since 1970 */
    void encodeStatus(Instrument instrument, InstrumentStatus status, long timeMicros, ByteBuf out);
}
