package io.depthcast.book;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last 1,000 trades of an instrument; its version is the id of the newest trade. Who holds nothing is not told what was
 * traded before it came: it holds the newest trade from then on, and {@link #recent} has the history. Who was here in an
 * earlier epoch is told what was traded since the tape entered this one, and how much it missed of the one
 * before.
 */
public final class Tape implements Versioned<Trades> {
    static final int CAPACITY = 1_000;

    private final int instrumentId;
    private long epoch;
    private long newestId;

    /** The newest trade when this epoch was entered. */
    private long entryId;

    /** The epoch before this one and its newest trade, none of which is held. */
    private long previousEpoch;

    private long previousNewestId;

    /** Trades held, whose ids end with the newest and have no holes; the trade with id i is at i modulo the capacity. */
    private int count;

    private final long[] timeMicros = new long[CAPACITY];
    private final Side[] takers = new Side[CAPACITY];
    private final long[] priceTicks = new long[CAPACITY];
    private final long[] sizeLots = new long[CAPACITY];
    /** Empty until a trade has one. */
    private @Nullable String[] venueIds = {};

    Tape(int instrumentId) {
        this.instrumentId = instrumentId;
        Arrays.fill(takers, Side.BID);
    }

    /** @param id the newest id plus 1; the trades before a larger one are missed */
    void add(
            long id,
            long tradeTimeMicros,
            Side taker,
            long tradePriceTicks,
            long tradeSizeLots,
            @Nullable String venueId) {
        if (id != newestId + 1) {
            skipTo(epoch, id - 1);
        }
        newestId = id;
        count = Math.min(count + 1, CAPACITY);
        int index = indexOf(id);
        timeMicros[index] = tradeTimeMicros;
        takers[index] = taker;
        priceTicks[index] = tradePriceTicks;
        sizeLots[index] = tradeSizeLots;
        name(index, venueId);
    }

    private void name(int index, @Nullable String venueId) {
        if (venueIds.length == 0 && venueId != null) {
            venueIds = new String[CAPACITY];
        }
        if (venueIds.length > 0) {
            venueIds[index] = venueId;
        }
    }

    /** Holds nothing, and goes on after that trade, which may be of another epoch. */
    void skipTo(long newEpoch, long lastTradeId) {
        if (newEpoch != epoch) {
            entryId = lastTradeId;
            previousEpoch = epoch;
            previousNewestId = newestId;
        }
        count = 0;
        epoch = newEpoch;
        newestId = lastTradeId;
    }

    /** Takes over another tape, which may be of another epoch. */
    void replace(long newEpoch, TapeHistory history) {
        skipTo(newEpoch, history.newestId() - history.trades().size());
        entryId = history.entryId();
        for (Trade trade : history.trades()) {
            add(trade.id(), trade.timeMicros(), trade.taker(), trade.priceTicks(), trade.sizeLots(), trade.venueId());
        }
    }

    TapeHistory history() {
        return new TapeHistory(entryId, newestId, recent(CAPACITY).trades());
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public long version() {
        return newestId;
    }

    @Override
    public @Nullable Trades since(long heldEpoch, long heldId) {
        long lastId = heldEpoch == epoch ? heldId : entryId;
        long missedBefore = heldEpoch == previousEpoch ? Math.max(0, previousNewestId - heldId) : 0;
        if (heldEpoch == 0 || (lastId >= newestId && missedBefore == 0)) {
            return null;
        }
        long oldestId = newestId - count + 1;
        return tradesFrom(Math.max(lastId + 1, oldestId), missedBefore + Math.max(0, oldestId - 1 - lastId));
    }

    /** The newest trades, at most so many. */
    public Trades recent(int limit) {
        return tradesFrom(newestId - Math.min(limit, count) + 1, 0);
    }

    private Trades tradesFrom(long firstId, long missed) {
        Trade[] trades = new Trade[(int) (newestId - firstId + 1)];
        for (int i = 0; i < trades.length; i++) {
            long id = firstId + i;
            int index = indexOf(id);
            trades[i] = new Trade(
                    id,
                    timeMicros[index],
                    takers[index],
                    priceTicks[index],
                    sizeLots[index],
                    venueIds.length == 0 ? null : venueIds[index]);
        }
        return new Trades(instrumentId, epoch, missed, List.of(trades));
    }

    private static int indexOf(long id) {
        return (int) (id % CAPACITY);
    }
}
