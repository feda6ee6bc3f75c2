package io.depthcast.browser;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Door;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Refusal;
import io.depthcast.feed.Source;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A source that tells what a test says, from any thread, and is there until it says that it is gone. */
final class ToldSource implements Source {
    static final StepSize TENTH = new StepSize(1, -1);
    static final StepSize WHOLE = new StepSize(1, 0);

    private static final int LEVELS = 5;

    private final Queue<Consumer<Door>> told = new ConcurrentLinkedQueue<>();

    @Override
    public String name() {
        return "told";
    }

    @Override
    public void poll(Door door, long nowMicros, long nowNanos) {
        for (Consumer<Door> next = told.poll(); next != null; next = told.poll()) {
            next.accept(door);
        }
        door.heartbeat();
    }

    /** An instrument with a book around this price and a trade at it; other steps than before start it anew. */
    void list(String symbol, StepSize tickSize, long priceTicks) {
        quote(symbol, tickSize, priceTicks);
        told.add(door -> check(door.trade(symbol, Side.BID, priceTicks, 1, "told-" + priceTicks, 0)));
    }

    /** The same without a trade. */
    void quote(String symbol, StepSize tickSize, long priceTicks) {
        told.add(door -> {
            check(door.define(symbol, tickSize, WHOLE, InstrumentStatus.OPEN));
            LevelChanges bids = new LevelChanges();
            LevelChanges asks = new LevelChanges();
            for (int i = 1; i <= LEVELS; i++) {
                bids.add(priceTicks - i, i);
                asks.add(priceTicks + i, i);
            }
            check(door.snapshot(symbol, bids, asks, 0));
        });
    }

    /** A book of that many levels a side around this price, sizes growing outwards, unlike on both sides. */
    void book(String symbol, long priceTicks, int levels) {
        told.add(door -> {
            LevelChanges bids = new LevelChanges();
            LevelChanges asks = new LevelChanges();
            for (int i = 1; i <= levels; i++) {
                bids.add(priceTicks - i, 3L * i);
                asks.add(priceTicks + i, 5L * i);
            }
            check(door.snapshot(symbol, bids, asks, 0));
        });
    }

    /** Trades of one order, one a price, from this one on. */
    void trades(String symbol, Side taker, long priceTicks, long sizeLots, int count) {
        told.add(door -> {
            long nowMicros = System.currentTimeMillis() * 1_000;
            for (int i = 0; i < count; i++) {
                check(door.trade(symbol, taker, priceTicks + i, sizeLots + i, null, nowMicros));
            }
        });
    }

    void status(String symbol, InstrumentStatus status) {
        told.add(door -> check(door.status(symbol, status)));
    }

    void remove(String symbol) {
        told.add(door -> check(door.remove(symbol)));
    }

    /** All its instruments are stale until they are listed again. */
    void disconnect() {
        told.add(Door::disconnected);
    }

    private static void check(@Nullable Refusal refusal) {
        if (refusal != null) {
            throw new IllegalStateException(refusal.toString());
        }
    }
}
