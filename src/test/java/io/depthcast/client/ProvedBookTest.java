package io.depthcast.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Levels;
import io.depthcast.client.ProvedBook.Outcome;
import io.depthcast.wire.Version;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvedBookTest {
    private final ProvedBook book = new ProvedBook();

    @Test
    void shouldAgreeWithZlibOnTheChecksum() {
        // CRC-32 of asks 101 x 1, then bids 100 x 2, computed by Python's zlib.crc32(struct.pack('<4q', 101, 1, 100,
        // 2)).
        assertThat(book.apply(message(1, 0, 1, 0xF8FD8F01, levels(100, 2), levels(101, 1))))
                .isEqualTo(Outcome.APPLIED);
        assertThat(book.version()).isEqualTo(new Version(1, 1));
    }

    @Test
    void shouldIgnoreDeltasUntilASnapshot() {
        assertThat(book.apply(message(1, 1, 2, 0, Levels.NONE, Levels.NONE))).isEqualTo(Outcome.IGNORED);
        assertThat(book.version()).isNull();
        assertThat(book.apply(message(1, 0, 2, 0, Levels.NONE, Levels.NONE))).isEqualTo(Outcome.APPLIED);
        assertThat(book.version()).isEqualTo(new Version(1, 2));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 4})
    void shouldNoticeAGapAndWaitForASnapshot(long previous) {
        start();

        assertThat(book.apply(message(7, previous, 5, 0, Levels.NONE, Levels.NONE)))
                .isEqualTo(Outcome.GAP);
        assertThat(book.version()).isNull();
        assertThat(book.apply(message(7, 2, 5, 0, Levels.NONE, Levels.NONE))).isEqualTo(Outcome.IGNORED);
        start();
    }

    @Test
    void shouldNoticeAnotherEpoch() {
        start();

        assertThat(book.apply(message(8, 2, 3, 0, Levels.NONE, Levels.NONE))).isEqualTo(Outcome.GAP);
    }

    @Test
    void shouldNoticeThatItDiffers() {
        start();

        assertThat(book.apply(message(7, 2, 3, 1, Levels.NONE, Levels.NONE))).isEqualTo(Outcome.BAD_CHECKSUM);
        assertThat(book.version()).isNull();
        assertThat(book.apply(message(7, 3, 4, 0, Levels.NONE, Levels.NONE))).isEqualTo(Outcome.IGNORED);
        assertThat(book.apply(message(7, 0, 4, 1, Levels.NONE, Levels.NONE))).isEqualTo(Outcome.BAD_CHECKSUM);
        assertThat(book.version()).isNull();
        start();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldHoldWhatANaiveBookHolds(long seed) {
        Random random = new Random(seed);
        SortedMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
        SortedMap<Long, Long> asks = new TreeMap<>();
        for (int sequence = 1; sequence <= 2_000; sequence++) {
            boolean isSnapshot = sequence == 1 || random.nextInt(200) == 0;
            Levels bidChanges = change(bids, random);
            Levels askChanges = change(asks, random);
            Outcome outcome = book.apply(message(
                    9,
                    isSnapshot ? 0 : sequence - 1,
                    sequence,
                    checksum(asks, bids),
                    isSnapshot ? levels(bids) : bidChanges,
                    isSnapshot ? levels(asks) : askChanges));

            assertThat(outcome).isEqualTo(Outcome.APPLIED);
            assertThat(book.bids(500)).isEqualTo(levels(bids));
            assertThat(book.asks(500)).isEqualTo(levels(asks));
            assertThat(book.bidCount()).isEqualTo(bids.size());
            assertThat(book.askCount()).isEqualTo(asks.size());
        }
        assertThat(book.bids(2).count()).isEqualTo(2);
    }

    private void start() {
        assertThat(book.apply(message(7, 0, 2, 0, Levels.NONE, Levels.NONE))).isEqualTo(Outcome.APPLIED);
    }

    private static Levels change(SortedMap<Long, Long> side, Random random) {
        SortedMap<Long, Long> changes = new TreeMap<>(side.comparator());
        for (int left = random.nextInt(8); left > 0; left--) {
            changes.put((long) random.nextInt(200) - 100, (long) random.nextInt(3));
        }
        changes.forEach((price, size) -> {
            if (size == 0) {
                side.remove(price);
            } else {
                side.put(price, size);
            }
        });
        return levels(changes);
    }

    private static int checksum(SortedMap<Long, Long> asks, SortedMap<Long, Long> bids) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * 10 * 16).order(ByteOrder.LITTLE_ENDIAN);
        for (SortedMap<Long, Long> side : List.of(asks, bids)) {
            side.entrySet().stream().limit(10).forEach(level -> bytes.putLong(level.getKey())
                    .putLong(level.getValue()));
        }
        CRC32 crc = new CRC32();
        crc.update(bytes.flip());
        return (int) crc.getValue();
    }

    private static Levels levels(Map<Long, Long> side) {
        return new Levels(
                side.keySet().stream().mapToLong(price -> price).toArray(),
                side.values().stream().mapToLong(size -> size).toArray());
    }

    private static Levels levels(long price, long size) {
        return new Levels(new long[] {price}, new long[] {size});
    }

    private static BookMessage message(
            long epoch, long previous, long sequence, int checksum, Levels bids, Levels asks) {
        return new BookMessage(1, epoch, previous, sequence, 5, 6, checksum, bids, asks);
    }
}
