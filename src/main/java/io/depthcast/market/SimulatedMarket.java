package io.depthcast.market;

import io.depthcast.book.Instrument;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Every instrument's book and order flow in one order of time, which depends on nothing but the seed. */
final class SimulatedMarket {
    /** A cancellation or a limit order is one event, a market order two or more. */
    private static final double EVENTS_PER_ORDER = 1.2;

    private final List<InstrumentModel> models;
    private final FundamentalPrices prices;
    private final HawkesArrivals arrivals;
    private final List<LimitOrderBook> books = new ArrayList<>();
    private final List<OrderFlow> flows = new ArrayList<>();

    SimulatedMarket(long seed, int instruments) {
        models = InstrumentCatalogue.models(instruments);
        SplittableRandom random = new SplittableRandom(seed);
        prices = new FundamentalPrices(models, random.split());
        arrivals = new HawkesArrivals(models, PacedClock.NOMINAL_RATE / EVENTS_PER_ORDER, random.split());
        for (InstrumentModel model : models) {
            int windowTicks = Integer.highestOneBit(3 * model.depthTicks()) * 2;
            LimitOrderBook book = new LimitOrderBook(model.instrument().id(), windowTicks);
            OrderFlow flow = new OrderFlow(model, book, random.split());
            flow.open(model.openingTicks());
            books.add(book);
            flows.add(flow);
        }
    }

    List<Instrument> instruments() {
        return models.stream().map(InstrumentModel::instrument).toList();
    }

    FundamentalPrices prices() {
        return prices;
    }

    LimitOrderBook book(int index) {
        return books.get(index);
    }

    /** Time of the newest order that was drawn, in seconds of the market's own time. */
    double seconds() {
        return arrivals.seconds();
    }

    /** Draws the next order's time and returns the index of its instrument. */
    int nextArrival() {
        return arrivals.next();
    }

    /** Carries the order out that was drawn last. */
    void act(int index, EventWriter out) {
        if (prices.advanceTo(arrivals.seconds())) {
            arrivals.weigh(prices);
        }
        flows.get(index).act(prices.ticks(index), out);
    }
}
