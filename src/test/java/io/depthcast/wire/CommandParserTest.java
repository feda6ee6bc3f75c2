package io.depthcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.CandleInterval;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {
    @Test
    void shouldReadASubscriptionToBooks() {
        assertThat(parse("{'op':'subscribe','id':1,'channel':'book','symbols':['BTC-USD','ETH-USD','BTC-USD'],"
                        + "'depth':100,'intervalMillis':60000,'resume':{'BTC-USD':'5:812'}}"))
                .isEqualTo(new Command.Subscribe(
                        1L,
                        new View.Book(100),
                        List.of("BTC-USD", "ETH-USD"),
                        60_000,
                        Map.of("BTC-USD", new Version(5, 812))));
    }

    @Test
    void shouldFillInWhatASubscriptionLeavesOut() {
        assertThat(parse("{'op':'subscribe','channel':'book','symbols':['*']}"))
                .isEqualTo(new Command.Subscribe(null, new View.Book(25), List.of("*"), 0, Map.of()));
        assertThat(parse("{'op':'subscribe','channel':'trades','symbols':['A']}"))
                .isEqualTo(new Command.Subscribe(null, View.Single.TRADES, List.of("A"), 0, Map.of()));
    }

    @Test
    void shouldTellATickerOnceASecondUnlessAskedOtherwise() {
        assertThat(parse("{'op':'subscribe','channel':'ticker','symbols':['A']}"))
                .isEqualTo(new Command.Subscribe(null, View.Single.TICKER, List.of("A"), 1_000, Map.of()));
        assertThat(parse("{'op':'subscribe','channel':'ticker','symbols':['A'],'intervalMillis':250}"))
                .isEqualTo(new Command.Subscribe(null, View.Single.TICKER, List.of("A"), 250, Map.of()));
    }

    @Test
    void shouldReadASubscriptionToCandles() {
        Command.Subscribe candles = (Command.Subscribe)
                parse("{'symbols':['A'],'interval':'5m','channel':'candles','id':9007199254740991,'op':'subscribe'}");

        assertThat(candles)
                .isEqualTo(new Command.Subscribe(
                        9007199254740991L, new View.Candles(CandleInterval.FIVE_MINUTES), List.of("A"), 0, Map.of()));
    }

    @Test
    void shouldReadToWhichGroupPricesAreGathered() {
        assertThat(parse("{'op':'subscribe','channel':'book','symbols':['A'],'depth':10,'group':'250'}"))
                .isEqualTo(new Command.Subscribe(null, new View.Book(10, 250), List.of("A"), 0, Map.of()));
        assertThat(parse("{'op':'subscribe','channel':'book','symbols':['A'],'group':250}"))
                .isEqualTo(new Command.Subscribe(null, new View.Book(25, 250), List.of("A"), 0, Map.of()));
        assertThat(parse("{'op':'subscribe','channel':'book','symbols':['A'],'group':'1'}"))
                .isEqualTo(new Command.Subscribe(null, new View.Book(25), List.of("A"), 0, Map.of()));
        assertThat(parse("{'op':'unsubscribe','channel':'book','symbols':['A'],'group':'10'}"))
                .isEqualTo(
                        new Command.Unsubscribe(null, Channel.BOOK, List.of("A"), new BookChoice(BookChoice.ANY, 10)));
        assertThat(parse("{'op':'resync','channel':'book','symbols':['A'],'depth':10,'group':'10'}"))
                .isEqualTo(new Command.Resync(null, List.of("A"), new BookChoice(10, 10), ""));
    }

    @Test
    void shouldLetAnySymbolResumeWhereAllAreMeant() {
        Command.Subscribe all = (Command.Subscribe)
                parse("{'op':'subscribe','channel':'book','symbols':['*'],'resume':{'X':'1:2','Y':'1:3'}}");

        assertThat(Command.isEverySymbol(all.symbols())).isTrue();
        assertThat(all.resume()).isEqualTo(Map.of("X", new Version(1, 2), "Y", new Version(1, 3)));
        assertThat(all.view()).isEqualTo(new View.Book(25));
    }

    @Test
    void shouldReadTheOtherCommands() {
        assertThat(parse("{'op':'unsubscribe','id':3,'channel':'bbo','symbols':['ETH-USD']}"))
                .isEqualTo(new Command.Unsubscribe(3L, Channel.BBO, List.of("ETH-USD")));
        assertThat(parse("{'op':'resync','id':4,'channel':'book','symbols':['BTC-USD'],'why':'checksum'}"))
                .isEqualTo(new Command.Resync(4L, List.of("BTC-USD"), "checksum"));
        assertThat(parse("{'op':'resync','channel':'book','symbols':['BTC-USD']}"))
                .isEqualTo(new Command.Resync(null, List.of("BTC-USD"), ""));
        assertThat(parse("{'op':'limit','id':5,'bytesPerSecond':50000}")).isEqualTo(new Command.Limit(5L, 50_000));
        assertThat(parse("{'op':'limit','bytesPerSecond':99999999999999999999}"))
                .isEqualTo(new Command.Limit(null, Integer.MAX_VALUE));
        assertThat(parse("{'op':'auth','id':6,'token':'a.b.c'}")).isEqualTo(new Command.Auth(6L, "a.b.c"));
        assertThat(parse(" { \"op\" : \"ping\" , \"id\" : 0 } ")).isEqualTo(new Command.Ping(0L));
        assertThat(parse("{'op':'ping','id':7,'ageMillis':0}")).isEqualTo(new Command.Ping(7L, 0));
        assertThat(parse("{'op':'ping','ageMillis':600000}")).isEqualTo(new Command.Ping(null, 600_000));
    }

    @Test
    void shouldNotPrintAToken() {
        assertThat(parse("{'op':'auth','id':6,'token':'secret'}")).hasToString("Auth[id=6]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'op':'jump','id':1,'what':2}                                   | 1 | UNKNOWN_OP      | expected op subscribe, unsubscribe, resync, limit, auth or ping, got "jump"
            {'op':'','id':1}                                                | 1 | UNKNOWN_OP      | expected op subscribe, unsubscribe, resync, limit, auth or ping, got ""
            {'id':1}                                                        | 1 | BAD_REQUEST     | op is missing
            {}                                                              |   | BAD_REQUEST     | op is missing
            {'op':5,'id':1}                                                 | 1 | BAD_REQUEST     | op: expected a string, got a number
            {'op':null,'id':1}                                              | 1 | BAD_REQUEST     | op: expected a string, got null
            {'op':'ping','id':'1'}                                          |   | BAD_REQUEST     | id: expected an integer from 0 to 9007199254740991, got a string
            {'op':'ping','id':-1}                                           |   | BAD_REQUEST     | id: expected an integer from 0 to 9007199254740991, got a number
            {'op':'ping','id':1.0}                                          |   | BAD_REQUEST     | id: expected an integer from 0 to 9007199254740991, got a number
            {'op':'ping','id':9007199254740992}                             |   | BAD_REQUEST     | id: expected an integer from 0 to 9007199254740991, got a number
            {'op':'ping','id':99999999999999999999999}                      |   | BAD_REQUEST     | id: expected an integer from 0 to 9007199254740991, got a number
            {'op':'ping','id':null}                                         |   | BAD_REQUEST     | id: expected an integer from 0 to 9007199254740991, got null
            {'op':'ping','speed':1,'id':7}                                  | 7 | BAD_REQUEST     | unknown field "speed"
            {'op':'ping','a<b>\\u0000':{'deep':[1,{}]},'id':7}              | 7 | BAD_REQUEST     | unknown field "a?b??"
            {'op':'ping','depth':10,'id':7}                                 | 7 | BAD_REQUEST     | depth does not belong to op ping
            {'op':'subscribe','symbols':['A'],'id':7}                       | 7 | BAD_REQUEST     | channel is missing: expected book, bbo, trades, candles or ticker
            {'op':'subscribe','channel':'books','symbols':['A'],'id':7}     | 7 | UNKNOWN_CHANNEL | expected channel book, bbo, trades, candles or ticker, got "books"
            {'op':'unsubscribe','channel':'BOOK','symbols':['A']}           |   | UNKNOWN_CHANNEL | expected channel book, bbo, trades, candles or ticker, got "BOOK"
            {'op':'subscribe','channel':['book'],'symbols':['A'],'id':7}    | 7 | BAD_REQUEST     | channel: expected a string, got an array
            {'op':'subscribe','channel':'book','id':7}                      | 7 | BAD_REQUEST     | symbols is missing: expected an array of symbols, or ["*"]
            {'op':'subscribe','channel':'book','symbols':[],'id':7}         | 7 | BAD_REQUEST     | symbols: expected 1 to 100 in one message, got 0
            {'op':'subscribe','channel':'book','symbols':'A','id':7}        | 7 | BAD_REQUEST     | symbols: expected an array of strings, got a string
            {'op':'subscribe','channel':'book','symbols':[1],'id':7}        | 7 | BAD_REQUEST     | symbols: expected strings in the array, got a number
            {'op':'subscribe','channel':'book','symbols':[['A']],'id':7}    | 7 | BAD_REQUEST     | symbols: expected strings in the array, got an array
            {'op':'subscribe','channel':'book','symbols':[''],'id':7}       | 7 | BAD_REQUEST     | expected a symbol of 1 to 32 printable characters without space, got ""
            {'op':'subscribe','channel':'book','symbols':['A B'],'id':7}    | 7 | BAD_REQUEST     | expected a symbol of 1 to 32 printable characters without space, got "A B"
            {'op':'subscribe','channel':'book','symbols':['Ä'],'id':7}      | 7 | BAD_REQUEST     | expected a symbol of 1 to 32 printable characters without space, got "?"
            {'op':'subscribe','channel':'book','symbols':['A'],'group':'3'}  |   | BAD_GROUP       | expected group 1, 2, 5, 10, 25, 50, 100, 250, 500 or 1000 ticks, got "3"
            {'op':'subscribe','channel':'book','symbols':['A'],'group':-10}  |   | BAD_GROUP       | expected group 1, 2, 5, 10, 25, 50, 100, 250, 500 or 1000 ticks, got "-10"
            {'op':'subscribe','channel':'book','symbols':['A'],'group':'10 '} |   | BAD_GROUP       | expected group 1, 2, 5, 10, 25, 50, 100, 250, 500 or 1000 ticks, got "10 "
            {'op':'unsubscribe','channel':'book','symbols':['A'],'group':''} |   | BAD_GROUP       | expected group 1, 2, 5, 10, 25, 50, 100, 250, 500 or 1000 ticks, got ""
            {'op':'subscribe','channel':'book','symbols':['A'],'group':[10]} |   | BAD_REQUEST     | group: expected a string, got an array
            {'op':'subscribe','channel':'bbo','symbols':['A'],'group':'10'}  |   | BAD_REQUEST     | group belongs to channel book only
            {'op':'resync','channel':'book','symbols':['A'],'depth':11}      |   | BAD_DEPTH       | expected depth 10, 25, 100 or 500, got 11
            {'op':'subscribe','channel':'book','symbols':['*','A'],'id':7}  | 7 | BAD_REQUEST     | symbols: expected "*" to stand alone
            {'op':'subscribe','channel':'book','symbols':['A'],'depth':26}  |   | BAD_DEPTH       | expected depth 10, 25, 100 or 500, got 26
            {'op':'subscribe','channel':'book','symbols':['A'],'depth':0}   |   | BAD_DEPTH       | expected depth 10, 25, 100 or 500, got 0
            {'op':'subscribe','channel':'book','symbols':['A'],'depth':4294967306}   | | BAD_DEPTH | expected depth 10, 25, 100 or 500, got 4294967306
            {'op':'subscribe','channel':'book','symbols':['A'],'depth':'25'}         | | BAD_REQUEST | depth: expected an integer, got a string
            {'op':'subscribe','channel':'book','symbols':['A'],'depth':2.5e1}        | | BAD_REQUEST | depth: expected an integer, got a number
            {'op':'subscribe','channel':'bbo','symbols':['A'],'depth':25}            | | BAD_REQUEST | depth belongs to channel book only
            {'op':'subscribe','channel':'bbo','symbols':['A'],'resume':{}}           | | BAD_REQUEST | resume belongs to channel book only
            {'op':'subscribe','channel':'book','symbols':['A'],'interval':'1m'}      | | BAD_REQUEST | interval belongs to channel candles only; for the pace of updates use intervalMillis
            {'op':'subscribe','channel':'candles','symbols':['A']}                   | | BAD_INTERVAL | channel candles: expected interval 1s, 1m, 5m, 15m, 1h, 4h or 1d
            {'op':'subscribe','channel':'candles','symbols':['A'],'interval':'2m'}   | | BAD_INTERVAL | channel candles: expected interval 1s, 1m, 5m, 15m, 1h, 4h or 1d
            {'op':'subscribe','channel':'candles','symbols':['A'],'interval':60}     | | BAD_REQUEST | interval: expected a string, got a number
            {'op':'subscribe','channel':'book','symbols':['A'],'intervalMillis':-1}  | | BAD_INTERVAL | expected intervalMillis from 0 to 60000, got -1
            {'op':'subscribe','channel':'book','symbols':['A'],'intervalMillis':60001} | | BAD_INTERVAL | expected intervalMillis from 0 to 60000, got 60001
            {'op':'subscribe','channel':'book','symbols':['A'],'resume':'1:2'}       | | BAD_REQUEST | resume: expected an object from symbol to "epoch:sequence", got a string
            {'op':'subscribe','channel':'book','symbols':['A'],'resume':{'A':'1'}}   | | BAD_REQUEST | resume: expected "epoch:sequence" for "A"
            {'op':'subscribe','channel':'book','symbols':['A'],'resume':{'A':[1,2]}} | | BAD_REQUEST | resume: expected "epoch:sequence" for "A"
            {'op':'subscribe','channel':'book','symbols':['A'],'resume':{'B':'1:2'}} | | BAD_REQUEST | resume: "B" is not among symbols
            {'op':'unsubscribe','channel':'bbo','symbols':['A'],'depth':25}          | | BAD_REQUEST | depth belongs to channel book only
            {'op':'resync','channel':'trades','symbols':['A'],'id':7}       | 7 | BAD_REQUEST     | resync belongs to channel book only
            {'op':'limit','id':7}                                           | 7 | BAD_REQUEST     | bytesPerSecond is missing: expected an integer of at least 1000
            {'op':'limit','bytesPerSecond':999,'id':7}                      | 7 | BAD_REQUEST     | expected bytesPerSecond of at least 1000, got 999
            {'op':'limit','bytesPerSecond':0}                               |   | BAD_REQUEST     | expected bytesPerSecond of at least 1000, got 0
            {'op':'limit','bytesPerSecond':'1000','id':7}                   | 7 | BAD_REQUEST     | bytesPerSecond: expected an integer, got a string
            {'op':'auth','id':7}                                            | 7 | BAD_REQUEST     | token is missing: expected a JWT
            {'op':'auth','token':'','id':7}                                 | 7 | BAD_REQUEST     | token is missing: expected a JWT
            {'op':'ping','ageMillis':-1,'id':7}                             | 7 | BAD_REQUEST     | expected ageMillis from 0 to 600000, got -1
            {'op':'ping','ageMillis':600001,'id':7}                         | 7 | BAD_REQUEST     | expected ageMillis from 0 to 600000, got 600001
            {'op':'ping','ageMillis':3.5,'id':7}                            | 7 | BAD_REQUEST     | ageMillis: expected an integer, got a number
            {'op':'limit','bytesPerSecond':1000,'ageMillis':3}              |   | BAD_REQUEST     | ageMillis does not belong to op limit
            {'op':'ping','id':7}{}                                          | 7 | BAD_REQUEST     | expected one JSON object, got more text after it
            {'op':'ping','id':7,'id':7}                                     | 7 | BAD_REQUEST     | a key appears twice in an object
            {'id':7,'op':'subscribe','resume':{'A':'1:2','A':'1:3'}}        | 7 | BAD_REQUEST     | a key appears twice in an object
            {'op':'ping','id':7                                             | 7 | BAD_REQUEST     | not JSON
            {'op':'ping','id':7,}                                           | 7 | BAD_REQUEST     | not JSON
            hello                                                           |   | BAD_REQUEST     | not JSON
            ``                                                              |   | BAD_REQUEST     | expected a JSON object, got nothing
            [{'op':'ping'}]                                                 |   | BAD_REQUEST     | expected a JSON object, got an array
            'ping'                                                          |   | BAD_REQUEST     | expected a JSON object, got a string
            NaN                                                             |   | BAD_REQUEST     | not JSON
            {'id':7,'x':[[[[[[[[1]]]]]]]]}                                  | 7 | BAD_REQUEST     | expected at most 8 levels of nesting, names of 64, numbers of 32 and strings of 8192 characters
            """)
    void shouldRefuseWithACodeAndAReason(String text, Long id, ErrorCode code, String reason) {
        assertThat(parse(text)).isEqualTo(new Refusal(id, code, reason));
    }

    @Test
    void shouldRefuseTwoHundredSymbolsAtOnce() {
        String symbols = IntStream.range(0, 200).mapToObj(i -> "'S" + i + "'").collect(Collectors.joining(","));

        assertThat(parse("{'op':'subscribe','channel':'book','symbols':[" + symbols + "],'id':2}"))
                .isEqualTo(
                        new Refusal(2L, ErrorCode.BAD_REQUEST, "symbols: expected 1 to 100 in one message, got 200"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "\"", "1"})
    void shouldRefuseEndlessRepetition(String piece) {
        assertThat(parse(String.join("", Collections.nCopies(16_384 / piece.length(), piece))))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void shouldKeepItsReasonShortWhateverTheTextIs() {
        String name = "\\u2028<script>'; DROP TABLE".repeat(2);

        assertThat(parse("{\"op\":\"" + name + "\"}"))
                .isEqualTo(new Refusal(
                        null,
                        ErrorCode.UNKNOWN_OP,
                        "expected op subscribe, unsubscribe, resync, limit, auth or ping,"
                                + " got \"??script??; DROP TABLE??script??...\""));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldRefuseGarbageWithoutThrowing(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] text = garbage(random);
            ParsedCommand parsed = CommandParser.parse(Unpooled.wrappedBuffer(text));
            if (parsed instanceof Refusal refusal) {
                assertThat(refusal.reason()).hasSizeBetween(1, 160).matches("[ -~]+");
            }
        }
    }

    private static byte[] garbage(Random random) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] text =
                ("{\"op\":\"subscribe\",\"id\":1,\"channel\":\"book\",\"symbols\":[\"BTC-USD\",\"E\"],\"depth\":25,"
                                + "\"intervalMillis\":100,\"resume\":{\"BTC-USD\":\"5:812\"}}")
                        .getBytes(StandardCharsets.UTF_8);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(text.length);
            text[at] = random.nextBoolean() ? (byte) random.nextInt(256) : text[random.nextInt(text.length)];
        }
        return text;
    }

    /** With {@code '} for {@code "} where the text has no quotes of its own. */
    private static ParsedCommand parse(String text) {
        String json = text.indexOf('"') < 0 ? text.replace('\'', '"') : text;
        ByteBuf bytes = Unpooled.copiedBuffer(json, StandardCharsets.UTF_8);
        ParsedCommand parsed = CommandParser.parse(bytes);
        assertThat(bytes.readableBytes()).isEqualTo(bytes.capacity());
        return parsed;
    }
}
