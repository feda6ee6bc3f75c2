package io.depthcast.feed;

import io.depthcast.book.Side;
import java.util.random.RandomGenerator;

/**
 * The orders for one instrument: the zero-intelligence rates of Cont, Stoikov and Talreja (2010), by distance from the
 * opposite best price, leaning to a fundamental price.
 *
 * <p>At a distance drawn from a power law (Bouchaud, Mezard and Potters 2002) either an order arrives or one of the
 * {@code n} that rest there leaves, in the proportion of an arrival rate to {@code n} cancellation rates, so that a level
 * tends to hold as many orders as its place warrants. No one offers to trade at a loss against the fundamental price:
 * there no order arrives and those left behind are withdrawn or taken.
 */
final class OrderFlow {
    private static final double MARKET_ORDERS = 0.09;
    private static final int MAX_LEVELS_TAKEN = 12;
    private static final int MIN_LEVELS = 12;
    private static final int TRIES = 16;

    /** Half the width of the band about the fundamental price within which quoting becomes worthwhile. */
    private static final double MARGIN_TICKS = 2;
    /** A distance to the fundamental price at which every taker trades towards it. */
    private static final double CERTAIN_TICKS = 6;

    private final LimitOrderBook book;
    private final PlacementLaw placement;
    private final RandomGenerator random;
    private final QuantileTable limitLots;
    private final QuantileTable marketLots;

    OrderFlow(InstrumentModel model, LimitOrderBook book, RandomGenerator random) {
        this.book = book;
        this.random = random;
        this.placement = new PlacementLaw(model.depthTicks());
        this.limitLots = QuantileTable.logLogistic((double) model.orderLots(), 2.2);
        this.marketLots = QuantileTable.pareto(0.4 * model.orderLots(), 1.5);
    }

    /** Fills an empty book about a price as the flow would have filled it. */
    void open(long priceTicks) {
        fill(Side.BID, priceTicks);
        fill(Side.ASK, priceTicks);
    }

    /** Carries one order out: limit, market or cancellation. */
    void act(double fundamentalTicks, EventWriter out) {
        if (random.nextDouble() < MARKET_ORDERS) {
            takeLiquidity(fundamentalTicks, out);
        } else {
            quote(fundamentalTicks, out);
        }
    }

    private void fill(Side side, long oppositeTicks) {
        for (int distance = 1; distance <= placement.depthTicks(); distance++) {
            long priceTicks = priceAt(side, oppositeTicks, distance);
            double left = placement.usualOrders(distance) + random.nextDouble() - random.nextDouble();
            for (; left >= 0.5 && priceTicks > 0; left--) {
                book.side(side).add(priceTicks, lots(limitLots));
            }
        }
    }

    private void quote(double fundamentalTicks, EventWriter out) {
        for (int tries = 0; tries < TRIES; tries++) {
            long bits = random.nextLong();
            Side side = bits < 0 ? Side.BID : Side.ASK;
            BookSide own = book.side(side);
            int distance = placement.distance(bits);
            long priceTicks = priceAt(side, bestOpposite(side), distance);
            double edgeTicks = side == Side.BID ? fundamentalTicks - priceTicks : priceTicks - fundamentalTicks;
            double worthwhile = Math.min(1, Math.max(0, 0.5 + edgeTicks / (2 * MARGIN_TICKS)));
            double usual = placement.usualOrders(distance) * worthwhile;
            int present = own.ordersAt(priceTicks);
            double at = random.nextDouble() * (present == 0 ? placement.usualOrders(distance) : usual + present);
            if (at < usual && priceTicks > 0) {
                book.place(side, priceTicks, lots(limitLots), out);
                tidy(side, out);
                return;
            }
            if (present > 1 || (present == 1 && own.levels() > MIN_LEVELS)) {
                book.cancel(side, priceTicks, (int) (((bits >>> 32 & 0xFFFF) * present) >>> 16), out);
                return;
            }
        }
    }

    private void takeLiquidity(double fundamentalTicks, EventWriter out) {
        double gapTicks = fundamentalTicks - book.midTicks();
        double buy = 0.5 + 0.5 * Math.min(0.94, Math.max(-0.94, gapTicks / CERTAIN_TICKS));
        Side taker = random.nextDouble() < buy ? Side.BID : Side.ASK;
        BookSide resting = book.side(taker == Side.BID ? Side.ASK : Side.BID);
        long left = lots(marketLots);
        for (int taken = 0; taken < MAX_LEVELS_TAKEN && resting.levels() > MIN_LEVELS; taken++) {
            long bestTicks = resting.bestTicks();
            double gainTicks = taker == Side.BID ? fundamentalTicks - bestTicks : bestTicks - fundamentalTicks;
            if (gainTicks > MARGIN_TICKS) {
                left = Math.max(left, resting.lotsAt(bestTicks));
            }
            if (left <= 0) {
                return;
            }
            left -= book.take(taker, left, out);
        }
    }

    /** Orders that the price has left far behind go, whole levels at a time. */
    private void tidy(Side side, EventWriter out) {
        if (book.side(side).spanTicks() > placement.staleTicks()) {
            book.clearWorst(side, out);
        }
    }

    private long bestOpposite(Side side) {
        return book.side(side == Side.BID ? Side.ASK : Side.BID).bestTicks();
    }

    private static long priceAt(Side side, long oppositeTicks, int distance) {
        return side == Side.BID ? oppositeTicks - distance : oppositeTicks + distance;
    }

    private long lots(QuantileTable sizes) {
        return Math.max(1, (long) sizes.draw(random.nextLong()));
    }
}
