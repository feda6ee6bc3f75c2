package io.depthcast.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.feed.Books;
import io.depthcast.feed.Door;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import io.depthcast.metrics.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an exchange gets wrong of one symbol costs that one, and heals; the others of the same connection go on. */
@NeedsSockets
@Timeout(300)
class FaultySymbolTest {
    private static final long T0 = BadInput.T0;
    private static final String GOOD = "BOLT-X 1 open [10x5] [12x7]";
    private static final String BOLT = change("BOLT", 6, "[[\"11\",\"3\"]]");
    private static final BinanceCatchUp.Pace AT_ONCE = new BinanceCatchUp.Pace(1, () -> 0);

    private final Vertx vertx = Vertx.vertx();
    private final FakeExchange exchange = new FakeExchange(vertx);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Books shard = new Books(0, 1);
    /** What a symbol was told to be like, one after the other. */
    private final Map<String, BlockingQueue<String>> told = new ConcurrentHashMap<>();

    private final Map<String, String> newest = new ConcurrentHashMap<>();

    private BinanceSource source;
    private volatile long timer;

    @AfterEach
    void stop() {
        Promise<Void> stopped = Promise.promise();
        vertx.runOnContext(now -> {
            vertx.cancelTimer(timer);
            source.stop().onComplete(stopped);
        });
        await(stopped.future());
        exchange.close();
        await(vertx.close());
    }

