package io.depthcast.book;

/**
 * All that is streamed of one instrument. Fed with the events of one epoch in the order of their sequence numbers, which
 * count the events of all instruments, and with {@link #replace} before the first event, at every new epoch and after a
 * gap.
 */
public final class InstrumentState {
    private final Instrument instrument;
    private final OrderBook book;
    private final Tape tape;
    private final Candles candles;

    public InstrumentState(Instrument instrument) {
        this.instrument = instrument;
        book = new OrderBook(instrument.id());
        tape = new Tape(instrument.id());
        candles = new Candles(instrument.id());
    }

    public Instrument instrument() {
        return instrument;
    }

    /**
     * A level changed.
     *
     * @param sizeLots the new absolute size, 0 when the level is gone
     * @throws IllegalArgumentException if the sequence is not larger than that of the last level change
     */
    public void applyLevel(Side side, long priceTicks, long sizeLots, long sequence, long timeMicros) {
        book.apply(side, priceTicks, sizeLots, sequence, timeMicros);
    }

    /** A trade happened. See {@link Trade} for the meaning of taker and id. */
    public void applyTrade(Side taker, long priceTicks, long sizeLots, long tradeId, long sequence, long timeMicros) {
        tape.add(tradeId, timeMicros, taker, priceTicks, sizeLots);
        candles.trade(timeMicros, priceTicks, sizeLots, sequence);
    }

    /**
     * The feed's clock moved on, with or without an event of this instrument: closes the candles whose time is over.
     *
     * @param sequence of the feed's last event up to that time
     */
    public void advance(long timeMicros, long sequence) {
        candles.advance(timeMicros, sequence);
    }

    /**
     * Takes over the feed's snapshot. In another epoch everything starts anew; in the same one the book's holders will be
     * told the differences, and those of the tape how many trades they missed.
     *
     * @param sequence number of the last event included, 0 before the first
     * @param lastTradeId id of the newest trade, 0 before the first
     * @throws IllegalArgumentException for a sequence of the same epoch that is already passed
     */
    public void replace(long epoch, long sequence, long timeMicros, Levels bids, Levels asks, long lastTradeId) {
        book.replace(epoch, sequence, timeMicros, bids, asks);
        tape.skipTo(epoch, lastTradeId);
        candles.enter(epoch);
    }

    /**
     * The best levels of both sides.
     *
     * @throws IllegalArgumentException unless the depth is one of {@link BookShapes#DEPTHS}
     */
    public Versioned<BookUpdate> book(int depth) {
        return book.depth(depth);
    }

    public Versioned<BestBidOffer> best() {
        return book.best();
    }

    public Tape tape() {
        return tape;
    }

    public CandleSeries candles(CandleInterval interval) {
        return candles.of(interval);
    }
}
