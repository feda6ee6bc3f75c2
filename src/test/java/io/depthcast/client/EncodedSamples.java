package io.depthcast.client;

import io.depthcast.book.BestBidOffer;
import io.depthcast.book.BookUpdate;
import io.depthcast.book.Candle;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Ticker;
import io.depthcast.book.Trades;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.ListedInstrument;
import io.depthcast.wire.SampleData;
import io.depthcast.wire.Version;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every kind of message in one encoding, each beside what a client should hear of it. */
final class EncodedSamples {
    final Encoding encoding;
    private final Kind kind;
    final List<Sample> samples = new ArrayList<>();
    private final Map<String, Instrument> instruments = new HashMap<>();

    /** What a reader of compact deltas must know beforehand. */
    private @Nullable ProvedBook held;

    private long clockMicros;

    /** @param heard what a client makes of the bytes */
    record Sample(ByteBuf bytes, Object heard) {}

    EncodedSamples(Kind kind, long seed) {
        this.kind = kind;
        encoding = kind.encoding;
        SampleData data = new SampleData(seed);
        Instrument instrument = data.instrument();
        instruments.put(instrument.symbol(), instrument);
        addBook(data.book(instrument), instrument, data.integer());
        addBestBidOffer(data.bestBidOffer(instrument), instrument);
        addTrades(data.trades(instrument), instrument);
        Candle candle = data.candle(instrument);
        add(candle, out -> encoding.encode(candle, instrument, out));
        addTicker(data.ticker(instrument), instrument);
        FeedStatus status = data.feedStatus();
        long timeMicros = data.integer();
        add(new Recording.Heartbeat(status, timeMicros), out -> encoding.encodeHeartbeat(status, timeMicros, out));
        List<ListedInstrument> list = data.instruments();
        add(list, out -> encoding.encodeInstruments(list, out));
        InstrumentStatus state = data.status();
        add(
                new Recording.Status(instrument.id(), state, timeMicros),
                out -> encoding.encodeStatus(instrument, state, timeMicros, out));
    }

    /** The encodings a client can read. */
    enum Kind {
        JSON(Encodings.JSON),
        SBE(Encodings.SBE),
        COMPACT(Encodings.COMPACT);

        private final Encoding encoding;

        Kind(Encoding encoding) {
            this.encoding = encoding;
        }
    }

    private void addBook(BookUpdate book, Instrument instrument, long sentMicros) {
        held = BookAt.version(
                new Version(book.epoch(), book.previous()),
                book.bids().heldBestTicks(),
                book.asks().heldBestTicks());
        clockMicros = sentMicros;
        long wholeMillis = (sentMicros + 999) / 1_000 * 1_000;
        BookMessage heard = new BookMessage(
                instrument.id(),
                book.isGrouped() ? book.depth() : 0,
                book.group(),
                book.epoch(),
                book.previous(),
                book.sequence(),
                book.timeMicros(),
                kind == Kind.COMPACT ? wholeMillis : sentMicros,
                book.checksum(),
                book.bids(),
                book.asks());
        add(heard, out -> encoding.encode(book, instrument, sentMicros, out));
    }

    private void addBestBidOffer(BestBidOffer bbo, Instrument instrument) {
        BestBidOfferMessage heard = new BestBidOfferMessage(
                instrument.id(),
                bbo.sequence(),
                bbo.timeMicros(),
                bbo.bidPriceTicks(),
                bbo.bidSizeLots(),
                bbo.askPriceTicks(),
                bbo.askSizeLots());
        add(heard, out -> encoding.encode(bbo, instrument, out));
    }

    private void addTrades(Trades trades, Instrument instrument) {
        add(
                new TradesMessage(instrument.id(), trades.missed(), trades.trades()),
                out -> encoding.encode(trades, instrument, out));
    }

    private void addTicker(Ticker ticker, Instrument instrument) {
        TickerMessage heard = new TickerMessage(
                instrument.id(),
                ticker.timeMicros(),
                ticker.lastTicks(),
                ticker.openTicks(),
                ticker.highTicks(),
                ticker.lowTicks(),
                ticker.volumeLots(),
                ticker.trades(),
                ticker.best().bidPriceTicks(),
                ticker.best().bidSizeLots(),
                ticker.best().askPriceTicks(),
                ticker.best().askSizeLots());
        add(heard, out -> encoding.encode(ticker, instrument, out));
    }

    private void add(Object heard, Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer(0);
        writer.accept(out);
        samples.add(new Sample(out.asReadOnly(), heard));
    }

    /** All samples as one WebSocket message. */
    ByteBuf together() {
        ByteBuf out = Unpooled.buffer(0).writeBytes(encoding.opening());
        for (int i = 0; i < samples.size(); i++) {
            out.writeBytes(i == 0 ? new byte[0] : encoding.separator())
                    .writeBytes(samples.get(i).bytes().slice());
        }
        return out.writeBytes(encoding.closing());
    }

    DecodeResult decode(ByteBuf frame, MarketListener listener) {
        return switch (kind) {
            case JSON -> new JsonDecoder(instruments::get, listener).decode(frame);
            case SBE -> new SbeDecoder(listener).decode(frame);
            case COMPACT -> {
                CompactDecoder decoder = new CompactDecoder((instrumentId, depth, group) -> held, listener);
                decoder.clock(clockMicros);
                yield decoder.decode(frame);
            }
        };
    }
}
