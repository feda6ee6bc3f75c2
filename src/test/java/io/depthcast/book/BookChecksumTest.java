package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The vectors were computed with Python: {@code zlib.crc32(b"".join(struct.pack("<qq", price, size) ...))}. */
class BookChecksumTest {
    @Test
    void shouldBeZeroForAnEmptyBook() {
        assertThat(BookChecksum.of(Levels.NONE, Levels.NONE)).isZero();
    }

    @Test
    void shouldCoverAsksThenBidsOfABookWithFewLevels() {
        Levels asks = new Levels(new long[] {640_002, 640_003}, new long[] {4_000, 1});
        Levels bids = new Levels(new long[] {640_001}, new long[] {5_200});

        assertThat(Integer.toUnsignedLong(BookChecksum.of(asks, bids))).isEqualTo(3_952_555_500L);
    }

    @Test
    void shouldCoverOnlyTheBestTenLevelsASide() {
        Levels asks = new Levels(
                LongStream.range(0, 12).map(i -> 640_002 + i).toArray(),
                LongStream.range(0, 12).map(i -> 100 * (i + 1)).toArray());
        Levels bids = new Levels(
                LongStream.range(0, 11).map(i -> 640_001 - i).toArray(),
                LongStream.range(0, 11).map(i -> 7 * (i + 1)).toArray());

        assertThat(Integer.toUnsignedLong(BookChecksum.of(asks, bids))).isEqualTo(1_080_029_634L);
    }
}
