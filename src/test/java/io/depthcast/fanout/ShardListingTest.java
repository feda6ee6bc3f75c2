package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.Snapshots;
import io.depthcast.book.StepSize;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.Listing;
import io.depthcast.feed.ListingChanges;
import io.depthcast.wire.Form;
import io.depthcast.wire.FrameEncoder;
import io.depthcast.wire.StreamKey;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a shard tells a gateway loop that instruments come, change and go. */
class ShardListingTest {
    private static final String LOOP = "loop";
    private static final int FORM = Form.JSON.bit();

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
    private final FanoutBench encodings = new FanoutBench(1, 1);
    private final FrameEncoder encoder = new FrameEncoder(allocator, encodings);
    private final Shard shard = new Shard(0, 1, encoder, 150, (key, cause) -> {
        throw cause;
    });
    private final HandFeed feed = new HandFeed(7, 2);
    private long flush = 1;

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        encoder.close();
        encodings.close();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void shouldTellALoopThatComesAllThatIsListed() {
        shard.replace(feed.snapshot());
        ask(List.of());
        assertThat(flush()).isEqualTo(List.of("removed [] changed [S1 1 open, S2 1 open]"));
        ask(List.of());
        assertThat(flush()).isEmpty();
    }

    @Test
    void shouldTellALoopThatComesEvenThatNothingIsListed() {
        shard.replace(new HandFeed(7, 0).snapshot());
        ask(List.of());
        assertThat(flush()).isEqualTo(List.of("removed [] changed []"));
    }

    @Test
    void shouldTellNewStepsBeforeTheBookThatIsInThem() {
        come();
        apply(feed.define(1, "0.1").bid(1, 5_000, 3));
        assertThat(flush()).isEqualTo(List.of("removed [] changed [S1 0.1 open]", "S1 snapshot of [5000x3]"));
    }

    @Test
    void shouldKeepChangesForALoopThatIsBusyAndTellTheLastOnly() {
        come();
        apply(feed.status(1, InstrumentStatus.HALTED));
        assertThat(flush()).isEqualTo(List.of("removed [] changed [S1 1 halted]"));
        apply(feed.status(1, InstrumentStatus.OPEN).remove(2));
        assertThat(flush(false)).isEmpty();
        apply(feed.status(1, InstrumentStatus.STALE).define(2, "0.01"));
        assertThat(flush()).isEqualTo(List.of("removed [2] changed [S1 1 stale, S2 0.01 open]"));
    }

    @Test
    void shouldForgetAnInstrumentThatIsGone() {
        come();
        apply(feed.remove(1));
        assertThat(flush()).isEqualTo(List.of("removed [1] changed []"));
        assertThat(shard.books().count()).isEqualTo(1);
        assertThat(shard.demands()).isZero();
        apply(feed.bid(1, 999, 5));
        ask(List.of());
        assertThat(flush()).isEmpty();
    }

    @Test
    void shouldTakeStepsAndSymbolsOfANewEpochAsTheyAreThere() {
        come();
        Instrument finer = new Instrument(1, "S1", StepSize.parse("0.1"), StepSize.parse("1"));
        Instrument other = new Instrument(2, "OTHER", StepSize.parse("1"), StepSize.parse("1"));
        List<FeedSnapshot.Book> books = new ArrayList<>();
        for (Instrument instrument : List.of(finer, other)) {
            books.add(new FeedSnapshot.Book(
                    new Listing(instrument, 0, InstrumentStatus.OPEN),
                    Snapshots.of(instrument, levels(9_990), levels(10_000), 5, 8, 0)));
        }
        shard.replace(new FeedSnapshot(8, 5, 1, books));
        assertThat(flush())
                .isEqualTo(List.of("removed [2] changed [S1 0.1 open, OTHER 1 open]", "S1 snapshot of [9990x1]"));
        shard.replace(new FeedSnapshot(9, 1, 1, List.of()));
        ask(List.of());
        assertThat(flush()).isEqualTo(List.of("removed [1, 2] changed []"));
    }

    /** A loop that has been told all, and follows the first book. */
    private void come() {
        shard.replace(feed.snapshot());
        ask(List.of(new Ask(Follower.book(1), 0, 0, FORM, 0, 1)));
        assertThat(flush()).hasSize(2);
        ask(List.of(new Ask(Follower.book(1), 7, 1, FORM, 0, 1)));
    }

    private void ask(List<Ask> asks) {
        shard.ask(new Asks(LOOP, 1, true, asks));
    }

    private void apply(HandFeed rows) {
        EventBatch batch = rows.take();
        assertThat(batch.count()).isPositive();
        assertThat(shard.apply(batch)).isNotNull();
    }

    private List<String> flush() {
        return flush(true);
    }

    /** What is sent: the listings, then each answer. */
    private List<String> flush(boolean isReady) {
        if (isReady) {
            ask(List.of());
        }
        List<String> sent = new ArrayList<>();
        for (Shard.Parcel parcel : shard.flush(flush++, true, 1)) {
            FrameBatch batch = parcel.batch();
            if (!batch.listings().isEmpty() || batch.answers().isEmpty()) {
                sent.add(text(batch.listings()));
            }
            for (FrameBatch.Answer answer : batch.answers()) {
                sent.add(text(answer.ask().key()));
            }
            batch.release();
        }
        return sent;
    }

    private String text(StreamKey key) {
        var state = shard.books().state(key.instrumentId());
        var told = state.book(25).since(0, 0);
        return state.instrument().symbol() + " snapshot of " + told.bids();
    }

    private static String text(ListingChanges changes) {
        return "removed " + changes.removed() + " changed "
                + changes.changed().stream()
                        .map(each -> each.instrument().symbol() + " "
                                + each.instrument().tickSize() + " "
                                + each.status().text())
                        .toList();
    }

    private static Levels levels(long priceTicks) {
        return new Levels(new long[] {priceTicks}, new long[] {1});
    }
}
