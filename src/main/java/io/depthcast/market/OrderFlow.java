package io.depthcast.market;

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
    /** Share of market orders, by which one event in nine is a trade. */
    private static final double MARKET_ORDERS = 0.09;

    private static final int MAX_LEVELS_TAKEN = 12;
    /** A side with fewer levels is neither traded nor withdrawn any further: no book ever runs empty. */
    private static final int MIN_LEVELS = 12;

    private static final int TRIES = 16;
    /** Half the width of the band about the fundamental price within which quoting becomes worthwhile. */
    private static final double MARGIN_TICKS = 2;
    /** A distance to the fundamental price at which every taker knows it. */
    private static final double CERTAIN_TICKS = 6;

    /** Sizes beside an instrument's median limit order; tail exponents after Maslov and Mills 2001. */
    private static final QuantileTable LIMIT_SIZE = QuantileTable.logLogistic(1, 2.2);

    private static final QuantileTable MARKET_SIZE = QuantileTable.pareto(0.4, 1.5);
    private static final QuantileTable PARENT_ORDERS = QuantileTable.pareto(1, 1.5);

    private final LimitOrderBook book;
    private final PlacementLaw placement;
    private final RandomGenerator random;
    private final double orderLots;

    private Side parentTaker = Side.BID;
    private int parentOrdersLeft;

    OrderFlow(InstrumentModel model, LimitOrderBook book, RandomGenerator random) {
        this.book = book;
        this.random = random;
        this.placement = new PlacementLaw(model.depthTicks());
        this.orderLots = model.orderLots();
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
                book.side(side).add(priceTicks, lots(LIMIT_SIZE));
            }
        }
    }

    private void quote(double fundamentalTicks, EventWriter out) {
        for (int tries = 0; tries < TRIES; tries++) {
            long bits = random.nextLong();
            int distance = placement.distance(bits);
            Side side = bits < 0 ? Side.BID : Side.ASK;
            if (distance <= placement.depthTicks() && quoteAt(side, distance, bits, fundamentalTicks, out)) {
                return;
            }
        }
    }

    /**
     * Lets an order arrive or leave at a place.
     *
     * @param bits of which 32 to 47 pick the order that leaves
     * @return false if there is none to leave and no reason for one to arrive
     */
    private boolean quoteAt(Side side, int distance, long bits, double fundamentalTicks, EventWriter out) {
        long priceTicks = priceAt(side, book.opposite(side).bestTicks(), distance);
        double edgeTicks = edgeTicks(side, priceTicks, fundamentalTicks);
        double worthwhile = Math.min(1, Math.max(0, 0.5 + edgeTicks / (2 * MARGIN_TICKS)));
        double usual = placement.usualOrders(distance);
        BookSide own = book.side(side);
        int present = own.ordersAt(priceTicks);
        double at = random.nextDouble() * (present == 0 ? usual : usual * worthwhile + present);
        if (at < usual * worthwhile && priceTicks > 0) {
            book.place(side, priceTicks, lots(LIMIT_SIZE), out);
            tidy(side, out);
            return true;
        }
        if (present > 1 || (present == 1 && own.levels() > MIN_LEVELS)) {
            book.cancel(side, priceTicks, (int) (((bits >>> 32 & 0xFFFF) * present) >>> 16), out);
            return true;
        }
        return false;
    }

    private void takeLiquidity(double fundamentalTicks, EventWriter out) {
        Side taker = taker(fundamentalTicks - book.midTicks());
        BookSide resting = book.opposite(taker);
        long left = lots(MARKET_SIZE);
        for (int taken = 0; taken < MAX_LEVELS_TAKEN && resting.levels() > MIN_LEVELS; taken++) {
            long bestTicks = resting.bestTicks();
            if (edgeTicks(taker, bestTicks, fundamentalTicks) > MARGIN_TICKS) {
                left = Math.max(left, resting.lotsAt(bestTicks));
            }
            if (left <= 0) {
                return;
            }
            left -= book.take(taker, left, out);
        }
    }

    /**
     * Who trades next: one who knows the fundamental price, the likelier the further the market is from it, or else the
     * next slice of a large order that is being worked off. Sizes of large orders have a power-law tail, which gives the
     * directions of trades their long memory (Lillo, Mike and Farmer 2005).
     */
    private Side taker(double gapTicks) {
        if (random.nextDouble() * CERTAIN_TICKS < Math.abs(gapTicks)) {
            return gapTicks > 0 ? Side.BID : Side.ASK;
        }
        if (parentOrdersLeft == 0) {
            parentOrdersLeft = (int) PARENT_ORDERS.draw(random.nextLong());
            parentTaker = random.nextBoolean() ? Side.BID : Side.ASK;
        }
        parentOrdersLeft--;
        return parentTaker;
    }

    /** Orders that the price has left far behind go, whole levels at a time. */
    private void tidy(Side side, EventWriter out) {
        if (book.side(side).spanTicks() > placement.staleTicks()) {
            book.clearWorst(side, out);
        }
    }

    private static long priceAt(Side side, long oppositeTicks, int distance) {
        return side == Side.BID ? oppositeTicks - distance : oppositeTicks + distance;
    }

    /** What one gains by trading on this side at this price. */
    private static double edgeTicks(Side side, long priceTicks, double fundamentalTicks) {
        return side == Side.BID ? fundamentalTicks - priceTicks : priceTicks - fundamentalTicks;
    }

    private long lots(QuantileTable sizes) {
        return Math.max(1, (long) (orderLots * sizes.draw(random.nextLong())));
    }
}
