package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Door;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Instruments that come, stop, change their steps and go, over a real socket. */
@Timeout(300)
@NeedsSockets
class LivingInstrumentsWireTest {
    private static final StepSize ONE = StepSize.parse("1");
    private static final StepSize CENT = StepSize.parse("0.01");

    private final HandSource source = new HandSource();
    private final Queue<JsonObject> heard = new ArrayDeque<>();
    private RunningGateway gateway;
    private RawWebSocket client;

    @BeforeEach
    void start() throws IOException {
        gateway = RunningGateway.start(Clock.systemUTC(), openingMicros -> source);
        client = RawWebSocket.open(gateway.port());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        gateway.close();
    }

    @Test
    void shouldFollowInTheDialectOfBinanceWhatWasAskedForBeforeItWasThere() throws IOException {
        try (RawWebSocket other = RawWebSocket.connect(gateway.port())) {
            other.write(RawWebSocket.handshake()
                    .replace("/v1/stream", "/binance/ws/new@depth5@100ms/gone@depth")
                    .getBytes(UTF_8));
            assertThat(other.readHead()).startsWith("HTTP/1.1 101 ");
            other.send("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"gone@depth\"],\"id\":1}");
            assertThat(other.read(1).text()).isEqualTo("{\"result\":null,\"id\":1}");
            source.tell(door -> {
                define(door, "GONE", ONE);
                define(door, "NEW", ONE);
            });
            assertThat(new JsonObject(other.read(1).text()).getJsonArray("bids").encode())
                    .isEqualTo("[[\"10\",\"5\"]]");
            other.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":2}");
            String told = other.read(1).text();
            while (!told.endsWith("\"id\":2}")) {
                told = other.read(1).text();
            }
            assertThat(told).isEqualTo("{\"result\":[\"new@depth5@100ms\"],\"id\":2}");
        }
    }

    @Test
    void shouldTellTheLifeOfAnInstrumentInOrder() throws IOException {
        source.tell(door -> define(door, "OLD", ONE));
        next(told -> listed(told).equals(List.of("OLD 1 open")));
        client.send(subscription("book", "*", ",\"depth\":10"));
        next(told -> "subscribed".equals(told.getString("op")));
        assertThat(next(LivingInstrumentsWireTest::isBook).getJsonArray("bids").encode())
                .isEqualTo("[[\"10\",\"5\"]]");

        source.tell(door -> define(door, "NEW", ONE));
        next(told -> listed(told).equals(List.of("OLD 1 open", "NEW 1 open")));
        assertThat(next(told -> "subscribed".equals(told.getString("op")))
                        .getJsonObject("symbols")
                        .fieldNames())
                .containsExactly("NEW");
        assertThat(next(LivingInstrumentsWireTest::isBook).getString("symbol")).isEqualTo("NEW");

        source.tell(
                door -> assertThat(door.status("NEW", InstrumentStatus.HALTED)).isNull());
        // What a busy machine may tell before is that it is stale.
        next(told -> "status".equals(told.getString("type")) && "halted".equals(told.getString("status")));

        source.tell(door -> define(door, "NEW", CENT));
        next(told -> listed(told).contains("NEW 0.01 open"));
        JsonObject anew = next(LivingInstrumentsWireTest::isBook);
        assertThat(anew.getString("type")).isEqualTo("snapshot");
        assertThat(anew.getJsonArray("bids").encode()).isEqualTo("[[\"0.10\",\"5\"]]");

        source.tell(door -> assertThat(door.remove("NEW")).isNull());
        next(told -> listed(told).equals(List.of("OLD 1 open")));
        JsonObject ended = next(told -> "unsubscribed".equals(told.getString("op")));
        assertThat(List.of(ended.getString("why"), ended.getJsonArray("symbols").encode()))
                .isEqualTo(List.of("removed", "[\"NEW\"]"));
    }

    private static void define(Door door, String symbol, StepSize tickSize) {
        assertThat(door.define(symbol, tickSize, ONE, InstrumentStatus.OPEN)).isNull();
        assertThat(door.snapshot(symbol, HandSource.level(10, 5), HandSource.level(12, 7), 0))
                .isNull();
    }

    private static boolean isBook(JsonObject told) {
        return "book".equals(told.getString("channel")) && told.containsKey("bids");
    }

    /** Such as {@code NEW 0.01 open}, of a message that lists the instruments. */
    private static List<String> listed(JsonObject told) {
        return "instruments".equals(told.getString("type"))
                ? told.getJsonArray("instruments").stream()
                        .map(JsonObject.class::cast)
                        .map(each -> each.getString("symbol")
                                + ' '
                                + each.getString("tickSize")
                                + ' '
                                + each.getString("status"))
                        .toList()
                : List.of();
    }

    /** Reads on to a message of that kind; no price may come before in the steps of another definition. */
    private JsonObject next(Predicate<JsonObject> wanted) throws IOException {
        while (true) {
            while (heard.isEmpty()) {
                String text = client.read(ClientFrames.TEXT).text();
                if (text.startsWith("[")) {
                    new JsonArray(text).forEach(each -> heard.add((JsonObject) each));
                } else {
                    heard.add(new JsonObject(text));
                }
            }
            JsonObject told = heard.remove();
            if (wanted.test(told)) {
                return told;
            }
        }
    }
}
