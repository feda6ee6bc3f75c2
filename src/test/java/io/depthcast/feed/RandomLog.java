package io.depthcast.feed;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A source that tells whatever occurs to it: listings that come, change and go, whole books, changes, trades, silence. */
public final class RandomLog implements Source {
    private static final int SYMBOLS = 6;
    private static final StepSize ONE = StepSize.parse("1");

    private final Random random;
    private final int eventsPerPoll;
    private final boolean[] whole = new boolean[SYMBOLS];

    public RandomLog(Random random, int eventsPerPoll) {
        this.random = random;
        this.eventsPerPoll = eventsPerPoll;
    }

    @Override
    public String name() {
        return "random";
    }

    @Override
    public void poll(Door door, long nowMicros, long nowNanos) {
        for (int i = 0; i < eventsPerPoll; i++) {
            tell(door, random.nextInt(SYMBOLS));
        }
        door.heartbeat();
    }

    private void tell(Door door, int index) {
        String symbol = "S" + index;
        if (!whole[index]) {
            var defined = door.define(symbol, StepSize.parse("0.01"), ONE, InstrumentStatus.OPEN);
            snapshot(door, symbol);
            whole[index] = defined == null;
            return;
        }
        switch (random.nextInt(60)) {
            case 0 -> {
                var unused = door.remove(symbol);
                whole[index] = false;
            }
            case 1 -> {
                var unused = door.define(symbol, StepSize.parse("0.02"), ONE, InstrumentStatus.AUCTION);
                snapshot(door, symbol);
            }
            case 2 -> {
                var unused = door.status(symbol, InstrumentStatus.HALTED);
            }
            case 3 -> snapshot(door, symbol);
            default -> change(door, symbol);
        }
    }

    private void snapshot(Door door, String symbol) {
        var unused = door.snapshot(symbol, side(1_000, -1), side(1_001, 1), 0);
    }

    private LevelChanges side(long best, int away) {
        LevelChanges side = new LevelChanges();
        for (int i = 0; i < 15; i++) {
            side.add(best + (long) away * i, 1 + random.nextInt(50));
        }
        return side;
    }

    private void change(Door door, String symbol) {
        if (random.nextInt(4) == 0) {
            @Nullable String venueId = random.nextBoolean() ? null : "v" + random.nextInt(1_000);
            Side taker = random.nextBoolean() ? Side.BID : Side.ASK;
            var unused = door.trade(symbol, taker, 990 + random.nextInt(20), 1 + random.nextInt(9), venueId, 0);
            return;
        }
        LevelChanges bids = new LevelChanges();
        LevelChanges asks = new LevelChanges();
        bids.add(960 + random.nextInt(40), random.nextInt(5));
        asks.add(1_001 + random.nextInt(40), random.nextInt(5));
        var unused = door.update(symbol, bids, asks, 0);
    }
}
