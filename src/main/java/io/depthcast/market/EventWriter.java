package io.depthcast.market;

import io.depthcast.book.Instrument;
import io.depthcast.book.Side;
import io.depthcast.feed.Door;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a door what the orders change: the levels of one instrument and side together, and each trade after its levels. */
final class EventWriter {
    private final List<Instrument> instruments;
    private final LevelChanges bids = new LevelChanges();
    private final LevelChanges asks = new LevelChanges();
    private @Nullable Door door;
    private int instrumentId;
    private long timeMicros;
    private long events;

    /** @param instruments ids ascending from 1 */
    EventWriter(List<Instrument> instruments) {
        this.instruments = instruments;
    }

    /** To which what comes next is told. */
    void to(Door to) {
        door = to;
    }

    /** The time of the order that is carried out next. */
    void at(long orderMicros) {
        timeMicros = orderMicros;
    }

    /** Level changes and trades written since the start. */
    long events() {
        return events;
    }

    void level(int ofId, Side side, long priceTicks, long sizeLots) {
        instrumentId = ofId;
        (side == Side.BID ? bids : asks).add(priceTicks, sizeLots);
        events++;
    }

    void trade(int ofId, Side taker, long priceTicks, long sizeLots) {
        flush();
        events++;
        check(door().trade(symbol(ofId), taker, priceTicks, sizeLots, null, timeMicros));
    }

    /** The order has been carried out. */
    void flush() {
        if (bids.count() + asks.count() > 0) {
            check(door().update(symbol(instrumentId), bids, asks, timeMicros));
            bids.clear();
            asks.clear();
        }
    }

    private Door door() {
        if (door == null) {
            throw new IllegalStateException("no door to tell");
        }
        return door;
    }

    private String symbol(int id) {
        return instruments.get(id - 1).symbol();
    }

    static void check(@Nullable Refusal refusal) {
        if (refusal != null) {
            throw new IllegalStateException("the simulated market was refused: " + refusal);
        }
    }
}
