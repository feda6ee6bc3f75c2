package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.depthcast.book.BookUpdate;
import io.depthcast.book.CandleInterval;
import io.depthcast.book.InstrumentState;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.JsonEncoding;
import io.depthcast.wire.SbeEncoding;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The browser client reads what the gateway's own encoders write of a random market. */
@Timeout(120)
class ClientDecodingTest {
    private static final Encoding SBE = new SbeEncoding();
    private static final Encoding JSON = new JsonEncoding();
    private static final long SENT_MICROS = 1_795_363_200_123_456L;
    private static final int DEPTH = 25;

    private static Chromium chromium;

    @BeforeAll
    static void launch() {
        chromium = Chromium.launch();
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldHoldTheGatewaysBookAfterEveryUpdate(long seed) {
        SampleMarket market = new SampleMarket(seed);
        SplittableRandom random = new SplittableRandom(seed);
        InstrumentState state = market.states().get((int) seed);
        List<String> frames = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        frames.add(base64(out -> SBE.encodeInstruments(List.of(state.instrument()), out)));
        long held = 0;
        for (int flush = 0; flush < 300; flush++) {
            BookUpdate update = state.book(DEPTH).since(SampleMarket.EPOCH_MICROS, held);
            if (update != null) {
                frames.add(base64(out -> SBE.encode(update, state.instrument(), SENT_MICROS, out)));
                expected.add(wholeBook(state));
                held = update.sequence();
            }
            market.happen(random.nextInt(20));
        }
        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(call("followBook", frames)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldReadTheSameFromBothEncodings(long seed) {
        SampleMarket market = new SampleMarket(seed);
        market.happen(500);
        List<String> json = new ArrayList<>();
        String sbe = base64(out -> {
            SBE.encodeInstruments(market.instruments(), out);
            for (InstrumentState state : market.states()) {
                messages(SBE, state).forEach(message -> message.accept(out));
            }
            SBE.encodeHeartbeat(FeedStatus.HALTED, SENT_MICROS, out);
        });
        for (InstrumentState state : market.states()) {
            messages(JSON, state).forEach(message -> json.add(text(message)));
        }
        json.add(text(out -> JSON.encodeHeartbeat(FeedStatus.HALTED, SENT_MICROS, out)));
        List<?> both = (List<?>) call("readBoth", Map.of("sbe", sbe, "json", json.toString()));
        assertThat((List<?>) both.get(0)).hasSize(json.size());
        assertThat(both.get(0)).isEqualTo(both.get(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldRefuseAMessageCutAtAnyByte(long seed) {
        SampleMarket market = new SampleMarket(seed);
        market.happen(100);
        InstrumentState state = market.states().get(0);
        List<Consumer<ByteBuf>> messages = new ArrayList<>(messages(SBE, state));
        messages.add(out -> SBE.encodeInstruments(market.instruments(), out));
        messages.add(out -> SBE.encodeHeartbeat(FeedStatus.LIVE, SENT_MICROS, out));
        for (Consumer<ByteBuf> message : messages) {
            assertThat((List<?>) call("acceptedCuts", base64(message))).isEmpty();
        }
    }

    private static Object call(String function, Object argument) {
        try (Page page = chromium.openModules()) {
            return page.evaluate(
                    "async ([name, argument]) => (await import('/test/market.js'))[name](argument)",
                    List.of(function, argument));
        }
    }

    private static String wholeBook(InstrumentState state) {
        BookUpdate whole = state.book(DEPTH).since(0, 0);
        return "applied %d:%d %s %s".formatted(whole.epoch(), whole.sequence(), whole.bids(), whole.asks());
    }

    private static List<Consumer<ByteBuf>> messages(Encoding encoding, InstrumentState state) {
        BookUpdate book = state.book(DEPTH).since(0, 0);
        return List.of(
                out -> encoding.encode(book, state.instrument(), SENT_MICROS, out),
                out -> encoding.encode(state.best().since(0, 0), state.instrument(), out),
                out -> encoding.encode(state.tape().recent(20), state.instrument(), out),
                out -> state.candles(CandleInterval.ONE_MINUTE)
                        .recent(1)
                        .forEach(candle -> encoding.encode(candle, state.instrument(), out)));
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
