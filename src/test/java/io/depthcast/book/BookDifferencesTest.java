package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How a book that begins anew is told to somebody who knows no word for that. */
class BookDifferencesTest {
    private static final Instrument ACME = new Instrument(1, "ACME-USD", StepSize.parse("0.01"), StepSize.parse("1"));
    private static final Instrument OTHER_STEPS =
            new Instrument(1, "ACME-USD", StepSize.parse("0.1"), StepSize.parse("1"));
    private static final long EPOCH = 1_795_363_200_000_000L;
    private static final long NEXT_EPOCH = EPOCH + 5_000_000;

    private final InstrumentState state = new InstrumentState(ACME);
    private final Versioned<BookUpdate> differences = state.differences(500);

    @Test
    void shouldTellTheBookOfAnotherEpochAsTheDifferenceFromThatOfTheOneBefore() {
        startWith(ACME, EPOCH, 10);
        bid(100, 5, 11);
        bid(101, 6, 12);
        bid(101, 0, 13);
        bid(102, 7, 14);
        startWith(ACME, NEXT_EPOCH, 1);
        bid(100, 8, 2);
        bid(103, 9, 3);
        bid(103, 0, 4);

        BookUpdate told = told(EPOCH, 12);

        assertThat(levels(told.bids()))
                .as("that of both epochs, what left while it could be held, and what only came and went")
                .isEqualTo("103=0 102=0 101=0 100=8 ");
        assertThat(told.epoch() + told.previous()).isEqualTo(EPOCH + 12);
        assertThat(told.sequence()).isEqualTo(4);
        assertThat(levels(told(EPOCH, 13).bids())).isEqualTo("103=0 102=0 100=8 ");
    }

    @Test
    void shouldTellASnapshotToWhomHoldsWhatIsNotKnown() {
        startWith(ACME, EPOCH, 10);
        bid(100, 5, 11);
        startWith(ACME, NEXT_EPOCH, 1);

        assertThat(told(EPOCH, 9).isSnapshot()).as("before it began").isTrue();
        assertThat(told(EPOCH - 1, 11).isSnapshot()).as("of another epoch").isTrue();
        assertThat(told(0, 0).isSnapshot()).as("of none").isTrue();
        startWith(ACME, NEXT_EPOCH + 1, 1);
        assertThat(told(EPOCH, 11).isSnapshot()).as("two epochs ago").isTrue();
    }

    @Test
    void shouldTellASnapshotWhereNumbersWouldGoBack() {
        startWith(ACME, NEXT_EPOCH, 10);
        startWith(ACME, EPOCH, 11);

        assertThat(told(NEXT_EPOCH, 10).isSnapshot()).isTrue();
    }

    @Test
    void shouldTellASnapshotWhereStepsAreOthers() {
        startWith(ACME, EPOCH, 10);
        startWith(OTHER_STEPS, NEXT_EPOCH, 1);

        assertThat(told(EPOCH, 10).isSnapshot()).isTrue();
    }

    @Test
    void shouldTellASnapshotWhenTooMuchHasLeft() {
        startWith(ACME, EPOCH, 10);
        long sequence = leave(10, FormerSide.MOST_GONE + 1);
        startWith(ACME, NEXT_EPOCH, 1);

        assertThat(told(EPOCH, 10).isSnapshot()).as("in the epoch before").isTrue();
        assertThat(told(EPOCH, sequence - 2).isSnapshot()).isFalse();
        leave(1, 10_000);
        assertThat(told(EPOCH, sequence).isSnapshot()).as("in this one").isTrue();
    }

    private void startWith(Instrument defined, long epoch, long sequence) {
        state.startFrom(defined, epoch, sequence, 0, 0);
    }

    private void bid(long priceTicks, long sizeLots, long sequence) {
        state.applyLevel(Side.BID, priceTicks, sizeLots, sequence, 0);
    }

    /** So many prices come and go, two numbers each; returns the last. */
    private long leave(long sequence, int prices) {
        long last = sequence;
        for (int i = 0; i < prices; i++) {
            bid(1_000 + i, 1, ++last);
            bid(1_000 + i, 0, ++last);
        }
        return last;
    }

    private BookUpdate told(long epoch, long version) {
        return Objects.requireNonNull(differences.since(epoch, version));
    }

    private static String levels(Levels levels) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < levels.count(); i++) {
            text.append(levels.priceTicks(i))
                    .append('=')
                    .append(levels.sizeLots(i))
                    .append(' ');
        }
        return text.toString();
    }
}
