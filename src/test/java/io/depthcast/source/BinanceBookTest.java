package io.depthcast.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.depthcast.feed.LevelChanges;
import io.depthcast.source.BinanceBook.Next;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a snapshot and the changes of a stream become one book. */
class BinanceBookTest {
    private static final LevelChanges NONE = new LevelChanges();

    private final PlainDoor door = new PlainDoor();
    private final BinanceBook book = new BinanceBook("X", door);

    @BeforeEach
    void define() {
        door.define("X", new StepSize(1, 0), new StepSize(1, 0), InstrumentStatus.OPEN);
        door.told.clear();
    }

    @Test
    void shouldDropWhatTheSnapshotIncludesAndGoOnFromIt() {
        assertThat(change(1, 5, 100, 1)).isEqualTo(Next.GO_ON);
        assertThat(change(6, 9, 100, 2)).isEqualTo(Next.GO_ON);
        assertThat(change(10, 14, 101, 3)).isEqualTo(Next.GO_ON);
        assertThat(door.told).isEmpty();

        assertThat(book.snapshot(11, levels(100, 7), NONE, 1)).isEqualTo(Next.GO_ON);
        assertThat(door.told).containsExactly("snapshot X [100x7] [] 1", "update X [101x3] [] 1");
        assertThat(change(15, 15, 100, 0)).isEqualTo(Next.GO_ON);
        assertThat(change(12, 15, 100, 9)).isEqualTo(Next.GO_ON);
        assertThat(door.bids.get("X")).containsOnlyKeys(101L);
    }

    /** As a real recording has it: the snapshot stands behind changes that are newer than it. */
    @Test
    void shouldApplyChangesThatCameBeforeASnapshotOlderThanThey() {
        change(11, 12, 100, 0);
        change(13, 20, 99, 4);
        change(21, 22, 98, 5);
        book.snapshot(12, levels(99, 1), NONE, 1);
        change(23, 23, 97, 6);

        assertThat(door.bids.get("X")).containsOnlyKeys(99L, 98L, 97L).containsEntry(99L, 4L);
    }

    @Test
    void shouldAskAgainWhileTheSnapshotIsOlderThanTheFirstChange() {
        change(20, 21, 100, 1);
        assertThat(book.snapshot(15, levels(100, 7), NONE, 1)).isEqualTo(Next.ASK);
        assertThat(door.told).isEmpty();
        assertThat(book.snapshot(19, levels(100, 7), NONE, 1)).isEqualTo(Next.GO_ON);
        assertThat(door.bids.get("X")).containsEntry(100L, 1L);
    }

    @Test
    void shouldBeStaleFromAGapToTheNextSnapshot() {
        book.snapshot(10, levels(100, 7), NONE, 1);
        assertThat(change(12, 13, 100, 8)).isEqualTo(Next.ASK);
        assertThat(change(14, 14, 101, 9)).isEqualTo(Next.GO_ON);
        assertThat(book.isSpliced()).isFalse();
        assertThat(book.snapshot(13, levels(100, 8), NONE, 2)).isEqualTo(Next.GO_ON);

        assertThat(door.told)
                .containsExactly(
                        "snapshot X [100x7] [] 1", "disconnected", "snapshot X [100x8] [] 2", "update X [101x9] [] 1");
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 815})
    void shouldHaveTheExchangesBookWhateverIsLostAndWhenever(long seed) {
        Random random = new Random(seed);
        TreeMap<Long, Long> exchange = new TreeMap<>();
        List<long[]> onItsWay = new ArrayList<>();
        long update = 1_000;
        boolean wants = true;
        for (int i = 0; i < 20_000; i++) {
            long first = update + 1;
            update += 1 + random.nextInt(3);
            long price = 90L + random.nextInt(20);
            long size = random.nextInt(4);
            exchange.compute(price, (at, held) -> size == 0 ? null : Long.valueOf(size));
            if (random.nextInt(500) != 0) {
                onItsWay.add(new long[] {first, update, price, size});
            }
            if (random.nextInt(3) == 0) {
                for (long[] one : onItsWay) {
                    wants |= change(one[0], one[1], one[2], one[3]) == Next.ASK;
                }
                onItsWay.clear();
            }
            if (wants && random.nextInt(20) == 0) {
                LevelChanges all = new LevelChanges();
                exchange.forEach(all::add);
                wants = book.snapshot(update, all, NONE, 1) == Next.ASK;
            }
            if (book.isSpliced() && onItsWay.isEmpty() && !wants && lastHeard == update) {
                assertThat(door.bids.get("X"))
                        .as("seed %d, step %d", seed, i)
                        .containsExactlyInAnyOrderEntriesOf(exchange);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(1_000);
    }

    private long lastHeard;
    private int compared;

    private Next change(long first, long last, long price, long size) {
        lastHeard = last;
        return book.change(first, last, levels(price, size), NONE, 1);
    }

    private static LevelChanges levels(long price, long size) {
        LevelChanges levels = new LevelChanges();
        levels.add(price, size);
        return levels;
    }
}
