package io.depthcast.browser;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Door;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Refusal;
import io.depthcast.feed.Source;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Books that all change equally often, near their middle, with a trade now and then. */
final class BusySource implements Source {
    private static final StepSize CENT = new StepSize(1, -2);
    private static final StepSize THOUSANDTH = new StepSize(1, -3);
    private static final int LEVELS = 200;
    private static final int MIDDLE_TICKS = 100_000;
    private static final int MOST_LOTS = 50_000;
    private static final int NEAR_LEVELS = 25;
    /** One event in so many is a trade. */
    private static final int TRADE_ODDS = 20;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final List<String> symbols;
    private final int eventsPerSecond;
    private final SplittableRandom random = new SplittableRandom(17);
    private long startedNanos;
    private long told;

    /** @param eventsPerSecond of each book */
    BusySource(int books, int eventsPerSecond) {
        this.symbols =
                IntStream.range(0, books).mapToObj("BOOK-%02d"::formatted).toList();
        this.eventsPerSecond = eventsPerSecond;
    }

    List<String> symbols() {
        return symbols;
    }

    @Override
    public String name() {
        return "busy";
    }

    @Override
    public void poll(Door door, long nowMicros, long nowNanos) {
        if (startedNanos == 0) {
            startedNanos = nowNanos;
            symbols.forEach(symbol -> list(door, symbol));
        }
        long due = (nowNanos - startedNanos) / 1_000 * eventsPerSecond / (NANOS_PER_SECOND / 1_000);
        for (; told < due; told++) {
            symbols.forEach(symbol -> happen(door, symbol));
        }
        door.heartbeat();
    }

    private void list(Door door, String symbol) {
        check(door.define(symbol, CENT, THOUSANDTH, InstrumentStatus.OPEN));
        LevelChanges bids = new LevelChanges();
        LevelChanges asks = new LevelChanges();
        for (int i = 1; i <= LEVELS; i++) {
            bids.add(MIDDLE_TICKS - i, lots());
            asks.add(MIDDLE_TICKS + i, lots());
        }
        check(door.snapshot(symbol, bids, asks, 0));
    }

    private void happen(Door door, String symbol) {
        Side side = random.nextBoolean() ? Side.BID : Side.ASK;
        int direction = side == Side.BID ? -1 : 1;
        if (random.nextInt(TRADE_ODDS) == 0) {
            check(door.trade(symbol, side, MIDDLE_TICKS - direction, lots(), null, 0));
            return;
        }
        // Now and then even the best level goes, so that the touch moves.
        long priceTicks = MIDDLE_TICKS + (long) direction * (1 + random.nextInt(NEAR_LEVELS));
        LevelChanges changes = new LevelChanges();
        changes.add(priceTicks, random.nextInt(5) == 0 ? 0 : lots());
        LevelChanges none = new LevelChanges();
        check(door.update(symbol, side == Side.BID ? changes : none, side == Side.BID ? none : changes, 0));
    }

    private long lots() {
        return 1L + random.nextInt(MOST_LOTS);
    }

    private static void check(@Nullable Refusal refusal) {
        if (refusal != null) {
            throw new IllegalStateException(refusal.toString());
        }
    }
}
