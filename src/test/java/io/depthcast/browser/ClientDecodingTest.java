package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.depthcast.NeedsBrowser;
import io.depthcast.book.BookUpdate;
import io.depthcast.book.CandleInterval;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.ListedInstrument;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The browser client reads what the gateway's own encoders write of a random market. */
@NeedsBrowser
@Timeout(120)
class ClientDecodingTest {
    private static final Encoding SBE = Encodings.SBE;
    private static final Encoding COMPACT = Encodings.COMPACT;
    private static final Encoding JSON = Encodings.JSON;
    /** Whole milliseconds, which every encoding carries. */
    private static final long SENT_MICROS = 1_795_363_200_123_000L;

    private static final int DEPTH = 25;

    private static Chromium chromium;
    /** Of one page for all, for a page takes longer to open than the modules take to read. */
    private static Page modules;

    @BeforeAll
    static void launch() {
        chromium = Chromium.launch();
        modules = chromium.openModules();
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sbe, 1, 1",
        "sbe, 2, 1",
        "sbe, 3, 1",
        "sbe, 4, 25",
        "compact, 1, 1",
        "compact, 2, 1",
        "compact, 3, 1",
        "compact, 4, 25",
        "compact, 5, 2",
        "sbe, 5, 1000"
    })
    void shouldHoldTheGatewaysBookAfterEveryUpdate(String name, long seed, int group) {
        Encoding encoding = name.equals("sbe") ? SBE : COMPACT;
        SampleMarket market = new SampleMarket(seed);
        SplittableRandom random = new SplittableRandom(seed);
        InstrumentState state = market.states().get((int) seed);
        List<String> frames = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        frames.add(base64(out -> encoding.encodeInstruments(List.of(ListedInstrument.open(state.instrument())), out)));
        long held = 0;
        for (int flush = 0; flush < 300; flush++) {
            BookUpdate update = state.book(DEPTH, group).since(SampleMarket.EPOCH_MICROS, held);
            if (update != null) {
                frames.add(base64(out -> encoding.encode(update, state.instrument(), SENT_MICROS, out)));
                expected.add(wholeBook(state, group));
                held = update.sequence();
            }
            market.happen(random.nextInt(20));
        }
        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(call("followBook", Map.of("encoding", name, "frames", frames)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldReadTheSameFromAllEncodings(long seed) {
        SampleMarket market = new SampleMarket(seed);
        market.happen(500);
        List<String> json =
                story(JSON, market).stream().map(ClientDecodingTest::text).toList();
        Map<String, String> encoded =
                Map.of("sbe", base64(SBE, market), "compact", base64(COMPACT, market), "json", json.toString());
        List<?> all = (List<?>) call("readAll", encoded);
        assertThat((List<?>) all.get(0)).hasSize(json.size());
        assertThat(all.get(0)).isEqualTo(all.get(1));
        assertThat(all.get(2)).isEqualTo(all.get(1));
        assertThat(all.get(0).toString()).contains("venueId", "auction", "halted", "stale");
    }

    private static String base64(Encoding encoding, SampleMarket market) {
        return base64(out -> story(encoding, market).forEach(message -> message.accept(out)));
    }

    /** All that is told of a market, of which one instrument then goes, and another gets steps and a status of its own. */
    private static List<Consumer<ByteBuf>> story(Encoding encoding, SampleMarket market) {
        List<Consumer<ByteBuf>> messages = new ArrayList<>();
        messages.add(out -> encoding.encodeInstruments(listed(market), out));
        for (InstrumentState state : market.states()) {
            messages.addAll(messages(encoding, state, state.instrument()));
        }
        messages.add(out -> encoding.encodeHeartbeat(FeedStatus.HALTED, SENT_MICROS, out));
        InstrumentState last = market.states().get(market.states().size() - 1);
        Instrument before = last.instrument();
        Instrument changed = new Instrument(before.id(), before.symbol(), new StepSize(25, -3), new StepSize(2, 0));
        List<ListedInstrument> left = new ArrayList<>(listed(market));
        left.remove(0);
        left.set(left.size() - 1, new ListedInstrument(changed, InstrumentStatus.AUCTION));
        messages.add(out -> encoding.encodeInstruments(left, out));
        messages.addAll(messages(encoding, last, changed));
        return messages;
    }

    @ParameterizedTest
    @CsvSource({"sbe, 1", "sbe, 2", "compact, 1", "compact, 2"})
    void shouldRefuseAMessageCutAtAnyByte(String name, long seed) {
        Encoding encoding = name.equals("sbe") ? SBE : COMPACT;
        SampleMarket market = new SampleMarket(seed);
        InstrumentState state = market.states().get(0);
        long before = state.book(DEPTH).since(0, 0).sequence();
        market.happen(100);
        BookUpdate delta = state.book(DEPTH).since(SampleMarket.EPOCH_MICROS, before);
        assertThat(delta.isSnapshot()).isFalse();
        List<Consumer<ByteBuf>> messages = new ArrayList<>(messages(encoding, state, state.instrument()));
        messages.add(out -> encoding.encode(delta, state.instrument(), SENT_MICROS, out));
        messages.add(out -> encoding.encodeInstruments(listed(market), out));
        messages.add(out -> encoding.encodeHeartbeat(FeedStatus.LIVE, SENT_MICROS, out));
        for (Consumer<ByteBuf> message : messages) {
            Map<String, String> whole = Map.of("encoding", name, "message", base64(message));
            assertThat((List<?>) call("acceptedCuts", whole)).isEmpty();
        }
    }

    private static Object call(String function, Object argument) {
        return modules.evaluate(
                "async ([name, argument]) => (await import('/test/market.js'))[name](argument)",
                List.of(function, argument));
    }

    /** Each with a status, all of which there are. */
    private static List<ListedInstrument> listed(SampleMarket market) {
        return market.instruments().stream()
                .map(instrument -> new ListedInstrument(instrument, status(instrument)))
                .toList();
    }

    private static InstrumentStatus status(Instrument instrument) {
        InstrumentStatus[] all = InstrumentStatus.values();
        return all[instrument.id() % all.length];
    }

    private static String wholeBook(InstrumentState state, int group) {
        BookUpdate whole = state.book(DEPTH, group).since(0, 0);
        return "applied %d:%d %s %s".formatted(whole.epoch(), whole.sequence(), whole.bids(), whole.asks());
    }

    private static List<Consumer<ByteBuf>> messages(Encoding encoding, InstrumentState state, Instrument instrument) {
        BookUpdate book = state.book(DEPTH).since(0, 0);
        BookUpdate grouped = state.book(DEPTH, 50).since(0, 0);
        return List.of(
                out -> encoding.encode(book, instrument, SENT_MICROS, out),
                out -> encoding.encode(grouped, instrument, SENT_MICROS, out),
                out -> encoding.encode(state.best().since(0, 0), instrument, out),
                out -> encoding.encode(state.tape().recent(20), instrument, out),
                out -> encoding.encode(state.ticker().since(0, 0), instrument, out),
                out -> state.candles(CandleInterval.ONE_MINUTE)
                        .recent(1)
                        .forEach(candle -> encoding.encode(candle, instrument, out)),
                out -> encoding.encodeStatus(instrument, status(instrument), SENT_MICROS, out));
    }

    private static String base64(Consumer<ByteBuf> encoding) {
        return Base64.getEncoder().encodeToString(bytes(encoding));
    }

    private static String text(Consumer<ByteBuf> encoding) {
        return new String(bytes(encoding), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Consumer<ByteBuf> encoding) {
        ByteBuf out = Unpooled.buffer();
        encoding.accept(out);
        return ByteBufUtil.getBytes(out);
    }
}
