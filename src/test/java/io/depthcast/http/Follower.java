package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookShapes;
import io.depthcast.book.Candle;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.client.BestBidOfferMessage;
import io.depthcast.client.BookMessage;
import io.depthcast.client.CompactDecoder;
import io.depthcast.client.DecodeResult;
import io.depthcast.client.JsonDecoder;
import io.depthcast.client.ProvedBook;
import io.depthcast.client.SbeDecoder;
import io.depthcast.wire.FeedStatus;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * A WebSocket client on a blocking socket, as slow as its test, which can break the rules and sees every frame; the Java
 * client does neither.
 */
final class Follower extends ReaderOfBooks implements AutoCloseable {
    /** The two sides of a book. */
    record Sides(Levels bids, Levels asks) {}

    final RawWebSocket socket;
    final List<BestBidOfferMessage> bestBidOffers = new ArrayList<>();
    final List<Candle> candles = new ArrayList<>();
    final List<FeedStatus> heartbeats = new ArrayList<>();
    /** Of any instrument, as they were told. */
    final List<InstrumentStatus> statuses = new ArrayList<>();
    /** Ids of instruments, each time that one was told to be stale. */
    final List<Integer> stale = new ArrayList<>();

    final List<JsonObject> replies = new ArrayList<>();
    /** Messages that were a JSON array. */
    int arrays;
    /** Messages that came deflated. */
    int deflated;

    private final JsonDecoder json;
    private final SbeDecoder sbe = new SbeDecoder(this);
    private final CompactDecoder compact = new CompactDecoder((id, depth, group) -> book(id, depth, group), this);
    private boolean isCompact;
    private final Map<Integer, NavigableMap<Long, Sides>> history = new HashMap<>();

    Follower(RawWebSocket socket, Map<String, Instrument> instruments) {
        this.socket = socket;
        this.json = new JsonDecoder(instruments::get, this);
    }

    /** A connected client of a running gateway. */
    static Follower open(RunningGateway gateway, String... headers) throws IOException {
        Follower follower = new Follower(RawWebSocket.open(gateway.port(), headers), gateway.instruments());
        follower.isCompact = List.of(headers).contains(RawWebSocket.protocol("depthcast.v1.compact"));
        return follower;
    }

    /** The same over TLS. */
    static Follower open(RunningGateway gateway, TestCertificate trusted, String... headers) throws Exception {
        RawWebSocket socket = RawWebSocket.over(trusted.connect(gateway.port(), 0));
        return new Follower(socket.shakeHands(headers), gateway.instruments());
    }

    static String subscription(String channel, String symbol, String more) {
        return "{\"op\":\"subscribe\",\"channel\":\"" + channel + "\",\"symbols\":[\"" + symbol + "\"]" + more + "}";
    }

    /** Takes one message. */
    void read() throws IOException {
        RawWebSocket.Message message = socket.read();
        deflated += message.wasDeflated() ? 1 : 0;
        switch (message.opcode()) {
            case ClientFrames.BINARY ->
                assertThat(isCompact ? compact.decode(message.payload()) : sbe.decode(message.payload()))
                        .isEqualTo(DecodeResult.DECODED);
            case ClientFrames.TEXT -> readText(message);
            case ClientFrames.PING -> {}
            default -> throw new AssertionError("closed: " + message.closeCode());
        }
    }

    private void readText(RawWebSocket.Message message) {
        arrays += message.payload().getByte(0) == '[' ? 1 : 0;
        DecodeResult result = json.decode(message.payload());
        if (result == DecodeResult.NOT_MARKET_DATA) {
            JsonObject reply = new JsonObject(message.text());
            replies.add(reply);
            if (reply.getString("op").equals("welcome")) {
                compact.clock(reply.getLong("time"));
            }
        } else {
            assertThat(result).isEqualTo(DecodeResult.DECODED);
        }
    }

    void readUntil(BooleanSupplier done) throws IOException {
        while (!done.getAsBoolean()) {
            heedTimeout();
            read();
        }
    }

    /** What the client held of a book by sequence. */
    NavigableMap<Long, Sides> history(int instrumentId) {
        return history.computeIfAbsent(instrumentId, id -> new TreeMap<>());
    }

    @Override
    public void onBook(BookMessage message) {
        super.onBook(message);
        if (message.group() != BookShapes.NO_GROUP) {
            return;
        }
        ProvedBook book = book(message.instrumentId());
        history(message.instrumentId()).put(message.sequence(), new Sides(book.bids(500), book.asks(500)));
    }

    @Override
    public void onBestBidOffer(BestBidOfferMessage bestBidOffer) {
        bestBidOffers.add(bestBidOffer);
    }

    @Override
    public void onCandle(Candle candle) {
        candles.add(candle);
    }

    @Override
    public void onHeartbeat(FeedStatus feed, long timeMicros) {
        heartbeats.add(feed);
    }

    @Override
    public void onStatus(int instrumentId, InstrumentStatus status, long timeMicros) {
        statuses.add(status);
        if (status == InstrumentStatus.STALE) {
            stale.add(instrumentId);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
