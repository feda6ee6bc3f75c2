package io.depthcast.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookSideTest {
    private static final int WINDOW = 128;

    @ParameterizedTest
    @CsvSource({"BID,1", "ASK,2", "BID,3", "ASK,4"})
    void shouldDoAsQueuesInASortedMapDo(Side side, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BookSide fast = new BookSide(side, WINDOW);
        SortedMap<Long, Deque<Long>> naive = new TreeMap<>(side == Side.BID ? Comparator.reverseOrder() : null);
        long centre = 10_000;
        for (int step = 0; step < 50_000; step++) {
            centre += random.nextInt(-1, 2);
            int act = random.nextInt(10);
            if (act < 5 || naive.size() < 3) {
                add(fast, naive, centre + random.nextInt(-40, 41), random.nextLong(1, 9));
            } else if (act < 8) {
                cancel(fast, naive, random);
            } else {
                take(fast, naive, random.nextLong(1, 30));
            }
            assertThat(fast.toLevels()).isEqualTo(levels(naive));
            assertThat(List.of(fast.bestTicks(), fast.worstTicks())).containsExactly(naive.firstKey(), naive.lastKey());
        }
    }

    @Test
    void shouldTradeTheOldestOrderFirst() {
        BookSide asks = new BookSide(Side.ASK, WINDOW);
        asks.add(100, 5);
        asks.add(100, 7);
        asks.add(100, 9);
        assertThat(asks.takeBest(6)).isEqualTo(6);
        asks.cancel(100, 0);
        assertThat(List.of(asks.lotsAt(100), (long) asks.ordersAt(100))).containsExactly(9L, 1L);
        assertThat(asks.takeBest(10)).isEqualTo(9);
        assertThat(asks.levels()).isZero();
    }

    private static void add(BookSide fast, SortedMap<Long, Deque<Long>> naive, long priceTicks, long lots) {
        if (!naive.isEmpty() && Math.abs(naive.firstKey() - priceTicks) >= WINDOW) {
            return;
        }
        while (fast.isBeyondWindow(priceTicks)) {
            fast.clearWorst();
            naive.remove(naive.lastKey());
        }
        fast.add(priceTicks, lots);
        naive.computeIfAbsent(priceTicks, key -> new ArrayDeque<>()).addLast(lots);
    }

    private static void cancel(BookSide fast, SortedMap<Long, Deque<Long>> naive, SplittableRandom random) {
        List<Long> prices = new ArrayList<>(naive.keySet());
        long priceTicks = prices.get(random.nextInt(prices.size()));
        List<Long> queue = new ArrayList<>(naive.get(priceTicks));
        int place = random.nextInt(queue.size());
        assertThat(fast.ordersAt(priceTicks)).isEqualTo(queue.size());
        fast.cancel(priceTicks, place);
        queue.remove(place);
        naive.put(priceTicks, new ArrayDeque<>(queue));
        naive.values().removeIf(Deque::isEmpty);
    }

    private static void take(BookSide fast, SortedMap<Long, Deque<Long>> naive, long wantedLots) {
        Deque<Long> queue = naive.get(naive.firstKey());
        long left = wantedLots;
        while (left > 0 && !queue.isEmpty()) {
            long lots = queue.removeFirst();
            if (lots > left) {
                queue.addFirst(lots - left);
            }
            left -= Math.min(lots, left);
        }
        assertThat(fast.takeBest(wantedLots)).isEqualTo(wantedLots - left);
        naive.values().removeIf(Deque::isEmpty);
    }

    private static Levels levels(SortedMap<Long, Deque<Long>> side) {
        return new Levels(
                side.keySet().stream().mapToLong(Long::longValue).toArray(),
                side.values().stream()
                        .mapToLong(queue ->
                                queue.stream().mapToLong(Long::longValue).sum())
                        .toArray());
    }
}
