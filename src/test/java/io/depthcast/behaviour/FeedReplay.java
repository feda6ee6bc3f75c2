package io.depthcast.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Instrument;
import io.depthcast.book.Levels;
import io.depthcast.book.Side;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.market.FeedSettings;
import io.depthcast.market.SimulatedFeed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Plays a simulated feed once more, into books of plain maps: what the books were at any version, oldest first. */
final class FeedReplay {
    private static final long STEP_MICROS = 10_000;

    private record Sides(NavigableMap<Long, Long> bids, NavigableMap<Long, Long> asks) {}

    private final SimulatedFeed feed;
    private final Map<Integer, Sides> books = new HashMap<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private long nowMicros;
    private long sequence;
    private EventBatch batch;

    FeedReplay(FeedSettings settings, long epochMicros) {
        feed = new SimulatedFeed(settings, epochMicros);
        nowMicros = epochMicros;
        FeedSnapshot opening = feed.snapshot();
        sequence = opening.sequence();
        for (FeedSnapshot.Book book : opening.books()) {
            Instrument instrument = book.instrument();
            ids.put(instrument.symbol(), instrument.id());
            Sides sides = new Sides(new TreeMap<>(Comparator.reverseOrder()), new TreeMap<>());
            fill(sides.bids, book.bids());
            fill(sides.asks, book.asks());
            books.put(instrument.id(), sides);
        }
    }

    private static void fill(Map<Long, Long> side, Levels levels) {
        for (int i = 0; i < levels.count(); i++) {
            side.put(levels.priceTicks(i), levels.sizeLots(i));
        }
    }

    /** Plays on up to this event, which must have been before now. */
    void playTo(long last) {
        while (sequence < last) {
            while (batch == null || batch.lastSequence() <= sequence) {
                nowMicros += STEP_MICROS;
                assertThat(Instant.EPOCH.plus(nowMicros, ChronoUnit.MICROS))
                        .as("when event %d was", last)
                        .isBefore(Instant.now().plusSeconds(1));
                batch = feed.poll(nowMicros, 0);
            }
            sequence++;
            apply((int) (sequence - batch.firstSequence()));
        }
    }

    private void apply(int index) {
        if (!batch.kind(index).isLevel()) {
            return;
        }
        Sides sides = books.get(batch.instrumentId(index));
        Map<Long, Long> side = batch.kind(index).side() == Side.BID ? sides.bids : sides.asks;
        if (batch.sizeLots(index) == 0) {
            side.remove(batch.priceTicks(index));
        } else {
            side.put(batch.priceTicks(index), batch.sizeLots(index));
        }
    }

    /** The best levels of a side, as {@code price x size}. */
    String best(String symbol, Side side, int depth) {
        Sides sides = books.get(ids.get(symbol));
        StringBuilder text = new StringBuilder();
        (side == Side.BID ? sides.bids : sides.asks)
                .entrySet().stream().limit(depth).forEach(level -> text.append(level.getKey())
                        .append('x')
                        .append(level.getValue())
                        .append(' '));
        return text.toString();
    }

    /** The same of levels that somebody holds. */
    static String text(Levels levels) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < levels.count(); i++) {
            text.append(levels.priceTicks(i))
                    .append('x')
                    .append(levels.sizeLots(i))
                    .append(' ');
        }
        return text.toString();
    }
}
