package io.depthcast.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.book.TradeHistory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The byte form of a batch: what is written is read, and what is not whole is refused. */
class BatchBytesTest {
    private static final long EPOCH = 1_795_363_200_000_000L;
    private static final Instrument ACME = new Instrument(3, "ACME", StepSize.parse("0.01"), StepSize.parse("1"));

    private final BatchEncoder encoder = new BatchEncoder();
    private final BatchDecoder decoder = new BatchDecoder();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldReadWhatWasWritten(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            EventBatch batch = random(random);
            long term = random.nextInt(3) == 0 ? random.nextLong() & Long.MAX_VALUE : random.nextInt(9);
            byte[] bytes = encoder.encode(batch, term, "feed-" + i);
            BatchReading.Read read = (BatchReading.Read) decoder.decode(bytes, 0, bytes.length, 77);
            assertThat(List.of(read.term(), read.writer())).as("seed %d", seed).isEqualTo(List.of(term, "feed-" + i));
            assertThat(text(read.batch())).as("seed %d", seed).isEqualTo(text(batch));
            assertThat(read.batch().createdNanos()).isEqualTo(77);
            assertThat(encoder.encode(read.batch(), term, "feed-" + i)).isEqualTo(bytes);
        }
    }

    @Test
    void shouldReadFromTheMiddleOfAnArray() {
        byte[] bytes = encoder.encode(sample(), 2, "a");
        byte[] within = new byte[bytes.length + 20];
        System.arraycopy(bytes, 0, within, 7, bytes.length);
        assertThat(decoder.decode(within, 7, bytes.length, 0)).isInstanceOf(BatchReading.Read.class);
        assertThat(decoder.decode(within, 7, bytes.length + 1, 0)).isInstanceOf(BatchReading.Refused.class);
    }

    @Test
    void shouldRefuseEveryTruncation() {
        byte[] bytes = encoder.encode(sample(), 2, "a");
        for (int length = 0; length < bytes.length; length++) {
            assertThat(decoder.decode(bytes, 0, length, 0))
                    .as("of %d", length)
                    .isInstanceOf(BatchReading.Refused.class);
        }
    }

    @Test
    void shouldRefuseEveryFlipOfABit() {
        byte[] bytes = encoder.encode(sample(), 2, "a");
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(decoder.decode(flipped, 0, flipped.length, 0))
                    .as("bit %d", bit)
                    .isInstanceOf(BatchReading.Refused.class);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldNotFailOnBytesThatSomebodyMadeUpWithARightChecksum(long seed) {
        Random random = new Random(seed);
        byte[] good = encoder.encode(sample(), 2, "a");
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = random.nextBoolean() ? good.clone() : new byte[6 + random.nextInt(60)];
            if (bytes.length != good.length) {
                random.nextBytes(bytes);
                bytes[0] = 1;
            }
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[1 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt(256);
            }
            BatchReading reading = decoder.decode(sealed(bytes), 0, bytes.length, 0);
            if (reading instanceof BatchReading.Read read) {
                assertThat(read.batch().count()).isLessThan(bytes.length);
            }
        }
    }

    @Test
    void shouldRefuseAnotherVersion() {
        byte[] bytes = encoder.encode(sample(), 2, "a");
        bytes[0] = 3;
        assertThat(decoder.decode(sealed(bytes), 0, bytes.length, 0)).isEqualTo(new BatchReading.Unknown(3));
    }

    @Test
    void shouldWriteTheVectorsOfTheDocument() throws IOException {
        List<String> vectors = new ArrayList<>();
        try (InputStream in = BatchBytesTest.class.getResourceAsStream("/docs/feed-log.md")) {
            Matcher blocks =
                    Pattern.compile("```hex\n(.*?)```", Pattern.DOTALL).matcher(new String(in.readAllBytes(), UTF_8));
            while (blocks.find()) {
                vectors.add(blocks.group(1).replaceAll("\\s", ""));
            }
        }
        EventBatch empty = new EventBatch.Builder(EPOCH, 41, 42).build(EPOCH + 5, 0);
        assertThat(vectors)
                .containsExactly(
                        HexFormat.of().formatHex(encoder.encode(empty, 1, "feed-a")),
                        HexFormat.of().formatHex(encoder.encode(sample(), 1, "feed-a")),
                        HexFormat.of().formatHex(new LogNote(LogNote.Kind.PROOF, 1, "feed-a", EPOCH, 42, -7).encode()),
                        HexFormat.of()
                                .formatHex(new StateEncoder()
                                        .encode(new LogState(new LogPlace("log-1", 7, 1, "feed-a", EPOCH, 42), null))));
    }

    @Test
    void shouldTakeAboutSixBytesAnEvent() {
        EventBatch.Builder rows = new EventBatch.Builder(EPOCH, 1);
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            Side side = random.nextBoolean() ? Side.BID : Side.ASK;
            rows.level(
                    1 + random.nextInt(8), side, 6_400_000 + random.nextInt(60), random.nextInt(5_000), EPOCH + 2L * i);
        }
        byte[] bytes = encoder.encode(rows.build(EPOCH, 0), 1, "feed-a");
        assertThat(bytes.length / 1_000.0).isLessThan(6.5);
    }

    /** One of each kind. */
    static EventBatch sample() {
        EventBatch.Builder rows = new EventBatch.Builder(EPOCH, 41, 42);
        rows.time(2, EPOCH + 1_000_000);
        rows.define(new Listing(ACME, 2, InstrumentStatus.OPEN), 0, EPOCH + 1_000_003);
        rows.level(3, Side.BID, 1_000, 5, EPOCH + 1_000_003);
        rows.level(3, Side.ASK, 1_002, 7, EPOCH + 1_000_003);
        rows.trade(3, Side.BID, 1_002, 2, 1, EPOCH + 1_000_010);
        rows.trade(3, Side.ASK, 1_000, 1, 2, "v-9", EPOCH + 1_000_020);
        rows.level(3, Side.BID, 1_000, 0, EPOCH + 1_000_020);
        rows.status(3, InstrumentStatus.HALTED, EPOCH + 1_000_030);
        rows.remove(3, EPOCH + 1_000_040);
        return rows.build(EPOCH + 1_000_050, 0);
    }

    private static EventBatch random(Random random) {
        long previous = random.nextInt(5) == 0 ? 0 : random.nextLong() >>> 2;
        EventBatch.Builder rows = new EventBatch.Builder(EPOCH, previous, previous + 1);
        for (int row = random.nextInt(40); row > 0; row--) {
            int id = 1 + random.nextInt(random.nextBoolean() ? 3 : 20_000);
            long time = random.nextInt(9) == 0 ? random.nextLong() >>> 1 : EPOCH + random.nextInt(1_000_000);
            Side side = random.nextBoolean() ? Side.BID : Side.ASK;
            long price = random.nextInt(9) == 0 ? random.nextLong() >> 1 : 900 + random.nextInt(200);
            long size = random.nextInt(9) == 0 ? random.nextLong() >>> 1 : random.nextInt(200);
            InstrumentStatus status = InstrumentStatus.ofCode(random.nextInt(5));
            switch (random.nextInt(7)) {
                case 0 -> rows.time(id, time);
                case 1 ->
                    rows.define(
                            new Listing(instrument(random, id), random.nextInt(9), status),
                            size >>> 1,
                            random.nextBoolean() ? TradeHistory.after(size >>> 1) : null,
                            time);
                case 2 -> rows.status(id, status, time);
                case 3 -> rows.remove(id, time);
                case 4 -> rows.trade(id, side, price, size, random.nextLong() >>> 1, venueId(random), time);
                default -> rows.level(id, side, price, size, time);
            }
        }
        return rows.build(EPOCH + random.nextInt(1_000_000), 5);
    }

    private static Instrument instrument(Random random, int id) {
        StepSize tick = new StepSize(1 + (random.nextLong() >>> (1 + random.nextInt(62))), -random.nextInt(19));
        return new Instrument(id, "S" + random.nextInt(1_000), tick, StepSize.parse("0.001"));
    }

    private static String venueId(Random random) {
        return random.nextBoolean() ? null : "x".repeat(1 + random.nextInt(36));
    }

    private static List<String> text(EventBatch batch) {
        List<String> text = new ArrayList<>();
        text.add(batch.epoch() + " " + batch.previous() + " " + batch.firstSequence() + " " + batch.wallMicros());
        for (int i = 0; i < batch.count(); i++) {
            EventBatch.Kind kind = batch.kind(i);
            text.add(kind + " " + batch.source(i) + " " + batch.timeMicros(i) + " " + batch.priceTicks(i) + " "
                    + batch.sizeLots(i) + " " + batch.tradeId(i) + " "
                    + (kind.isTrade()
                            ? batch.venueId(i)
                            : kind == EventBatch.Kind.DEFINE ? batch.listing(i) + " " + batch.history(i) : ""));
        }
        return text;
    }

    /** With the checksum that they ought to have. */
    private static byte[] sealed(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - 4);
        byte[] sealed = Arrays.copyOf(bytes, bytes.length);
        for (int i = 0; i < 4; i++) {
            sealed[bytes.length - 4 + i] = (byte) (crc.getValue() >>> (8 * i));
        }
        return sealed;
    }
}
