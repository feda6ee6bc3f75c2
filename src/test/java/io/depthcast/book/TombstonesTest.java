package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A view of 10 levels remembers 256 spans. */
class TombstonesTest {
    private static final int LIMIT = 256;

    private final Tombstones tombstones = new Tombstones(10);

    @Test
    void shouldNameThePricesHeldAtThatVersionAscending() {
        tombstones.clear(3);
        tombstones.add(70, 3, 10);
        tombstones.add(60, 8, 11);
        tombstones.add(70, 12, 15);

        assertThat(tombstones.goneSince(3)).containsExactly(70);
        assertThat(tombstones.goneSince(8)).containsExactly(60, 70);
        assertThat(tombstones.goneSince(10)).containsExactly(60);
        assertThat(tombstones.goneSince(11)).isEmpty();
        assertThat(tombstones.goneSince(12)).containsExactly(70);
        assertThat(tombstones.goneSince(15)).isEmpty();
        assertThat(tombstones.horizon()).isEqualTo(3);
    }

    @Test
    void shouldNotRememberWhatCameAndWentWithinOneVersion() {
        tombstones.add(70, 5, 5);

        assertThat(tombstones.goneSince(4)).isEmpty();
    }

    @Test
    void shouldForgetTheOldestHalfAndRaiseTheHorizonToTheNewestForgotten() {
        for (long price = 1; price <= LIMIT + 1; price++) {
            tombstones.add(price, 1, 1000 + price);
        }

        long newestForgotten = LIMIT / 2;
        assertThat(tombstones.horizon()).isEqualTo(1000 + newestForgotten);
        assertThat(tombstones.goneSince(tombstones.horizon()))
                .containsExactly(
                        LongStream.rangeClosed(newestForgotten + 1, LIMIT + 1).toArray());
    }

    @Test
    void shouldMergeTheSpansOfAPriceInsteadOfForgetting() {
        for (long i = 0; i <= LIMIT; i++) {
            tombstones.add(i % 5, 1000 + 2 * i, 1001 + 2 * i);
        }

        assertThat(tombstones.horizon()).isZero();
        assertThat(tombstones.goneSince(1000)).containsExactly(0);
        assertThat(tombstones.goneSince(1008)).containsExactly(0, 1, 2, 3, 4);
        assertThat(tombstones.goneSince(1000 + 2 * LIMIT)).containsExactly(LIMIT % 5);
    }

    @Test
    void shouldStartAnew() {
        tombstones.add(70, 5, 9);
        tombstones.clear(20);

        assertThat(tombstones.goneSince(20)).isEmpty();
        assertThat(tombstones.horizon()).isEqualTo(20);
    }
}
