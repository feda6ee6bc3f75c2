package io.depthcast.market;

import io.depthcast.book.Side;

/** A price-time-priority book of one instrument, which writes what each order changes. */
final class LimitOrderBook {
    private final int instrumentId;
    private final BookSide bids;
    private final BookSide asks;

    /** @param windowTicks how far behind the best price a level may be; a power of two, at least 64 */
    LimitOrderBook(int instrumentId, int windowTicks) {
        this.instrumentId = instrumentId;
        this.bids = new BookSide(Side.BID, windowTicks);
        this.asks = new BookSide(Side.ASK, windowTicks);
    }

    BookSide side(Side side) {
        return side == Side.BID ? bids : asks;
    }

    BookSide opposite(Side side) {
        return side == Side.BID ? asks : bids;
    }

    /** Halfway between best bid and best ask; neither side may be empty. */
    double midTicks() {
        return 0.5 * (bids.bestTicks() + asks.bestTicks());
    }

    long spreadTicks() {
        return asks.bestTicks() - bids.bestTicks();
    }

    /** Rests a limit order; its price must not reach the other side. */
    void place(Side side, long priceTicks, long sizeLots, EventWriter out) {
        BookSide own = side(side);
        while (own.isBeyondWindow(priceTicks)) {
            clearWorst(side, out);
        }
        own.add(priceTicks, sizeLots);
        out.level(instrumentId, side, priceTicks, own.lotsAt(priceTicks));
    }

    /** Withdraws the order at a place in the queue of a level, 0 being next to trade. */
    void cancel(Side side, long priceTicks, int place, EventWriter out) {
        BookSide own = side(side);
        own.cancel(priceTicks, place);
        out.level(instrumentId, side, priceTicks, own.lotsAt(priceTicks));
    }

    /** Withdraws every order of the level furthest from the other side. */
    void clearWorst(Side side, EventWriter out) {
        BookSide own = side(side);
        long priceTicks = own.worstTicks();
        own.clearWorst();
        out.level(instrumentId, side, priceTicks, 0);
    }

    /** Trades once against the best level of the other side, and returns the lots traded. */
    long take(Side taker, long wantedLots, EventWriter out) {
        Side maker = taker == Side.BID ? Side.ASK : Side.BID;
        BookSide resting = opposite(taker);
        long priceTicks = resting.bestTicks();
        long tradedLots = resting.takeBest(wantedLots);
        out.level(instrumentId, maker, priceTicks, resting.lotsAt(priceTicks));
        out.trade(instrumentId, taker, priceTicks, tradedLots);
        return tradedLots;
    }
}
