package io.depthcast.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.depthcast.book.BookShapes;
import io.depthcast.book.Candle;
import io.depthcast.book.CandleInterval;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.book.Trade;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.View;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads text messages of subprotocol {@code depthcast.v1.json}, as far as they are market data. */
public final class JsonDecoder {
    private static final long MAX_CHECKSUM = 0xFFFFFFFFL;
    /** With limits that no message of the protocol reaches. */
    static final JsonFactory JSON = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNumberLength(32)
                    .maxNameLength(64)
                    .maxStringLength(8192)
                    .build())
            .build();

    private final Function<String, @Nullable Instrument> instruments;
    private final MarketListener listener;

    /** @param instruments finds an instrument by its symbol, or gives null */
    public JsonDecoder(Function<String, @Nullable Instrument> instruments, MarketListener listener) {
        this.instruments = instruments;
        this.listener = listener;
    }

    /** @param frame the payload of a text WebSocket message; neither consumed nor released */
    public DecodeResult decode(ByteBuf frame) {
        try (InputStream bytes = new ByteBufInputStream(frame.slice());
                JsonParser parser = JSON.createParser(bytes)) {
            return decode(parser, new JsonCursor(parser));
        } catch (RefusedException e) {
            return e.result();
        } catch (JsonEOFException e) {
            return DecodeResult.TRUNCATED;
        } catch (IOException e) {
            return DecodeResult.NOT_JSON;
        }
    }

    private DecodeResult decode(JsonParser parser, JsonCursor in) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_OBJECT) {
            String type = in.type();
            if (type == null) {
                return DecodeResult.NOT_MARKET_DATA;
            }
            decodeMessage(type, in);
        } else if (first == JsonToken.START_ARRAY) {
            while (in.nextObject()) {
                String type = in.type();
                if (type == null) {
                    return DecodeResult.BAD_VALUE;
                }
                decodeMessage(type, in);
            }
        } else {
            return first == null ? DecodeResult.TRUNCATED : DecodeResult.BAD_VALUE;
        }
        return parser.nextToken() == null ? DecodeResult.DECODED : DecodeResult.NOT_JSON;
    }

    private void decodeMessage(String type, JsonCursor in) throws IOException {
        switch (type) {
            case "snapshot" -> decodeBook(in, true);
            case "delta" -> decodeBook(in, false);
            case "bbo" -> decodeBestBidOffer(in);
            case "trades" -> decodeTrades(in);
            case "candle" -> decodeCandle(in);
            case "ticker" -> decodeTicker(in);
            case "heartbeat" -> decodeHeartbeat(in);
            case "instruments" -> listener.onInstruments(JsonListing.read(in));
            case "status" -> decodeStatus(in);
            default -> in.leave();
        }
    }

    private void decodeBook(JsonCursor in, boolean isSnapshot) throws IOException {
        Instrument instrument = instrument(in);
        View.Book grouped = in.groupedBefore("epoch");
        long epoch = in.natural();
        long previous = in.natural("previous");
        long sequence = in.natural("sequence");
        long timeMicros = in.natural("time");
        long sentMicros = in.natural("sent");
        long checksum = in.natural("checksum");
        Levels bids = in.levels("bids", instrument);
        Levels asks = in.levels("asks", instrument);
        in.leave();
        BookMessage book = new BookMessage(
                instrument.id(),
                grouped == null ? 0 : grouped.depth(),
                grouped == null ? BookShapes.NO_GROUP : grouped.group(),
                epoch,
                previous,
                sequence,
                timeMicros,
                sentMicros,
                (int) checksum,
                bids,
                asks);
        if (book.isSnapshot() != isSnapshot || checksum > MAX_CHECKSUM) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
        listener.onBook(book);
    }

    private void decodeBestBidOffer(JsonCursor in) throws IOException {
        Instrument instrument = instrument(in);
        BestBidOfferMessage bestBidOffer = new BestBidOfferMessage(
                instrument.id(),
                in.natural("sequence"),
                in.natural("time"),
                in.priceOfLevel("bid", instrument),
                in.restOfLevel(instrument),
                in.priceOfLevel("ask", instrument),
                in.restOfLevel(instrument));
        in.leave();
        listener.onBestBidOffer(bestBidOffer);
    }

    private void decodeTrades(JsonCursor in) throws IOException {
        Instrument instrument = instrument(in);
        long missed = in.natural("missed");
        List<Trade> trades = new ArrayList<>();
        in.enterArray("trades");
        while (in.nextObject()) {
            long id = in.natural("id");
            long timeMicros = in.natural("time");
            Side taker = taker(in.text("side"));
            long priceTicks = in.price("price", instrument);
            long sizeLots = in.size("size", instrument);
            trades.add(new Trade(id, timeMicros, taker, priceTicks, sizeLots, in.leaveWithText("venueId")));
        }
        in.leave();
        listener.onTrades(new TradesMessage(instrument.id(), missed, trades));
    }

    private static Side taker(String side) throws RefusedException {
        return switch (side) {
            case "buy" -> Side.BID;
            case "sell" -> Side.ASK;
            default -> throw new RefusedException(DecodeResult.BAD_VALUE);
        };
    }

    private void decodeCandle(JsonCursor in) throws IOException {
        Instrument instrument = instrument(in);
        CandleInterval interval = CandleInterval.of(in.text("interval"));
        if (interval == null) {
            throw new RefusedException(DecodeResult.BAD_VALUE);
        }
        Candle candle = new Candle(
                instrument.id(),
                interval,
                in.natural("start"),
                in.price("open", instrument),
                in.price("high", instrument),
                in.price("low", instrument),
                in.price("close", instrument),
                in.size("volume", instrument),
                in.natural("trades"),
                in.truth("closed"));
        in.leave();
        listener.onCandle(candle);
    }

    private void decodeTicker(JsonCursor in) throws IOException {
        Instrument instrument = instrument(in);
        long lastTicks = in.priceOrNone("last", instrument);
        long openTicks = in.priceOrNone("open", instrument);
        long highTicks = in.priceOrNone("high", instrument);
        long lowTicks = in.priceOrNone("low", instrument);
        long volumeLots = in.size("volume", instrument);
        long trades = in.natural("trades");
        long bidTicks = in.priceOfLevel("bid", instrument);
        long bidLots = in.restOfLevel(instrument);
        long askTicks = in.priceOfLevel("ask", instrument);
        long askLots = in.restOfLevel(instrument);
        long timeMicros = in.natural("time");
        in.leave();
        listener.onTicker(new TickerMessage(
                instrument.id(),
                timeMicros,
                lastTicks,
                openTicks,
                highTicks,
                lowTicks,
                volumeLots,
                trades,
                bidTicks,
                bidLots,
                askTicks,
                askLots));
    }

    private void decodeHeartbeat(JsonCursor in) throws IOException {
        long timeMicros = in.natural("time");
        FeedStatus feed =
                switch (in.text("feed")) {
                    case "live" -> FeedStatus.LIVE;
                    case "stale" -> FeedStatus.STALE;
                    case "halted" -> FeedStatus.HALTED;
                    default -> throw new RefusedException(DecodeResult.BAD_VALUE);
                };
        in.leave();
        listener.onHeartbeat(feed, timeMicros);
    }

    private void decodeStatus(JsonCursor in) throws IOException {
        Instrument instrument = instrument(in);
        InstrumentStatus status = JsonListing.status(in);
        long timeMicros = in.natural("time");
        in.leave();
        listener.onStatus(instrument.id(), status, timeMicros);
    }

    private Instrument instrument(JsonCursor in) throws IOException {
        Instrument instrument = instruments.apply(in.text("symbol"));
        if (instrument == null) {
            throw new RefusedException(DecodeResult.UNKNOWN_INSTRUMENT);
        }
        return instrument;
    }
}
