package io.depthcast.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Books;
import io.depthcast.feed.Door;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import io.depthcast.feed.LevelChanges;
import io.depthcast.metrics.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an exchange, or who sits between, gets wrong: what cannot be read, or does not fit, stales the symbol, which begins
 * anew; the rest is repaired, or counted and left out. Nobody else notices.
 */
class BadExchangeTest {
    private static final long T0 = BadInput.T0;
    private static final BinanceListing LISTING = new BinanceListing(
            "ACMEUSDT", "ACME", StepSize.parse("0.01"), StepSize.parse("0.1"), InstrumentStatus.OPEN);
    private static final String BOOK = "open [1000x50] [1002x70]";
    private static final String STALE = "stale [1000x50] [1002x70]";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Intake intake = new Intake(T0 - 10_000_000, IntakeListener.NONE);
    private final Books shard = new Books(0, 1);
    private final Door neighbour = intake.open("neighbour", Integer.MAX_VALUE);
    private final BinanceParser parser = new BinanceParser();
    private BinanceSymbol symbol;

    /**
     * @param messages what is said after the book is known up to update 5
     * @param outcome of the last of them: what is done next, and codes that were counted
     * @param book afterwards
     */
    private record Bad(String name, List<String> messages, String outcome, String book) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Bad unread(String name, String message) {
        return new Bad(name, List.of(message), "unread", BOOK);
    }

    private static Bad bad(String name, String outcome, String book, String... messages) {
        return new Bad(name, List.of(messages), outcome, book);
    }

    private static String change(long first, long last, String bids) {
        return "{\"stream\":\"acmeusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":" + T0 / 1_000
                + ",\"s\":\"ACMEUSDT\",\"U\":" + first + ",\"u\":" + last + ",\"b\":" + bids + ",\"a\":[]}}";
    }

    private static String change(String bids) {
        return change(6, 6, bids);
    }

    private static String trade(String price, String size, long id) {
        return "{\"e\":\"trade\",\"E\":1,\"s\":\"ACMEUSDT\",\"t\":" + id + ",\"p\":\"" + price + "\",\"q\":\"" + size
                + "\",\"T\":" + T0 / 1_000 + ",\"m\":true}";
    }

    static Stream<Bad> everything() {
        String nines = "9".repeat(18);
        return Stream.of(
                unread("no JSON", "x"),
                unread("nothing", ""),
                unread("an array", "[1]"),
                unread("half a message", change("[[\"10.00\",\"6\"]]").substring(0, 120)),
                unread("deep nesting", "{\"data\":".repeat(5_000)),
                unread("deep nesting in what is passed over", "{\"x\":" + "[".repeat(5_000)),
                unread("a number without quotes", change("[[10.00,6]]")),
                unread("a level without a size", change("[[\"10.00\"]]")),
                unread("bytes that were no UTF-8", change("[[\"10.0\ufffd\",\"6\"]]")),
                unread("an update id that is none", change("[]").replace("\"u\":6", "\"u\":\"x\"")),
                unread("an update id beyond 64 bits", change("[]").replace("\"u\":6", "\"u\":" + "9".repeat(30))),
                bad("price off the step", "BEGIN_ANEW bad-price", STALE, change("[[\"10.005\",\"1\"]]")),
                bad("huge price", "BEGIN_ANEW bad-price", STALE, change("[[\"" + nines + "\",\"1\"]]")),
                bad("negative size", "BEGIN_ANEW bad-size", STALE, change("[[\"10.00\",\"-5\"]]")),
                bad("huge size", "BEGIN_ANEW bad-size", STALE, change("[[\"10.00\",\"" + nines + "\"]]")),
                bad("size finer than the lot", "GO_ON", "open [1000x12] [1002x70]", change("[[\"10\",\"1.25\"]]")),
                bad("size of less than a lot", "GO_ON", "open [1000x1] [1002x70]", change("[[\"10\",\"0.001\"]]")),
                bad("removal of what is not there", "GO_ON", BOOK, change("[[\"9.00\",\"0\"]]")),
                bad("a level twice", "GO_ON", "open [1000x20] [1002x70]", change("[[\"10\",\"9\"],[\"10.0\",\"2\"]]")),
                bad("crossed", "GO_ON", "open [1003x10, 1000x50] [1002x70]", change("[[\"10.03\",\"1\"]]")),
                bad("an empty side", "GO_ON", "open [] [1002x70]", change("[[\"10.00\",\"0\"]]")),
                bad("a message of 1 MB", "GO_ON", BOOK, change("[" + " ".repeat(1_000_000) + "]")),
                bad("a change twice", "GO_ON", "open [1000x60] [1002x70]", change("[[\"10\",\"6\"]]"), change("[]")),
                bad("changes that go back", "GO_ON", BOOK, change(4, 5, "[[\"10\",\"9\"]]")),
                bad("a gap", "ASK", STALE, change(8, 8, "[[\"10\",\"9\"]]")),
                bad(
                        "time in nanoseconds",
                        "BEGIN_ANEW bad-time",
                        STALE,
                        change("[[\"10\",\"9\"]]").replace("\"E\":" + T0 / 1_000, "\"E\":" + T0)),
                bad("time that goes back", "GO_ON", BOOK, change("[]").replace("\"E\":" + T0 / 1_000, "\"E\":1")),
                bad("a trade of nothing", "bad-size", BOOK, trade("10.00", "0", 1)),
                bad("a trade off the step", "bad-price", BOOK, trade("10.005", "1", 1)),
                bad("a negative trade", "bad-size", BOOK, trade("10.00", "-1", 1)),
                bad(
                        "trades whose ids repeat and go back",
                        "",
                        BOOK,
                        trade("10", "1", 7),
                        trade("10", "1", 7),
                        trade("10", "1", 3)),
                bad("what nobody asked for", "", BOOK, "{\"e\":\"kline\",\"k\":{\"o\":[[]]}}"));
    }

