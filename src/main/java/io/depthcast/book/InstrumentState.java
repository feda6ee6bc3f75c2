package io.depthcast.book;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is streamed of one instrument. Begins with {@link #startFrom}, anew or from a snapshot, and then is fed with the
 * events of one epoch in the order of their sequence numbers, which count the events of all instruments.
 */
public final class InstrumentState {
    private Instrument instrument;
    private final OrderBook book;
    private final GatheredBooks gathered;
    private final Tape tape;
    private final Candles candles;
    private final TickerView ticker;

    public InstrumentState(Instrument instrument) {
        this(instrument, true);
    }

    /** @param answers whether anybody will ask its book what changed; if not, that is not kept, which is half the cost */
    public InstrumentState(Instrument instrument, boolean answers) {
        this.instrument = instrument;
        book = new OrderBook(instrument.id(), BookShapes.NO_GROUP, answers);
        gathered = new GatheredBooks(book);
        tape = new Tape(instrument.id());
        candles = new Candles(instrument.id());
        ticker = new TickerView(book.best(), tape, candles.of(CandleInterval.FIVE_MINUTES));
    }

    public Instrument instrument() {
        return instrument;
    }

    /**
     * A level changed.
     *
     * @param sizeLots the new absolute size, 0 when the level is gone
     * @return whether that changed anything
     * @throws IllegalArgumentException if the sequence is not larger than that of the last level change
     */
    public boolean applyLevel(Side side, long priceTicks, long sizeLots, long sequence, long timeMicros) {
        return gathered.isEmpty()
                ? book.apply(side, priceTicks, sizeLots, sequence, timeMicros)
                : gathered.apply(side, priceTicks, sizeLots, sequence, timeMicros);
    }

    /** A trade happened. See {@link Trade} for the meaning of taker and ids. */
    public void applyTrade(
            Side taker,
            long priceTicks,
            long sizeLots,
            long tradeId,
            @Nullable String venueId,
            long sequence,
            long timeMicros) {
        tape.add(tradeId, timeMicros, taker, priceTicks, sizeLots, venueId);
        candles.trade(timeMicros, priceTicks, sizeLots, sequence);
    }

    /**
     * The clock of the instrument's source moved on: closes the candles whose time is over.
     *
     * @param sequence of the event that says so
     */
    public void advance(long timeMicros, long sequence) {
        candles.advance(timeMicros, sequence);
    }

    /**
     * Begins with nothing, in a new epoch or in new steps: no version before this one is known.
     *
     * @param lastTradeId after which the trades are counted on, 0 to begin with 1
     */
    public void startFrom(Instrument defined, long epoch, long sequence, long timeMicros, long lastTradeId) {
        boolean sameSteps = instrument.equals(defined);
        instrument = defined;
        List<ViewStamp> stamps = Collections.nCopies(BookShapes.VIEWS + 1, new ViewStamp(sequence, timeMicros));
        book.end(sameSteps);
        book.startFrom(epoch, sequence, stamps, Levels.NONE, Levels.NONE);
        gathered.startFrom();
        tape.skipTo(epoch, lastTradeId);
        candles.startFrom(epoch, sequence);
    }

    /**
     * Says what was traded before it began, right after {@link #startFrom}: no version before that is known of it either.
     *
     * @param sequence as there
     */
    public void remember(long epoch, long sequence, TradeHistory history) {
        tape.replace(epoch, history.tape());
        candles.remember(epoch, sequence, history.candles());
    }

    /**
     * Takes over a snapshot and the versions in it. In another epoch, or in other steps, the book starts anew; else its
     * holders will be told the differences.
     *
     * @param sequence number of the last event included, 0 before the first
     * @throws IllegalArgumentException for a sequence of the same epoch that is already passed
     */
    public void replace(long epoch, long sequence, InstrumentSnapshot snapshot) {
        boolean sameSteps = instrument.equals(snapshot.instrument());
        instrument = snapshot.instrument();
        if (epoch == book.epoch() && sameSteps) {
            book.repair(sequence, snapshot.views(), snapshot.bids(), snapshot.asks());
            gathered.repaired();
        } else {
            book.end(sameSteps);
            book.startFrom(epoch, sequence, snapshot.views(), snapshot.bids(), snapshot.asks());
            gathered.startFrom();
        }
        tape.replace(epoch, snapshot.tape());
        candles.replace(epoch, snapshot.candles());
    }

    /**
     * Equal only where the same events were applied: of every level, and of the versions of everything.
     *
     * @param seed what else has to be equal
     */
    public long fingerprint(long seed) {
        Fingerprint of = new Fingerprint(seed);
        of.add(instrument);
        book.addTo(of);
        of.add(tape.version());
        candles.addTo(of);
        return of.value();
    }

    public InstrumentSnapshot snapshot() {
        return new InstrumentSnapshot(
                instrument, levels(Side.BID), levels(Side.ASK), book.stamps(), tape.history(), candles.histories());
    }

    /** A whole side, best first. */
    public Levels levels(Side side) {
        BookSide levels = book.side(side);
        return levels.best(levels.count());
    }

    /** Whether somebody bids as much as somebody asks, or more. */
    public boolean isCrossed() {
        return book.bids().count() > 0
                && book.asks().count() > 0
                && book.bids().priceTicks(0) >= book.asks().priceTicks(0);
    }

    /** How many levels a side has. */
    public int count(Side side) {
        return book.side(side).count();
    }

    /**
     * The best levels of both sides.
     *
     * @throws IllegalArgumentException unless the depth is one of {@link BookShapes#DEPTHS}
     */
    public Versioned<BookUpdate> book(int depth) {
        return book.depth(depth);
    }

    /** As {@link #book}, told as the difference however long it is; see {@link BookDifferences}. */
    public Versioned<BookUpdate> differences(int depth) {
        book.depth(depth).outlive();
        return new BookDifferences(book.depth(depth));
    }

    /** As {@link #book}, told whole each time. */
    public Versioned<BookUpdate> wholeBooks(int depth) {
        return new WholeBooks(book.depth(depth));
    }

    /**
     * The best levels of both sides, gathered to prices so many ticks apart. Once asked for, that book is kept up to date
     * until {@link #forgetGathered}; whoever asks anew then starts with a snapshot.
     *
     * @throws IllegalArgumentException unless both are of {@link BookShapes}
     */
    public Versioned<BookUpdate> book(int depth, int group) {
        return (group == BookShapes.NO_GROUP ? book : gathered.of(group)).depth(depth);
    }

    /** Nobody asks for the book of that group any more. */
    public void forgetGathered(int group) {
        gathered.forget(group);
    }

    public Versioned<BestBidOffer> best() {
        return book.best();
    }

    public Versioned<Ticker> ticker() {
        return ticker;
    }

    public Tape tape() {
        return tape;
    }

    public CandleSeries candles(CandleInterval interval) {
        return candles.of(interval);
    }
}
