package io.depthcast.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.depthcast.book.InstrumentState;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import io.depthcast.metrics.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * What an exchange really sent, told as a publisher would tell it: after each message the best ten of each side have the CRC-32
 * that the exchange says. Where the recording is at hand: it is not part of this project.
 */
class KrakenRecordingTest {
    private static final Path FILE = Path.of("../shared/data/kraken/KRAKEN.ws.50.0.gz");
    private static final long NOW = 1_700_000_000_000_000L;
    private static final int BEST = 10;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Intake intake = new Intake(NOW, IntakeListener.NONE);
    private final Books shard = new Books(0, 1);
    private final Map<String, Integer> ids = new HashMap<>();
    private PublishingSession session;

    @Test
    void shouldHaveTheChecksumOfEveryMessage() throws IOException {
        assumeTrue(Files.isReadable(FILE), "no recording at " + FILE);
        shard.replace(intake.snapshot());
        intake.begin(NOW, 0);
        session = new Publishers(intake.open("publish", Integer.MAX_VALUE), new Meters(registry, "x").source("publish"))
                .named("kraken")
                .connect(new Deaf(), symbol -> true, 0);
        int right = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(FILE)), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = line.substring(line.indexOf(' ') + 1);
                if (text.startsWith("[")) {
                    right += take(new JsonArray(text)) ? 1 : 0;
                }
            }
        }
        assertThat(right).isEqualTo(4_269);
        assertThat(registry.get("depthcast.source.refused").functionCounters())
                .allMatch(counter -> counter.count() == 0);
    }

    /** Whether the message has a checksum, which then is right. */
    private boolean take(JsonArray message) {
        String symbol = message.getString(message.size() - 1).replace('/', '-');
        JsonObject parts = new JsonObject();
        for (int i = 1; i < message.size() - 2; i++) {
            parts.mergeIn(message.getJsonObject(i));
        }
        boolean isWhole = parts.containsKey("as");
        JsonArray bids = sides(parts.getJsonArray(isWhole ? "bs" : "b"));
        JsonArray asks = sides(parts.getJsonArray(isWhole ? "as" : "a"));
        if (isWhole) {
            String price = asks.getJsonArray(0).getString(0);
            String tick = "0." + "0".repeat(price.length() - price.indexOf('.') - 2) + "1";
            say(new JsonObject()
                    .put("op", "define")
                    .put("symbol", symbol)
                    .put("tickSize", tick)
                    .put("lotSize", "0.00000001"));
        }
        say(new JsonObject()
                .put("op", isWhole ? "snapshot" : "update")
                .put("symbol", symbol)
                .put("bids", bids)
                .put("asks", asks));
        EventBatch batch = Objects.requireNonNullElseGet(intake.take(), intake::heartbeat);
        assertThat(shard.apply(batch)).isEqualTo(Books.Applied.APPLIED);
        shard.listings().forEach(listing -> ids.put(listing.instrument().symbol(), listing.id()));
        String checksum = parts.getString("c");
        if (checksum == null) {
            return false;
        }
        InstrumentState state = Objects.requireNonNull(shard.state(ids.get(symbol)));
        assertThat(checksum(state)).as(message.toString()).isEqualTo(Long.parseLong(checksum));
        return true;
    }

    private void say(JsonObject object) {
        session.onText(object.encode().getBytes(UTF_8), 0);
    }

    /** Price and size of each level. */
    private static JsonArray sides(JsonArray levels) {
        JsonArray pairs = new JsonArray();
        if (levels != null) {
            levels.forEach(level -> pairs.add(
                    new JsonArray().add(((JsonArray) level).getString(0)).add(((JsonArray) level).getString(1))));
        }
        return pairs;
    }

    /** Of prices and sizes as digits without point and leading zeros, as the exchange documents. */
    private static long checksum(InstrumentState state) {
        StringBuilder digits = new StringBuilder();
        for (Side side : new Side[] {Side.ASK, Side.BID}) {
            Levels levels = state.levels(side);
            for (int i = 0; i < Math.min(BEST, levels.count()); i++) {
                digits.append(levels.priceTicks(i)).append(levels.sizeLots(i));
            }
        }
        CRC32 crc = new CRC32();
        crc.update(digits.toString().getBytes(UTF_8));
        return crc.getValue();
    }

    private static final class Deaf implements PublishingSession.Connection {
        @Override
        public void send(String text) {}

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void reading(boolean on) {}

        @Override
        public void close(int code, String reason) {}
    }
}
