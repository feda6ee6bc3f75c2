package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.fanout.SplicedBook;
import io.depthcast.feed.Door;
import io.depthcast.feed.LevelChanges;
import io.depthcast.market.FeedSettings;
import io.depthcast.source.BinanceSettings;
import io.depthcast.source.SourceSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway whose market a test tells, and what follows it in the dialect of Binance: a program, or another gateway. */
@NeedsSockets
@Timeout(300)
class BinanceRelayTest {
    private static final StepSize TENTH = StepSize.parse("0.1");
    private static final StepSize CENT = StepSize.parse("0.01");
    private static final String BOOK = "/v1/book/BTC-USD?depth=500";
    private static final int UPDATES = 3_000;
    /** More levels than the deepest view has, so that some leave it and come back. */
    private static final int LEVELS = 700;

    private final HandSource source = new HandSource();
    private final RunningGateway gateway = RunningGateway.start(Clock.systemUTC(), epoch -> source);

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void shouldFeedAnotherGatewayWithTheSameBook(long seed) throws IOException {
        Random random = new Random(seed);
        source.tell(door -> define(door, TENTH, 1));
        awaitBook(gateway);
        try (RunningGateway relay = RunningGateway.start(RunningGateway.QUIET, relaying())) {
            awaitBook(relay);
            for (int i = 0; i < UPDATES; i++) {
                source.tell(door -> change(door, random));
            }
            source.tell(door -> assertThat(door.trade("BTC-USD", Side.ASK, 9_999, 5, "venue's", 0))
                    .isNull());
            awaitSameBooks(relay);
            JsonObject trade = awaitTrade(relay);
            assertThat(trade.getString("side") + trade.getString("price")).isEqualTo("sell999.9");
        }
    }

    @Test
    void shouldEndWhatFollowsABookThatBeginsAnewInOtherSteps() throws Exception {
        source.tell(door -> define(door, TENTH, 1));
        awaitBook(gateway);
        try (RawWebSocket socket = open()) {
            source.tell(door -> define(door, CENT, 10));
            assertThat(socket.closeCode()).isEqualTo(1012);
        }
        awaitOnEveryLoop(() -> "999.90".equals(bestBid()));
        try (RawWebSocket socket = open()) {
            JsonObject snapshot = snapshot();
            SplicedBook book = new SplicedBook();
            assertThat(book.snapshot(snapshot)).isTrue();
            assertThat(snapshot.getJsonArray("bids").getJsonArray(0).getString(0))
                    .isEqualTo("999.90");
            source.tell(door -> assertThat(door.update("BTC-USD", HandSource.level(99_995, 7), new LevelChanges(), 0))
                    .isNull());
            book.change(new JsonObject(socket.read(1).text()));
            assertThat(book.text()).startsWith("[999.95=7, ");
        }
    }

    @Test
    void shouldEndWhatFollowsAnInstrumentThatIsRemoved() throws IOException {
        source.tell(door -> define(door, TENTH, 1));
        awaitBook(gateway);
        try (RawWebSocket socket = open()) {
            source.tell(door -> assertThat(door.remove("BTC-USD")).isNull());
            assertThat(socket.closeCode()).isEqualTo(1012);
        }
        assertThat(codeOfDepth()).isEqualTo(-1121);
    }

    /** Loops are asked in turn, and one may hear of it after the one that closed. */
    private static void awaitOnEveryLoop(Callable<Boolean> question) throws Exception {
        int inARow = 0;
        while (inARow < Runtime.getRuntime().availableProcessors()) {
            ReaderOfBooks.heedTimeout();
            inARow = question.call() ? inARow + 1 : 0;
        }
    }

    /** Null where it has none. */
    private @Nullable String bestBid() throws IOException {
        JsonArray bids = snapshot().getJsonArray("bids");
        return bids == null || bids.isEmpty() ? null : bids.getJsonArray(0).getString(0);
    }

    /** Of the loop that answers, which may hear of it after the one that closed; that one asks to be asked again. */
    private int codeOfDepth() throws IOException {
        int code;
        do {
            ReaderOfBooks.heedTimeout();
            code = gateway.get("/binance/api/v3/depth?symbol=BTCUSD").json().getInteger("code");
        } while (code == -1001);
        return code;
    }

    /** The market of that gateway, as it tells it in the dialect of Binance. */
    private Map<String, Record> relaying() {
        String there = "127.0.0.1:" + gateway.port() + "/binance";
        BinanceSettings binance = new BinanceSettings("http://" + there, "ws://" + there, "BTCUSD");
        return Map.of(
                "feed",
                new FeedSettings("binance", FeedSettings.DEFAULT_SEED, RunningGateway.QUIET),
                "sources",
                ChangedSettings.changed(SourceSettings.DEFAULT, Map.of("binance", binance)));
    }

    private RawWebSocket open() throws IOException {
        RawWebSocket socket = RawWebSocket.connect(gateway.port());
        socket.write(RawWebSocket.handshake()
                .replace("/v1/stream", "/binance/ws/btcusd@depth@100ms")
                .getBytes(UTF_8));
        assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
        return socket;
    }

    private JsonObject snapshot() throws IOException {
        return gateway.get("/binance/api/v3/depth?symbol=BTCUSD&limit=1000").json();
    }

    private static void define(Door door, StepSize tick, int ticksPerTenth) {
        assertThat(door.define("BTC-USD", tick, StepSize.parse("1"), InstrumentStatus.OPEN))
                .isNull();
        LevelChanges bids = new LevelChanges();
        LevelChanges asks = new LevelChanges();
        for (int i = 0; i < LEVELS; i++) {
            bids.add((9_999L - i) * ticksPerTenth, 10 + i);
            asks.add((10_000L + i) * ticksPerTenth, 10 + i);
        }
        assertThat(door.snapshot("BTC-USD", bids, asks, 0)).isNull();
    }

    private static void change(Door door, Random random) {
        LevelChanges bids = new LevelChanges();
        LevelChanges asks = new LevelChanges();
        for (int i = 0; i < 3; i++) {
            boolean isBid = random.nextBoolean();
            int away = random.nextInt(LEVELS);
            (isBid ? bids : asks)
                    .add(isBid ? 9_999 - away : 10_000 + away, random.nextInt(3) == 0 ? 0 : random.nextInt(99));
        }
        assertThat(door.update("BTC-USD", bids, asks, 0)).isNull();
    }

    /** Until it has a book. */
    private static JsonObject awaitBook(RunningGateway some) throws IOException {
        RunningGateway.HttpAnswer answer = some.get(BOOK);
        while (answer.status() != 200 || answer.json().getJsonArray("bids").isEmpty()) {
            answer = some.get(BOOK);
        }
        return answer.json();
    }

    private void awaitSameBooks(RunningGateway relay) throws IOException {
        while (!sides(awaitBook(relay)).equals(sides(awaitBook(gateway)))) {
            Thread.onSpinWait();
        }
    }

    private static String sides(JsonObject book) {
        return book.getJsonArray("bids").encode() + book.getJsonArray("asks").encode();
    }

    private static JsonObject awaitTrade(RunningGateway relay) throws IOException {
        JsonObject told = relay.get("/v1/trades/BTC-USD").json();
        while (told.getJsonArray("trades").isEmpty()) {
            told = relay.get("/v1/trades/BTC-USD").json();
        }
        return told.getJsonArray("trades").getJsonObject(0);
    }
}
