package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of a book and its tape, over a real socket, whose first pong takes its time. */
@NeedsSockets
@Timeout(300)
class FirstTradesWireTest {
    private static final int SEEDS_A_RUN = 50;
    /** Trades that are held of an instrument. */
    private static final int TAPE = 1_000;

    private static final int[] INTERVALS = {0, 0, 40, 100};

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(RunningGateway.BUSY, RunningGateway.LIMITS);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest(name = "seeds from {0}")
    @ValueSource(ints = {1, 51, 101, 151})
    void shouldLoseNoTradeOfTheFirstRoundTrip(int firstSeed) throws IOException {
        for (int seed = firstSeed; seed < firstSeed + SEEDS_A_RUN; seed++) {
            play(seed);
        }
    }

    private static void play(int seed) throws IOException {
        Random random = new Random(seed);
        String interval = ",\"intervalMillis\":" + INTERVALS[random.nextInt(INTERVALS.length)];
        try (RawWebSocket client = RawWebSocket.open(gateway.port())) {
            client.answersPings = false;
            client.send(subscription("book", "BTC-USD", ",\"depth\":10" + interval));
            client.send(subscription("trades", "BTC-USD", interval));
            List<JsonObject> heard = new ArrayList<>();
            byte[] ping = readToPing(client, heard);
            long started = newestTrade();
            int meanwhile = 1 + random.nextInt(3);
            while (newestTrade() < started + meanwhile) {
                // Nothing but time brings trades.
                Thread.onSpinWait();
            }
            client.answersPings = true;
            client.write(ClientFrames.frame(ClientFrames.FIN | ClientFrames.PONG, ping));
            while (trades(heard).size() < 10) {
                heard.addAll(messages(client.read(ClientFrames.TEXT).text()));
            }
            List<Long> ids = trades(heard);
            assertThat(ids.get(0)).as("seed %d", seed).isLessThanOrEqualTo(started + 1);
            for (int i = 1; i < ids.size(); i++) {
                assertThat(ids.get(i)).as("seed %d", seed).isEqualTo(ids.get(i - 1) + 1);
            }
        }
    }

    /** The payload of the ping that follows the book's snapshot. */
    private static byte[] readToPing(RawWebSocket client, List<JsonObject> heard) throws IOException {
        while (true) {
            RawWebSocket.Message message = client.read();
            if (message.opcode() == ClientFrames.TEXT) {
                heard.addAll(messages(message.text()));
            } else if (message.opcode() == ClientFrames.PING) {
                byte[] payload = new byte[message.payload().readableBytes()];
                message.payload().getBytes(0, payload);
                return payload;
            }
        }
    }

    private static long newestTrade() throws IOException {
        JsonArray trades = gateway.get("/v1/trades/BTC-USD?limit=1").json().getJsonArray("trades");
        return trades.isEmpty() ? 0 : trades.getJsonObject(0).getLong("id");
    }

    private static List<JsonObject> messages(String text) {
        if (text.startsWith("{")) {
            return List.of(new JsonObject(text));
        }
        List<JsonObject> each = new ArrayList<>();
        JsonArray all = new JsonArray(text);
        for (int i = 0; i < all.size(); i++) {
            each.add(all.getJsonObject(i));
        }
        return each;
    }

    /**
     * The ids of all trades told. What is told as missed is not lost: on a busy machine more may come meanwhile than a tape
     * holds, and only then may any be missed.
     */
    private static List<Long> trades(List<JsonObject> heard) {
        List<Long> ids = new ArrayList<>();
        for (JsonObject message : heard) {
            if ("trades".equals(message.getString("type"))) {
                JsonArray trades = message.getJsonArray("trades");
                long missed = message.getLong("missed");
                if (missed > 0) {
                    assertThat(trades).hasSizeGreaterThanOrEqualTo(TAPE);
                }
                long first = trades.getJsonObject(0).getLong("id");
                LongStream.range(first - missed, first).forEach(ids::add);
                for (int i = 0; i < trades.size(); i++) {
                    ids.add(trades.getJsonObject(i).getLong("id"));
                }
            }
        }
        return ids;
    }
}
