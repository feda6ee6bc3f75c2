package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Candle;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Trade;
import io.depthcast.client.BestBidOfferMessage;
import io.depthcast.client.BookMessage;
import io.depthcast.client.CompactDecoder;
import io.depthcast.client.DecodeResult;
import io.depthcast.client.JsonDecoder;
import io.depthcast.client.MarketListener;
import io.depthcast.client.ProvedBook;
import io.depthcast.client.SbeDecoder;
import io.depthcast.client.TradesMessage;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.ListedInstrument;
import io.depthcast.wire.ReceivedMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a client of a random life has been told, every word of it doubted: instruments, proved books, tapes and candles. */
final class LifeHoldings implements MarketListener {
    final Map<String, ListedInstrument> listed = new TreeMap<>();
    final Map<Channel, Map<String, Followed>> followed = new TreeMap<>();
    private final Encoding encoding;
    private final Function<String, List<Trade>> trades;
    private final Set<String> happened;
    private final CompactDecoder compact = new CompactDecoder(this::continued, this);
    private final JsonDecoder json = new JsonDecoder(this::instrument, this);
    private final SbeDecoder sbe = new SbeDecoder(this);

    /** What is followed of one symbol in one channel, on which terms, and what is held of it. */
    static final class Followed {
        final ProvedBook book = new ProvedBook();
        /** By their start, as they were last told. */
        final NavigableMap<Long, Candle> candles = new TreeMap<>();

        /** The depth, or the interval of the candles. */
        final String view;
        /** As a command has them. */
        String terms;
        /** Version of the book that was told last in these steps, below which nothing may come. */
        long toldVersion;

        int moves;
        /** Number of the last trade told or missed, 0 before the first. */
        long lastTrade;

        @Nullable
        BestBidOfferMessage best;

        Followed(String view, String terms) {
            this.view = view;
            this.terms = terms;
        }
    }

    /**
     * @param trades all of a symbol, by their numbers
     * @param happened notes what it met
     */
    LifeHoldings(Encoding encoding, Function<String, List<Trade>> trades, Set<String> happened) {
        this.encoding = encoding;
        this.trades = trades;
        this.happened = happened;
        for (Channel channel : Channel.values()) {
            followed.put(channel, new TreeMap<>());
        }
    }

    void clock(long timeMicros) {
        compact.clock(timeMicros);
    }

    private @Nullable Instrument instrument(String symbol) {
        ListedInstrument found = listed.get(symbol);
        return found == null ? null : found.instrument();
    }

    private String symbol(int id) {
        return listed.keySet().stream()
                .filter(symbol -> listed.get(symbol).instrument().id() == id)
                .findAny()
                .orElseThrow(() -> new AssertionError("told of an instrument that is not listed: " + id));
    }

    private Followed followed(Channel channel, int id) {
        return Objects.requireNonNull(followed.get(channel).get(symbol(id)), "not subscribed");
    }

    private ProvedBook continued(int id) {
        ProvedBook book = followed(Channel.BOOK, id).book;
        assertThat(book.version()).as("a delta for a book without a version").isNotNull();
        return book;
    }

    void take(ReceivedMessage message) {
        if (message.opcode() == ModelSocket.TEXT && message.text().startsWith("{\"op\"")) {
            onControl(new JsonObject(message.text()));
            return;
        }
        ByteBuf payload = Unpooled.wrappedBuffer(message.payload());
        DecodeResult result = encoding == Encodings.SBE
                ? sbe.decode(payload)
                : encoding == Encodings.COMPACT ? compact.decode(payload) : json.decode(payload);
        assertThat(result).isEqualTo(DecodeResult.DECODED);
    }

    private void onControl(JsonObject control) {
        String op = control.getString("op");
        assertThat(op).as("%s", control).isIn("welcome", "subscribed", "unsubscribed", "notice");
        if (op.equals("subscribed")) {
            control.getJsonObject("symbols").fieldNames().forEach(symbol -> onSubscribed(control, symbol));
        } else if (op.equals("unsubscribed")) {
            Map<String, Followed> channel = followed.get(Channel.of(control.getString("channel")));
            control.getJsonArray("symbols").forEach(channel::remove);
            happened.add(control.containsKey("why") ? "removed" : "unsubscribed");
        }
    }

    /** Of the same depth or interval as before it goes on. */
    private void onSubscribed(JsonObject told, String symbol) {
        Channel channel = Objects.requireNonNull(Channel.of(told.getString("channel")));
        String view = channel == Channel.BOOK
                ? ",'depth':" + told.getInteger("depth")
                : channel == Channel.CANDLES ? ",'interval':'" + told.getString("interval") + "'" : "";
        String terms = LifeClient.terms(channel, told.getInteger("intervalMillis")) + view;
        Map<String, Followed> all = followed.get(channel);
        Followed held = all.get(symbol);
        if (held != null && held.view.equals(view)) {
            held.terms = terms;
        } else {
            all.put(symbol, new Followed(view, terms));
        }
    }

    @Override
    public void onInstruments(List<ListedInstrument> instruments) {
        Map<String, ListedInstrument> before = Map.copyOf(listed);
        listed.clear();
        instruments.forEach(each -> listed.put(each.instrument().symbol(), each));
        before.forEach((symbol, old) -> {
            ListedInstrument now = listed.get(symbol);
            if (now == null || !now.instrument().equals(old.instrument())) {
                happened.add(now == null ? "gone" : "in other steps");
                startAnew(Channel.BOOK, symbol);
                startAnew(Channel.CANDLES, symbol);
                startAnew(Channel.BBO, symbol);
            }
        });
    }

    private void startAnew(Channel channel, String symbol) {
        followed.get(channel).computeIfPresent(symbol, (same, held) -> new Followed(held.view, held.terms));
    }

    @Override
    public void onStatus(int id, InstrumentStatus status, long timeMicros) {
        listed.computeIfPresent(symbol(id), (same, was) -> new ListedInstrument(was.instrument(), status));
        happened.add(status.text());
    }

    @Override
    public void onBook(BookMessage message) {
        Followed held = followed(Channel.BOOK, message.instrumentId());
        assertThat(held.book.apply(message)).isEqualTo(ProvedBook.Outcome.APPLIED);
        assertThat(message.sequence()).as("older than what was told").isGreaterThanOrEqualTo(held.toldVersion);
        if (held.moves > 0 && held.toldVersion > 0) {
            happened.add(message.isSnapshot() ? "went on with a snapshot" : "went on with a delta");
        }
        held.toldVersion = message.sequence();
        held.moves = 0;
    }

    @Override
    public void onTrades(TradesMessage message) {
        Followed tape = followed(Channel.TRADES, message.instrumentId());
        List<Trade> all = trades.apply(symbol(message.instrumentId()));
        long next = tape.lastTrade == 0 ? 0 : tape.lastTrade + message.missed() + 1;
        for (Trade trade : message.trades()) {
            assertThat(trade.id()).as("trades are missing").isEqualTo(next == 0 ? trade.id() : next);
            assertThat(trade).isEqualTo(all.get((int) trade.id() - 1));
            next = trade.id() + 1;
        }
        tape.lastTrade = Math.max(0, next - 1);
    }

    @Override
    public void onCandle(Candle candle) {
        followed(Channel.CANDLES, candle.instrumentId()).candles.put(candle.startMicros(), candle);
    }

    @Override
    public void onBestBidOffer(BestBidOfferMessage message) {
        followed(Channel.BBO, message.instrumentId()).best = message;
    }
}
