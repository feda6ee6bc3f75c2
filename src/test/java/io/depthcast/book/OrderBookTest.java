package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OrderBookTest {
    private static final long EPOCH = 1_795_363_200_000_000L;
    private static final Levels NONE = Levels.NONE;

    private final OrderBook book = new OrderBook(3);

    @Test
    void shouldHaveNothingToTellBeforeTheFirstEvent() {
        Snapshots.replace(book, EPOCH, 0, 1, NONE, NONE);

        assertThat(book.depth(10).version()).isZero();
        assertThat(book.depth(10).since(0, 0)).isNull();
        assertThat(book.depth(10).since(EPOCH, 5)).isNull();
        assertThat(book.best().since(0, 0)).isNull();
    }

    @Test
    void shouldTellAnEmptyBookOnceItHasAVersion() {
        Snapshots.replace(book, EPOCH, 9, 77, NONE, NONE);

        assertThat(book.depth(25).since(0, 0)).isEqualTo(snapshot(25, 9, 77, NONE, NONE));
        assertThat(book.best().since(0, 0)).isEqualTo(new BestBidOffer(3, EPOCH, 9, 77, 0, 0, 0, 0));
    }

    @Test
    void shouldConflateTwoChangesOfOneLevel() {
        Snapshots.replace(book, EPOCH, 5, 10, levels(100, 1, 99, 2), levels(101, 3));
        book.apply(Side.BID, 99, 7, 6, 20);
        book.apply(Side.BID, 99, 8, 8, 30);

        assertThat(book.depth(10).since(EPOCH, 5)).isEqualTo(delta(10, 5, 8, 30, levels(99, 8), NONE));
        assertThat(book.depth(10).since(EPOCH, 6)).isEqualTo(delta(10, 6, 8, 30, levels(99, 8), NONE));
        assertThat(book.depth(10).since(EPOCH, 8)).isNull();
    }

    @Test
    void shouldNotNameALevelThatCameAndWentBetween() {
        Snapshots.replace(book, EPOCH, 5, 10, levels(100, 1), levels(101, 3));
        book.apply(Side.BID, 98, 7, 6, 20);
        book.apply(Side.BID, 98, 0, 7, 30);

        assertThat(book.depth(10).since(EPOCH, 5)).isEqualTo(delta(10, 5, 7, 30, NONE, NONE));
        assertThat(book.depth(10).since(EPOCH, 6)).isEqualTo(delta(10, 6, 7, 30, levels(98, 0), NONE));
    }

    @Test
    void shouldRemoveALevelThatIsPushedOutAndSendOneThatIsDrawnIn() {
        Snapshots.replace(book, EPOCH, 5, 10, run(100, -1, 11), levels(101, 3));
        book.apply(Side.BID, 102, 4, 6, 20);

        assertThat(book.depth(10).since(EPOCH, 5)).isEqualTo(delta(10, 5, 6, 20, levels(102, 4, 91, 0), NONE));

        book.apply(Side.BID, 102, 0, 7, 30);
        assertThat(book.depth(10).since(EPOCH, 6)).isEqualTo(delta(10, 6, 7, 30, levels(102, 0, 91, 1), NONE));
        assertThat(book.depth(10).since(EPOCH, 5)).isEqualTo(delta(10, 5, 7, 30, levels(91, 1), NONE));
    }

    @Test
    void shouldKeepTheVersionOfAViewThatAnEventDoesNotTouch() {
        Snapshots.replace(book, EPOCH, 5, 10, run(100, -1, 30), levels(101, 3));
        book.apply(Side.BID, 80, 9, 6, 20);
        book.apply(Side.BID, 80, 9, 7, 30);
        book.apply(Side.BID, 50, 0, 8, 40);

        assertThat(book.best().version()).isEqualTo(5);
        assertThat(book.depth(10).version()).isEqualTo(5);
        assertThat(book.depth(25).version()).isEqualTo(6);
        assertThat(book.depth(500).version()).isEqualTo(6);
    }

    @Test
    void shouldAnswerUnknownVersionsWithASnapshot() {
        Snapshots.replace(book, EPOCH, 5, 10, levels(100, 1), NONE);
        book.apply(Side.BID, 100, 2, 6, 20);
        BookUpdate snapshot = snapshot(10, 6, 20, levels(100, 2), NONE);

        assertThat(book.depth(10).since(EPOCH, 0)).isEqualTo(snapshot);
        assertThat(book.depth(10).since(EPOCH, -1)).isEqualTo(snapshot);
        assertThat(book.depth(10).since(EPOCH, 4)).isEqualTo(snapshot);
        assertThat(book.depth(10).since(EPOCH, 7)).isEqualTo(snapshot);
        assertThat(book.depth(10).since(EPOCH - 1, 5)).isEqualTo(snapshot);
        assertThat(book.depth(10).since(EPOCH - 1, 6)).isEqualTo(snapshot);
    }

    @Test
    void shouldAnswerWithASnapshotWhenTheDeltaIsLarger() {
        Snapshots.replace(book, EPOCH, 5, 10, run(100, -1, 4), levels(101, 3));
        book.apply(Side.BID, 100, 0, 6, 20);
        book.apply(Side.BID, 99, 0, 7, 30);
        assertThat(book.depth(10).since(EPOCH, 5)).isEqualTo(delta(10, 5, 7, 30, levels(100, 0, 99, 0), NONE));

        book.apply(Side.BID, 98, 0, 8, 40);
        assertThat(book.depth(10).since(EPOCH, 5)).isEqualTo(snapshot(10, 8, 40, levels(97, 1), levels(101, 3)));
    }

    @Test
    void shouldAnswerWithASnapshotFromBeforeTheHorizon() {
        Levels asks = run(1_000_000, 1, 10);
        Snapshots.replace(book, EPOCH, 1, 10, NONE, asks);
        long sequence = 1;
        for (int price = 1; price <= 2_000; price++) {
            book.apply(Side.BID, price, 1, ++sequence, sequence);
        }
        // The view of 10 forgot what left before the last 128 to 256 prices, so that it no longer knows that 1 to 10
        // left.
        assertThat(book.depth(10).since(EPOCH, 11))
                .isEqualTo(snapshot(10, sequence, sequence, run(2_000, -1, 10), asks));
        assertThat(book.depth(10).since(EPOCH, sequence - 3))
                .isEqualTo(delta(
                        10,
                        sequence - 3,
                        sequence,
                        sequence,
                        levels(2_000, 1, 1_999, 1, 1_998, 1, 1_990, 0, 1_989, 0, 1_988, 0),
                        NONE));
    }

    @Test
    void shouldKeepTheHorizonWhileTheSamePricesComeAndGo() {
        Snapshots.replace(book, EPOCH, 1, 10, run(100, -1, 10), levels(101, 1));
        long sequence = 1;
        for (int i = 0; i < 5_000; i++) {
            book.apply(Side.BID, 95, i % 2, ++sequence, sequence);
        }

        assertThat(book.depth(10).since(EPOCH, 1)).isEqualTo(delta(10, 1, sequence, sequence, levels(95, 1), NONE));
    }

    @Test
    void shouldTellTheBestPricesThatTheHolderHas() {
        Snapshots.replace(book, EPOCH, 5, 10, run(100, -1, 5), levels(101, 3));
        book.apply(Side.BID, 100, 0, 6, 20);
        book.apply(Side.ASK, 101, 0, 7, 30);
        book.apply(Side.BID, 101, 4, 8, 40);

        assertThat(heldBests(5)).isEqualTo(List.of(100L, 101L));
        assertThat(heldBests(6)).isEqualTo(List.of(99L, 101L));
        book.apply(Side.ASK, 105, 3, 9, 50);
        // Nobody sold at that version.
        assertThat(heldBests(7)).isEqualTo(List.of(99L, 0L));
        assertThat(heldBests(0)).isEqualTo(List.of(0L, 0L));
    }

    @Test
    void shouldNotTellTheBestPricesOfAVersionBeforeTombstonesWereMerged() {
        Snapshots.replace(book, EPOCH, 1, 10, run(100, -1, 10), levels(105, 1));
        long sequence = 1;
        for (int i = 0; i < 1_000; i++) {
            book.apply(Side.BID, 101, i % 2 == 0 ? 1 : 0, ++sequence, sequence);
        }

        book.apply(Side.BID, 100, 7, ++sequence, sequence);
        book.apply(Side.ASK, 105, 7, ++sequence, sequence);
        assertThat(heldBests(1)).isEqualTo(List.of(0L, 105L));
        assertThat(heldBests(sequence - 3)).isEqualTo(List.of(101L, 105L));
        assertThat(heldBests(sequence - 2)).isEqualTo(List.of(100L, 105L));
    }

    private List<Long> heldBests(long version) {
        BookUpdate update = book.depth(10).since(EPOCH, version);
        return List.of(update.bids().heldBestTicks(), update.asks().heldBestTicks());
    }

    @Test
    void shouldStartAnewInAnotherEpoch() {
        Snapshots.replace(book, EPOCH - 1, 500, 10, levels(100, 1), levels(101, 3));
        Snapshots.replace(book, EPOCH, 20, 30, levels(90, 1), levels(95, 3));

        assertThat(book.depth(10).since(EPOCH - 1, 500)).isEqualTo(snapshot(10, 20, 30, levels(90, 1), levels(95, 3)));
        book.apply(Side.ASK, 95, 0, 21, 40);
        assertThat(book.depth(10).since(EPOCH, 20)).isEqualTo(delta(10, 20, 21, 40, NONE, levels(95, 0)));
    }

    @Test
    void shouldTellARepairOfTheSameEpochAsADelta() {
        Snapshots.replace(book, EPOCH, 5, 10, levels(100, 1, 99, 2, 98, 3), levels(101, 3));
        Snapshots.replace(book, EPOCH, 50, 60, levels(100, 1, 98, 4, 97, 1), levels(101, 3, 105, 1));

        assertThat(book.depth(10).since(EPOCH, 5))
                .isEqualTo(delta(10, 5, 50, 60, levels(99, 0, 98, 4, 97, 1), levels(105, 1)));
        assertThat(book.best().version()).isEqualTo(5);
    }

    @Test
    void shouldNotTrustAVersionFromInsideAGap() {
        Snapshots.replace(book, EPOCH, 5, 10, levels(100, 1), levels(101, 3));
        Snapshots.replace(book, EPOCH, 50, 60, levels(100, 2), levels(101, 3));

        assertThat(book.depth(10).since(EPOCH, 30)).isEqualTo(snapshot(10, 50, 60, levels(100, 2), levels(101, 3)));
    }

    @Test
    void shouldNotTrustVersionsBeforeTheEndOfAnOlderGap() {
        Snapshots.replace(book, EPOCH, 5, 10, levels(100, 1), levels(101, 3));
        Snapshots.replace(book, EPOCH, 50, 60, levels(100, 2), levels(101, 3));
        Snapshots.replace(book, EPOCH, 80, 90, levels(100, 3), levels(101, 3));

        assertThat(book.depth(10).since(EPOCH, 5)).isEqualTo(snapshot(10, 80, 90, levels(100, 3), levels(101, 3)));
        assertThat(book.depth(10).since(EPOCH, 50)).isEqualTo(delta(10, 50, 80, 90, levels(100, 3), NONE));
    }

    @Test
    void shouldTellTheBestOfAOneSidedBook() {
        Snapshots.replace(book, EPOCH, 5, 10, NONE, levels(101, 3, 102, 1));
        book.apply(Side.ASK, 101, 0, 6, 20);

        assertThat(book.best().since(EPOCH, 5)).isEqualTo(new BestBidOffer(3, EPOCH, 6, 20, 0, 0, 102, 1));
        assertThat(book.best().since(EPOCH, 6)).isNull();
    }

    @Test
    void shouldRefuseASequenceThatDoesNotRise() {
        Snapshots.replace(book, EPOCH, 5, 10, NONE, NONE);

        assertThatThrownBy(() -> book.apply(Side.BID, 1, 1, 5, 1)).hasMessageContaining("later than 5, got 5");
        assertThatThrownBy(() -> Snapshots.replace(book, EPOCH, 4, 1, NONE, NONE))
                .hasMessageContaining("later than 5, got 4");
    }

    @Test
    void shouldRefuseAnotherDepth() {
        assertThatThrownBy(() -> book.depth(11)).hasMessage("expected a depth of 10, 25, 100 or 500, got 11");
    }

    private BookUpdate snapshot(int depth, long sequence, long timeMicros, Levels bids, Levels asks) {
        int checksum = BookChecksum.of(asks, bids);
        return new BookUpdate(3, depth, EPOCH, 0, sequence, timeMicros, checksum, bids, asks);
    }

    private BookUpdate delta(int depth, long previous, long sequence, long timeMicros, Levels bids, Levels asks) {
        int checksum = BookChecksum.of(book.asks().best(10), book.bids().best(10));
        return new BookUpdate(3, depth, EPOCH, previous, sequence, timeMicros, checksum, bids, asks);
    }

    /** Levels of size 1 at neighbouring prices. */
    private static Levels run(long bestTicks, int direction, int count) {
        long[] pairs = new long[2 * count];
        for (int i = 0; i < count; i++) {
            pairs[2 * i] = bestTicks + (long) direction * i;
            pairs[2 * i + 1] = 1;
        }
        return levels(pairs);
    }

    private static Levels levels(long... pairs) {
        long[] priceTicks = new long[pairs.length / 2];
        long[] sizeLots = new long[pairs.length / 2];
        for (int i = 0; i < priceTicks.length; i++) {
            priceTicks[i] = pairs[2 * i];
            sizeLots[i] = pairs[2 * i + 1];
        }
        return new Levels(priceTicks, sizeLots);
    }
}
