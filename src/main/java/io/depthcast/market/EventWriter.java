package io.depthcast.market;

import io.depthcast.book.Side;
import io.depthcast.feed.EventBatch;

/** The batch being written and the time of the order that is being carried out. */
final class EventWriter {
    private final long epoch;
    private EventBatch.Builder batch;
    private long timeMicros;

    EventWriter(long epoch) {
        this.epoch = epoch;
        this.batch = new EventBatch.Builder(epoch, 0);
    }

    void begin(long firstSequence) {
        batch = new EventBatch.Builder(epoch, firstSequence);
    }

    void at(long timeMicros) {
        this.timeMicros = timeMicros;
    }

    /** Events written since {@link #begin}. */
    int count() {
        return batch.count();
    }

    void level(int instrumentId, Side side, long priceTicks, long sizeLots) {
        batch.level(instrumentId, side, priceTicks, sizeLots, timeMicros);
    }

    void trade(int instrumentId, Side taker, long priceTicks, long sizeLots, long tradeId) {
        batch.trade(instrumentId, taker, priceTicks, sizeLots, tradeId, timeMicros);
    }

    EventBatch end(long createdNanos) {
        return batch.build(createdNanos);
    }
}