    private static String change(String name, long update, String bids) {
        return "{\"stream\":\"x\",\"data\":{\"e\":\"depthUpdate\",\"E\":" + T0 / 1_000 + ",\"s\":\"" + name
                + "\",\"U\":" + update + ",\"u\":" + update + ",\"b\":" + bids + ",\"a\":[]}}";
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of("a price off the step", change("ACME", 6, "[[\"10.5\",\"1\"]]"), "bad-price"),
                Arguments.of("a negative size", change("ACME", 6, "[[\"10\",\"-1\"]]"), "bad-size"),
                Arguments.of(
                        "a time of another unit", change("ACME", 6, "[]").replace("\"E\":", "\"E\":9"), "bad-time"),
                Arguments.of("half a message", change("ACME", 6, "[]").substring(0, 90), "bad-request"),
                Arguments.of("a number without quotes", change("ACME", 6, "[[10,1]]"), "bad-request"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void shouldStaleWhomAMessageIsOfAndNobodyElse(String name, String message, String code) throws Exception {
        exchange.list("ACME", "1");
        exchange.list("BOLT", "1");
        follow("ACME", "BOLT");
        awaitTold("BOLT-X", GOOD);
        awaitTold("ACME-X", "ACME-X 1 open [10x5] [12x7]");

        exchange.listings.put("ACME", FakeExchange.listing("ACME", "0.5"));
        exchange.depths.put("ACME", "{\"lastUpdateId\":9,\"bids\":[[\"10.5\",\"5\"]],\"asks\":[[\"12\",\"7\"]]}");
        exchange.tell(message);
        assertThat(next("ACME-X")).isEqualTo("ACME-X 1 stale [10x5] [12x7]");
        awaitTold("ACME-X", "ACME-X 0.5 open [21x5] [24x7]");
        assertThat(refused(code)).isEqualTo(1);
        assertOthersGoOn();
    }

    @Test
    void shouldStaleWhoMissesAChangeAndNobodyElse() throws Exception {
        exchange.list("ACME", "1");
        exchange.list("BOLT", "1");
        follow("ACME", "BOLT");
        awaitTold("BOLT-X", GOOD);
        awaitTold("ACME-X", "ACME-X 1 open [10x5] [12x7]");

        exchange.depths.put("ACME", "{\"lastUpdateId\":9,\"bids\":[[\"11\",\"5\"]],\"asks\":[[\"12\",\"7\"]]}");
        exchange.tell(change("ACME", 8, "[[\"10\",\"1\"]]"));
        assertThat(next("ACME-X")).isEqualTo("ACME-X 1 stale [10x5] [12x7]");
        awaitTold("ACME-X", "ACME-X 1 open [11x5] [12x7]");
        assertOthersGoOn();
    }

    private void assertOthersGoOn() throws InterruptedException {
        exchange.tell(BOLT);
        assertThat(next("BOLT-X")).isEqualTo("BOLT-X 1 open [11x3, 10x5] [12x7]");
        assertThat(exchange.connections).hasValue(1);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("not listed", exchange -> exchange.listings.remove("ACME")),
                fault("of odd steps", exchange -> exchange.listings.put("ACME", FakeExchange.listing("ACME", "0.0"))),
                fault("without filters", exchange -> exchange.listings.put("ACME", "{\"symbol\":\"ACME\"}")),
                fault("no symbol at all", exchange -> exchange.listings.put("ACME", "7")),
                fault("refused to subscribe to", exchange -> exchange.closed.add("ACME")),
                fault("without a snapshot", exchange -> exchange.depths.remove("ACME")),
                fault("with a snapshot of nothing", exchange -> exchange.depths.put("ACME", "{}")),
                fault("with a snapshot that is none", exchange -> exchange.depths.put("ACME", "[]")),
                fault(
                        "with a snapshot off its step",
                        exchange -> exchange.depths.put("ACME", "{\"lastUpdateId\":5,\"bids\":[[\"0.5\",\"1\"]]}")));
    }

    private static Arguments fault(String name, Consumer<FakeExchange> fault) {
        return Arguments.of(name, fault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void shouldBringTheOthersAndTheFaultyOneOnceItIsMended(String name, Consumer<FakeExchange> fault) throws Exception {
        exchange.list("ACME", "1");
        exchange.list("BOLT", "1");
        exchange.list("CORP", "1");
        fault.accept(exchange);
        follow("ACME", "BOLT", "CORP");
        awaitTold("BOLT-X", GOOD);
        awaitTold("CORP-X", "CORP-X 1 open [10x5] [12x7]");

        exchange.list("ACME", "1");
        exchange.closed.clear();
        awaitTold("ACME-X", "ACME-X 1 open [10x5] [12x7]");
        assertOthersGoOn();
    }

    /** As the feed loop does, on a loop of its own. */
    private void follow(String... names) {
        Intake intake = new Intake(T0 - 10_000_000, IntakeListener.NONE);
        shard.replace(intake.snapshot());
        source = new BinanceSource(
                exchange.settings(List.of(names)), new Meters(registry, "x").source("binance"), AT_ONCE);
        vertx.runOnContext(begun -> {
            Door door = intake.open(source.name(), source.silenceMillis());
            await(source.start(vertx));
            timer = vertx.setPeriodic(1, turn -> {
                long nowNanos = System.nanoTime();
                intake.begin(T0, nowNanos);
                source.poll(door, T0, nowNanos);
                shard.apply(Objects.requireNonNullElseGet(intake.take(), intake::heartbeat));
                RecordedMarket.text(shard).lines().forEach(this::note);
            });
        });
    }

    private void note(String line) {
        String[] words = line.split(" ", 4);
        String book = words[0] + " " + words[1] + " " + words[2].toLowerCase(Locale.ROOT) + " " + words[3];
        if (!book.equals(newest.put(words[0], book))) {
            told(words[0]).add(book);
        }
    }

    private BlockingQueue<String> told(String symbol) {
        return told.computeIfAbsent(symbol, first -> new LinkedBlockingQueue<>());
    }

    private String next(String symbol) throws InterruptedException {
        return Objects.requireNonNull(told(symbol).poll(60, TimeUnit.SECONDS), "nothing of " + symbol);
    }

    private void awaitTold(String symbol, String book) throws InterruptedException {
        List<String> before = new ArrayList<>();
        for (String next = next(symbol); !next.equals(book); next = next(symbol)) {
            before.add(next);
            assertThat(before).hasSizeLessThan(100);
        }
    }

    private double refused(String code) {
        return registry.get("depthcast.source.refused")
                .tag("code", code)
                .functionCounter()
                .count();
    }

    private static void await(Future<?> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
