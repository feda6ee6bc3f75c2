package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.fanout.SplicedBook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsSockets
@Timeout(300)
class BinanceWireTest {
    private static final String API = "/binance/api/v3/";
    private static final int CHANGES = 40;

    private static RunningGateway busy;

    @BeforeAll
    static void start() {
        busy = RunningGateway.start(RunningGateway.BUSY, RunningGateway.LIMITS);
    }

    @AfterAll
    static void stop() {
        busy.close();
    }

    /** Refusals of Binance's own, word for word. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "depth|400|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.",
                "depth?symbol=|400|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.",
                "depth?symbol=DOGEEUR|400|-1121|Invalid symbol.",
                "depth?symbol=BTC-USD|400|-1121|Invalid symbol.",
                "depth?symbol=btcusd|400|-1100|Illegal characters found in parameter 'symbol'; legal range is"
                        + " '^[A-Z0-9-_.]{1,20}$'.",
                "depth?symbol=BTCUSD&limit=0|400|-1130|Data sent for parameter 'limit' is not valid.",
                "depth?symbol=BTCUSD&limit=|400|-1105|Parameter 'limit' was empty.",
                "ticker/price?symbol=BTCUSD&symbols=%5B%22ETHUSD%22%5D|400|-1128|Combination of optional parameters"
                        + " invalid.",
                "depth?symbol=BTCUSD&limit=-5|400|-1100|Illegal characters found in parameter 'limit'; legal range is"
                        + " '^[0-9]{1,20}$'.",
                "depth?symbol=BTCUSD&limit=abc|400|-1100|Illegal characters found in parameter 'limit'; legal range is"
                        + " '^[0-9]{1,20}$'.",
                "depth?symbol=BTCUSD&symbol=ETHUSD|400|-1101|Duplicate values for parameter 'symbol'.",
                "depth?symbol=BTCUSD&color=red|400|-1104|Not all sent parameters were read; read '1' parameter(s) but was"
                        + " sent '2'.",
                "klines?symbol=BTCUSD|400|-1102|Mandatory parameter 'interval' was not sent, was empty/null, or malformed.",
                "klines?symbol=BTCUSD&interval=7m|400|-1120|Invalid interval.",
                "exchangeInfo?symbol=DOGEEUR|400|-1121|Invalid symbol.",
                "ticker/24hr?symbol=DOGEEUR|400|-1121|Invalid symbol.",
                "ticker/price?symbols=%5B%22DOGEEUR%22%5D|400|-1121|Invalid symbol."
            })
    void shouldRefuseInTheWordsOfBinance(String request, int status, int code, String message) throws IOException {
        RunningGateway.HttpAnswer answer = busy.get(API + request);

        assertThat(answer.status() + " " + answer.body())
                .isEqualTo(status + " "
                        + new JsonObject().put("code", code).put("msg", message).encode());
    }

    @Test
    void shouldRefuseASymbolOfTenKilobytes() throws IOException {
        assertThat(busy.get(API + "depth?symbol=" + "A".repeat(3_000)).json().getInteger("code"))
                .isEqualTo(-1100);
        assertThat(busy.get(API + "depth?symbol=" + "A".repeat(10_000)).status())
                .isEqualTo(414);
    }

    @Test
    void shouldTakeGetOnlyAndKnowNoOtherPath() throws IOException {
        String post =
                "POST " + API + "depth HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

        RunningGateway.HttpAnswer posted = RunningGateway.exchange(busy.port(), post);
        assertThat(posted.status() + " " + posted.body())
                .isEqualTo("405 {\"code\":-1020,\"msg\":\"This operation is not supported.\"}");
        assertThat(busy.get(API + "account").status()).isEqualTo(404);
    }

    @Test
    void shouldListItsInstrumentsAndAnswerEveryQuestion() throws IOException {
        JsonArray symbols = busy.get(API + "exchangeInfo").json().getJsonArray("symbols");
        assertThat(symbols).hasSameSizeAs(busy.get("/v1/instruments").json().getJsonArray("instruments"));
        JsonObject first = symbols.getJsonObject(0);
        assertThat(first.getString("symbol") + first.getString("baseAsset") + first.getString("quoteAsset"))
                .isEqualTo("BTCUSDBTCUSD");
        assertThat(busy.get(API + "ping").body()).isEqualTo("{}");
        assertThat(busy.get(API + "time").json().getLong("serverTime")).isPositive();
        assertThat(busy.get(API + "depth?symbol=BTCUSD&limit=5").json().getJsonArray("bids"))
                .hasSize(5);
        assertThat(busy.get(API + "depth?symbol=BTCUSD&limit=99999999999999999999")
                        .json()
                        .getJsonArray("asks"))
                .hasSizeGreaterThan(100);
        for (String one : new String[] {"ticker/24hr", "ticker/price", "ticker/bookTicker"}) {
            assertThat(busy.get(API + one + "?symbol=BTCUSD").json().getString("symbol"))
                    .isEqualTo("BTCUSD");
            assertThat(new JsonArray(busy.get(API + one).body())).hasSameSizeAs(symbols);
            assertThat(new JsonArray(busy.get(API + one + "?symbols=%5B%22ETHUSD%22,%22BTCUSD%22%5D")
                            .body()))
                    .hasSize(2);
        }
    }

    /** Commands, and what Binance answers them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"method\":\"SUBSCRIBE\",\"params\":[\"ethusd@kline_1d\"],\"id\":1}|{\"result\":null,\"id\":1}",
                "{\"method\":\"SUBSCRIBE\",\"params\":[\"xyz@depth\"],\"id\":\"4f1c2d3e4f1c2d3e4f1c2d3e4f1c2d3e\"}"
                        + "|{\"result\":null,\"id\":\"4f1c2d3e4f1c2d3e4f1c2d3e4f1c2d3e\"}",
                "{\"method\":\"SUBSCRIBE\",\"params\":[\"BTCUSD@depth\",\"btcusd@nothing\",\"btcusd\",\"\"],\"id\":null}"
                        + "|{\"result\":null,\"id\":null}",
                "{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusd@depth\"],\"id\":-7}|{\"result\":null,\"id\":-7}",
                "{\"method\":\"LIST_SUBSCRIPTIONS\"}|{\"result\":[],\"id\":null}",
                "{\"method\":\"SUBSCRIBE\",\"params\":[],\"id\":{\"a\":1}}|{\"error\":{\"code\":2,\"msg\":\"Invalid request:"
                        + " request ID must be an unsigned integer\"},\"id\":null}",
                "{\"method\":\"subscribe\",\"params\":[],\"id\":2}|{\"error\":{\"code\":2,\"msg\":\"Invalid request: unknown"
                        + " variant `subscribe`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`\"},\"id\":2}",
                "{\"params\":[],\"id\":3}|{\"error\":{\"code\":2,\"msg\":\"Invalid request: missing field `method`\"},\"id\":3}",
                "{\"method\":\"SUBSCRIBE\",\"params\":[],\"id\":4,\"x\":1}|{\"error\":{\"code\":2,\"msg\":\"Invalid request: too"
                        + " many parameters\"},\"id\":4}",
                "[]|{\"error\":{\"code\":2,\"msg\":\"Invalid request: expected an object\"},\"id\":null}"
            })
    void shouldAnswerCommandsAsBinanceDoes(String command, String answer) throws IOException {
        try (RawWebSocket socket = open("/binance/ws")) {
            socket.send(command);
            assertThat(next(socket)).isEqualTo(answer);
        }
    }

    @Test
    void shouldSayWhereItIsNoJson() throws IOException {
        try (RawWebSocket socket = open("/binance/ws/anything")) {
            socket.send("{\"method\":");
            assertThat(new JsonObject(next(socket)).getJsonObject("error").getInteger("code"))
                    .isEqualTo(3);
        }
    }

    @Test
    void shouldRefuseTheStreamThatIsTooMany() throws IOException, ReflectiveOperationException {
        try (RunningGateway small =
                        RunningGateway.start(RunningGateway.QUIET, RunningGateway.limits(Map.of("subscriptions", 3)));
                RawWebSocket socket = RawWebSocket.connect(small.port())) {
            socket.write(handshake("/binance/ws").getBytes(UTF_8));
            assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
            String names = IntStream.of(1, 5, 15, 60)
                    .mapToObj(each -> each == 60 ? "\"btcusd@kline_1h\"" : "\"btcusd@kline_" + each + "m\"")
                    .collect(Collectors.joining(","));
            socket.send("{\"method\":\"SUBSCRIBE\",\"params\":[" + names + "],\"id\":9}");
            String answer = "";
            while (!answer.contains("\"id\":9")) {
                answer = next(socket);
            }
            assertThat(answer).isEqualTo("{\"error\":{\"code\":4,\"msg\":\"Too many subscriptions\"},\"id\":9}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/binance/ws/btcusd@depth@100ms",
                "/binance/ws/btcusd%40depth%40100ms",
                "/binance/stream?streams=btcusd@depth@100ms",
                "/binance/stream?streams=btcusd%40depth%40100ms%2Fxyz%40trade"
            })
    void shouldHaveABookThatTheDocumentedSpliceKeeps(String target) throws IOException {
        try (RawWebSocket socket = open(target)) {
            // Asked for at once, before anything was heard: the worst moment.
            JsonObject snapshot =
                    busy.get(API + "depth?symbol=BTCUSD&limit=1000").json();
            SplicedBook book = new SplicedBook();
            assertThat(book.snapshot(snapshot)).isTrue();
            while (book.applied() < CHANGES) {
                JsonObject told = new JsonObject(next(socket));
                book.change(target.contains("stream?") ? told.getJsonObject("data") : told);
            }
            assertThat(book.updateId()).isGreaterThan(snapshot.getLong("lastUpdateId"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "btcusd@trade,trade",
        "btcusd@aggTrade,aggTrade",
        "btcusd@kline_1s,kline",
        "btcusd@miniTicker,24hrMiniTicker",
        "btcusd@ticker,24hrTicker"
    })
    void shouldTellEachEventByItself(String stream, String event) throws IOException {
        try (RawWebSocket socket = open("/binance/stream?streams=" + stream)) {
            JsonObject told = new JsonObject(next(socket));
            assertThat(told.getString("stream")).isEqualTo(stream);
            assertThat(told.getJsonObject("data").getString("e")).isEqualTo(event);
            assertThat(told.getJsonObject("data").getString("s")).isEqualTo("BTCUSD");
        }
    }

    @Test
    void shouldTellTheBestLevelsWhole() throws IOException {
        try (RawWebSocket socket = open("/binance/ws/btcusd@depth5@100ms/btcusd@bookTicker")) {
            boolean levels = false;
            boolean best = false;
            while (!levels || !best) {
                JsonObject told = new JsonObject(next(socket));
                if (told.containsKey("lastUpdateId")) {
                    levels = told.getJsonArray("bids").size() == 5
                            && told.getJsonArray("asks").size() == 5;
                } else {
                    best = told.getString("s").equals("BTCUSD") && told.containsKey("A");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"!miniTicker@arr", "!ticker@arr"})
    void shouldTellAllTickersOfAMomentInOneArray(String stream) throws IOException {
        try (RawWebSocket plain = open("/binance/ws/" + stream);
                RawWebSocket combined = open("/binance/stream?streams=" + stream)) {
            assertThat(new JsonArray(next(plain))).hasSizeGreaterThan(10);
            JsonObject told = new JsonObject(next(combined));
            assertThat(told.getString("stream")).isEqualTo(stream);
            assertThat(told.getJsonArray("data")).hasSizeGreaterThan(10);
        }
    }

    private static RawWebSocket open(String target) throws IOException {
        RawWebSocket socket = RawWebSocket.connect(busy.port());
        socket.write(handshake(target).getBytes(UTF_8));
        assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ").doesNotContain("Sec-WebSocket-Protocol");
        return socket;
    }

    private static String handshake(String target) {
        return RawWebSocket.handshake(RawWebSocket.extensions(RawWebSocket.DEFLATE))
                .replace("/v1/stream", target);
    }

    /** The next text. */
    private static String next(RawWebSocket socket) throws IOException {
        return socket.read(1).text();
    }
}
