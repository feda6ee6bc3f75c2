package io.depthcast.market;

import io.depthcast.feed.EventBatch;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The statistical regularities of real markets, measured on the simulated one: means over the leading instruments, whose
 * ticks are small beside their moves.
 *
 * @param minutes how long the market ran at {@link FeedSettings#DEFAULT_EVENTS_PER_SECOND}
 * @param kurtosis by horizon, ascending
 * @param memory by lag, ascending, of returns over one second
 * @param spreadShares by spread, ascending
 * @param depth by distance, ascending
 * @param signs by lag in trades, ascending
 * @param correlation of returns over ten seconds, mean over the pairs of instruments
 */
public record StylisedFacts(
        long seed,
        int minutes,
        List<Kurtosis> kurtosis,
        List<Memory> memory,
        List<SpreadShare> spreadShares,
        List<Depth> depth,
        List<Signs> signs,
        double correlation) {

    /** @param excess fourth moment of the returns over that time beside a normal distribution's */
    public record Kurtosis(int seconds, double excess) {}

    /** Autocorrelation of returns, with and without their signs. */
    public record Memory(int lagSeconds, double ofReturns, double ofAbsoluteReturns) {}

    /** Share of the time with a spread of at most so many ticks. */
    public record SpreadShare(int maxTicks, double share) {}

    /** @param relativeSize mean size per tick at that distance behind the best price, whose own mean size is 1 */
    public record Depth(int fromTicks, int toTicks, double relativeSize) {}

    /** Autocorrelation of the direction of trades. */
    public record Signs(int lagTrades, double autocorrelation) {}

    private static final int LEADERS = 5;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int CORRELATION_SECONDS = 10;

    /** Runs the market for so many minutes of its time, which takes about a second per half hour. */
    public static StylisedFacts measure(long seed, int minutes) {
        List<MarketObserver> observers = observe(seed, minutes);
        return new StylisedFacts(
                seed,
                minutes,
                each(n -> new Kurtosis(n, mean(observers, o -> o.mids().excessKurtosis(n))), 1, 10, 60, 300),
                each(n -> memory(observers, n), 1, 2, 5, 10, 30, 100, 300),
                each(n -> new SpreadShare(n, mean(observers, o -> o.spreadShare(n))), 1, 2, 3, 5, 10, 20),
                IntStream.range(0, MarketObserver.DEPTH_BUCKETS)
                        .mapToObj(bucket -> depth(observers, bucket))
                        .toList(),
                each(n -> new Signs(n, mean(observers, o -> o.signAutocorrelation(n))), 1, 4, 16, 64),
                correlation(observers));
    }

    private static List<MarketObserver> observe(long seed, int minutes) {
        int seconds = minutes * SECONDS_PER_MINUTE;
        SimulatedFeed feed = new SimulatedFeed(
                new FeedSettings(FeedSettings.SIMULATED, seed, FeedSettings.DEFAULT_EVENTS_PER_SECOND), 0);
        List<MarketObserver> observers = IntStream.range(0, LEADERS)
                .mapToObj(i -> new MarketObserver(feed.book(i), seconds))
                .toList();
        for (int second = 1; second <= seconds; second++) {
            EventBatch batch = feed.poll(second * MICROS_PER_SECOND, 0);
            for (int i = 0; batch != null && i < batch.count(); i++) {
                if (batch.kind(i).isTrade() && batch.instrumentId(i) <= LEADERS) {
                    observers.get(batch.instrumentId(i) - 1).trade(batch.kind(i).side());
                }
            }
            observers.forEach(MarketObserver::sample);
        }
        return observers;
    }

    private static Memory memory(List<MarketObserver> observers, int lag) {
        return new Memory(lag, mean(observers, o -> o.mids().autocorrelation(1, lag)), mean(observers, o -> o.mids()
                .absoluteAutocorrelation(1, lag)));
    }

    private static Depth depth(List<MarketObserver> observers, int bucket) {
        int from = bucket == 0 ? 0 : 1 << (bucket - 1);
        return new Depth(from, (1 << bucket) - 1, mean(observers, o -> o.relativeDepth(bucket)));
    }

    private static double correlation(List<MarketObserver> observers) {
        return IntStream.range(0, LEADERS)
                .boxed()
                .flatMapToDouble(a -> IntStream.range(a + 1, LEADERS).mapToDouble(b -> observers
                        .get(a)
                        .mids()
                        .correlation(observers.get(b).mids(), CORRELATION_SECONDS)))
                .average()
                .orElseThrow();
    }

    private static <T> List<T> each(IntFunction<T> figure, int... values) {
        return IntStream.of(values).mapToObj(figure).toList();
    }

    private static double mean(List<MarketObserver> observers, ToDoubleFunction<MarketObserver> figure) {
        return observers.stream().mapToDouble(figure).average().orElseThrow();
    }
}
