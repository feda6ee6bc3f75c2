package io.depthcast.book;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds per level change on one core, all depth views kept: {@code mvn -Pbench test-compile exec:exec
 * -Djmh.args="OrderBookBenchmark -prof gc"}. What follows {@code -Djmh.args=} are the arguments of JMH.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class OrderBookBenchmark {
    private static final int EVENTS = 1 << 20;

    private final RandomMarket market = new RandomMarket(1, EVENTS);
    private final OrderBook[] books = new OrderBook[RandomMarket.INSTRUMENTS];
    private long epoch;

    public OrderBookBenchmark() {
        for (int i = 0; i < books.length; i++) {
            books[i] = new OrderBook(i + 1);
        }
    }

    /** Before every pass over the events, so that each finds the book it was made for. */
    @Setup(Level.Invocation)
    public void fillBooks() {
        epoch++;
        for (int i = 0; i < books.length; i++) {
            Snapshots.replace(books[i], epoch, 1, 1, market.levels(i, Side.BID), market.levels(i, Side.ASK));
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public OrderBook[] apply() {
        for (int event = 0; event < EVENTS; event++) {
            books[market.instruments[event]].apply(
                    market.sides[event], market.priceTicks[event], market.sizeLots[event], event + 2L, event);
        }
        return books;
    }
}
