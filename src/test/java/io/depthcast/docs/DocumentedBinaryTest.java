package io.depthcast.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookChecksum;
import io.depthcast.book.Levels;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.SbeEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers and bytes that a reader is told to check his code against. */
class DocumentedBinaryTest {
    private static final Markdown PROTOCOL = Markdown.of("protocol.md");
    private static final BigDecimal TICK_SIZE = new BigDecimal("0.1");
    private static final BigDecimal LOT_SIZE = new BigDecimal("0.0001");
    private static final long HEARTBEAT_MICROS = 1_795_363_205_000_000L;

    @Test
    void shouldGiveTheChecksumOfTheSnapshot() {
        JsonObject snapshot = new JsonObject(checksumBlocks().get(0));
        Levels asks = levels(snapshot.getJsonArray("asks"));
        Levels bids = levels(snapshot.getJsonArray("bids"));

        assertThat(Integer.toUnsignedLong(BookChecksum.of(asks, bids))).isEqualTo(snapshot.getLong("checksum"));
        assertThat(PROTOCOL.section("The checksum")
                        .fenced("text")
                        .get(0)
                        .replaceAll("   .*", "")
                        .replaceAll("\\s", ""))
                .isEqualTo(hex(asks) + hex(bids));
    }

    @Test
    void shouldGiveTheChecksumAfterTheDelta() {
        JsonObject delta = new JsonObject(checksumBlocks().get(1));
        Levels asks = new Levels(new long[] {640_002, 640_003, 640_007}, new long[] {6_000, 15_000, 250});
        Levels bids = new Levels(new long[] {639_999, 639_998}, new long[] {12_000, 700});

        assertThat(Integer.toUnsignedLong(BookChecksum.of(asks, bids))).isEqualTo(delta.getLong("checksum"));
        assertThat(delta.getJsonArray("bids"))
                .isEqualTo(new JsonArray("[[\"64000.1\",\"0\"],[\"63999.8\",\"0.0700\"]]"));
        assertThat(delta.getJsonArray("asks")).isEqualTo(new JsonArray("[[\"64000.2\",\"0.6000\"]]"));
    }

    @Test
    void shouldGiveZeroForAnEmptyBook() {
        assertThat(BookChecksum.of(Levels.NONE, Levels.NONE)).isZero();
    }

    @Test
    void shouldShowAHeartbeatAsItIsEncoded() {
        ByteBuf heartbeat = Unpooled.buffer();
        new SbeEncoding().encodeHeartbeat(FeedStatus.LIVE, HEARTBEAT_MICROS, heartbeat);
        String bytes = ByteBufUtil.hexDump(heartbeat);

        assertThat(PROTOCOL.section("Heartbeat").fenced("text").get(0).replaceAll("\\s", ""))
                .isEqualTo(bytes);
        assertThat(Node.of("asyncapi.yaml")
                        .at("components")
                        .at("messages")
                        .at("sbe")
                        .at("examples")
                        .items()
                        .get(0)
                        .at("payload")
                        .text())
                .isEqualTo(bytes);
    }

    private static List<String> checksumBlocks() {
        return PROTOCOL.section("The checksum").fenced("json");
    }

    private static Levels levels(JsonArray side) {
        long[] priceTicks = new long[side.size()];
        long[] sizeLots = new long[side.size()];
        for (int i = 0; i < side.size(); i++) {
            JsonArray level = side.getJsonArray(i);
            priceTicks[i] = new BigDecimal(level.getString(0)).divide(TICK_SIZE).longValueExact();
            sizeLots[i] = new BigDecimal(level.getString(1)).divide(LOT_SIZE).longValueExact();
        }
        return new Levels(priceTicks, sizeLots);
    }

    private static String hex(Levels side) {
        ByteBuf bytes = Unpooled.buffer();
        for (int i = 0; i < side.count(); i++) {
            bytes.writeLongLE(side.priceTicks(i)).writeLongLE(side.sizeLots(i));
        }
        return ByteBufUtil.hexDump(bytes);
    }
}
