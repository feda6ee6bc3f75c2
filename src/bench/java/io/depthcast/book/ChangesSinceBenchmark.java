package io.depthcast.book;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds per answer of a depth view: a delta of 10 changed levels, and a snapshot. {@code mvn -Pbench test-compile
 * exec:exec -Djmh.args="ChangesSinceBenchmark -prof gc"}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ChangesSinceBenchmark {
    private static final int HISTORY = 1 << 18;
    private static final int CHANGED_LEVELS = 10;

    @Param({"25", "500"})
    private int depth;

    private final RandomMarket market = new RandomMarket(1, HISTORY);
    private DepthView view = new OrderBook(1).depth(25);
    private long heldVersion;

    /** One book after a long history, and then changes of five levels a side. */
    @Setup
    public void changeLevels() {
        OrderBook book = new OrderBook(1);
        Snapshots.replace(book, 1, 1, 1, market.levels(0, Side.BID), market.levels(0, Side.ASK));
        for (int event = 0; event < HISTORY; event++) {
            if (market.instruments[event] == 0) {
                book.apply(market.sides[event], market.priceTicks[event], market.sizeLots[event], event + 2L, event);
            }
        }
        heldVersion = HISTORY + 1L;
        for (int change = 0; change < CHANGED_LEVELS; change++) {
            Side side = change % 2 == 0 ? Side.BID : Side.ASK;
            BookSide levels = side == Side.BID ? book.bids() : book.asks();
            int rank = 2 * change;
            book.apply(side, levels.priceTicks(rank), levels.sizeLots(rank) + 1, heldVersion + 1 + change, 1);
        }
        view = book.depth(depth);
    }

    @Benchmark
    public BookUpdate delta() {
        return Objects.requireNonNull(view.since(1, heldVersion));
    }

    @Benchmark
    public BookUpdate snapshot() {
        return Objects.requireNonNull(view.since(0, 0));
    }
}