    @BeforeEach
    void splice() throws IOException {
        shard.replace(intake.snapshot());
        intake.begin(T0, 0);
        StepSize one = StepSize.parse("1");
        assertThat(neighbour.define("BOLT", one, one, InstrumentStatus.OPEN)).isNull();
        assertThat(neighbour.snapshot("BOLT", new LevelChanges(), new LevelChanges(), 0))
                .isNull();
        symbol = new BinanceSymbol(
                LISTING, intake.open("binance", Integer.MAX_VALUE), new Meters(registry, "x").source("binance"));
        assertThat(symbol.define()).isNull();
        parser.parse("{\"lastUpdateId\":5,\"bids\":[[\"10.00\",\"5\"]],\"asks\":[[\"10.02\",\"7\"]]}");
        assertThat(symbol.snapshot(parser.event())).isEqualTo(BinanceBook.Next.GO_ON);
        assertThat(books()).isEqualTo("ACME 0.01 " + BOOK + "\nBOLT 1 open [] []");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everything")
    void shouldRepairItOrCountItOrBeginAnew(Bad bad) {
        String outcome = "";
        for (String message : bad.messages()) {
            outcome = hear(message);
        }
        assertThat((outcome + " " + String.join(" ", refusals())).strip()).isEqualTo(bad.outcome());
        assertThat(books()).isEqualTo("ACME 0.01 " + bad.book() + "\nBOLT 1 open [] []");
    }

    /** As {@link BinanceConnection} does. */
    private String hear(String message) {
        try {
            parser.parse(message);
        } catch (IOException e) {
            return "unread";
        }
        BinanceEvent event = parser.event();
        switch (event.type) {
            case "depthUpdate" -> {
                return symbol.change(event).name();
            }
            case "trade" -> symbol.trade(event);
            default -> {}
        }
        return "";
    }

    private List<String> refusals() {
        return registry.find("depthcast.source.refused").functionCounters().stream()
                .filter(counter -> counter.count() > 0)
                .map(counter -> Objects.requireNonNull(counter.getId().getTag("code")))
                .toList();
    }

    private String books() {
        shard.apply(Objects.requireNonNullElseGet(intake.take(), intake::heartbeat));
        String books = RecordedMarket.text(shard);
        for (InstrumentStatus status : InstrumentStatus.values()) {
            books = books.replace(" " + status.name() + " ", " " + status.name().toLowerCase(Locale.ROOT) + " ");
        }
        return books;
    }
}
