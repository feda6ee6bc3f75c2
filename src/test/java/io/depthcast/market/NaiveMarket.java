package io.depthcast.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Instrument;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All books as sorted maps, which refuses events that no exchange could have sent. */
final class NaiveMarket {
    private final List<Book> books = new ArrayList<>();
    private final long epoch;
    private long sequence;
    private long timeMicros;

    NaiveMarket(FeedSnapshot snapshot) {
        epoch = snapshot.epoch();
        sequence = snapshot.sequence();
        snapshot.books()
                .forEach(book -> timeMicros =
                        Math.max(timeMicros, book.state().views().get(0).timeMicros()));
        snapshot.books().forEach(book -> books.add(new Book(book)));
    }

    void apply(EventBatch batch) {
        assertThat(batch.epoch()).isEqualTo(epoch);
        assertThat(batch.firstSequence()).isEqualTo(sequence + 1);
        for (int i = 0; i < batch.count(); i++) {
            assertThat(batch.timeMicros(i)).isGreaterThanOrEqualTo(timeMicros);
            timeMicros = batch.timeMicros(i);
            if (batch.kind(i) == EventBatch.Kind.TIME) {
                continue;
            }
            Book book = books.get(batch.instrumentId(i) - 1);
            if (batch.kind(i).isTrade()) {
                book.checkTrade(batch, i);
            } else {
                book.change(batch, i);
            }
        }
        sequence = batch.lastSequence();
    }

    /** A book as the market says that it is. */
    record Whole(Instrument instrument, Levels bids, Levels asks, long lastTradeId) {}

    /** After this row. */
    record State(long epoch, long sequence, List<Whole> books) {
        static State of(FeedSnapshot snapshot) {
            return new State(
                    snapshot.epoch(),
                    snapshot.sequence(),
                    snapshot.books().stream()
                            .map(book -> new Whole(book.instrument(), book.bids(), book.asks(), book.lastTradeId()))
                            .toList());
        }
    }

    State state() {
        return new State(epoch, sequence, books.stream().map(Book::whole).toList());
    }

    private static final class Book {
        private final Instrument instrument;
        private final SortedMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
        private final SortedMap<Long, Long> asks = new TreeMap<>();
        private long lastTradeId;
        private long removedLots;

        Book(FeedSnapshot.Book from) {
            instrument = from.instrument();
            lastTradeId = from.lastTradeId();
            fill(bids, from.bids());
            fill(asks, from.asks());
            checkNotCrossed();
        }

        void change(EventBatch batch, int i) {
            SortedMap<Long, Long> side = batch.kind(i).side() == Side.BID ? bids : asks;
            long before = side.getOrDefault(batch.priceTicks(i), 0L);
            long after = batch.sizeLots(i);
            assertThat(after).isNotNegative().isNotEqualTo(before);
            assertThat(batch.priceTicks(i)).isPositive();
            assertThat(batch.tradeId(i)).isZero();
            if (after == 0) {
                side.remove(batch.priceTicks(i));
            } else {
                side.put(batch.priceTicks(i), after);
            }
            removedLots = before - after;
            checkNotCrossed();
        }

        void checkTrade(EventBatch batch, int i) {
            assertThat(i).as("a trade's level change is in its batch").isPositive();
            assertThat(batch.instrumentId(i - 1)).isEqualTo(batch.instrumentId(i));
            assertThat(batch.kind(i - 1).isTrade()).isFalse();
            assertThat(batch.kind(i - 1).side()).isNotEqualTo(batch.kind(i).side());
            assertThat(batch.priceTicks(i - 1)).isEqualTo(batch.priceTicks(i));
            assertThat(batch.timeMicros(i - 1)).isEqualTo(batch.timeMicros(i));
            assertThat(batch.sizeLots(i)).isPositive().isEqualTo(removedLots);
            assertThat(batch.tradeId(i)).isEqualTo(++lastTradeId);
            SortedMap<Long, Long> maker = batch.kind(i).side() == Side.BID ? asks : bids;
            assertThat(maker.headMap(batch.priceTicks(i)))
                    .as("better prices left behind")
                    .isEmpty();
        }

        Whole whole() {
            return new Whole(instrument, levels(bids), levels(asks), lastTradeId);
        }

        private void checkNotCrossed() {
            assertThat(bids).isNotEmpty();
            assertThat(asks).isNotEmpty();
            assertThat(bids.firstKey()).isLessThan(asks.firstKey());
        }

        private static void fill(SortedMap<Long, Long> side, Levels levels) {
            for (int i = 0; i < levels.count(); i++) {
                assertThat(levels.sizeLots(i)).isPositive();
                side.put(levels.priceTicks(i), levels.sizeLots(i));
            }
        }

        private static Levels levels(SortedMap<Long, Long> side) {
            return new Levels(
                    side.keySet().stream().mapToLong(Long::longValue).toArray(),
                    side.values().stream().mapToLong(Long::longValue).toArray());
        }
    }
}
