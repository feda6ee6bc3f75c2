package io.depthcast.book;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds per level change on one core where somebody follows books of those groups, each asked what changed after every
 * {@link #CHANGES_A_FLUSH} changes of a book: {@code mvn -Pbench test-compile exec:exec
 * -Djmh.args=GatheredBooksBenchmark}. Group 1 is the plain book. How many follow does not matter to it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GatheredBooksBenchmark {
    private static final int EVENTS = 1 << 18;
    private static final int CHANGES_A_FLUSH = 32;
    private static final int DEPTH = 25;

    @Param({"1", "1,10", "1,100", "1,10,100,1000"})
    public String groups = "1";

    private final RandomMarket market = new RandomMarket(1, EVENTS);
    private final List<Followed> all = new ArrayList<>();
    private long epoch;
    private long sequence;

    /** An instrument, and the versions that somebody holds of its books. */
    private static final class Followed {
        final InstrumentState state;
        final int[] groups;
        final long[] held;
        int changes;

        Followed(InstrumentState state, int[] groups) {
            this.state = state;
            this.groups = groups;
            this.held = new long[groups.length];
        }

        /** Levels told. */
        int ask(long epoch) {
            int told = 0;
            for (int i = 0; i < groups.length; i++) {
                @Nullable BookUpdate update = state.book(DEPTH, groups[i]).since(epoch, held[i]);
                if (update != null) {
                    held[i] = update.sequence();
                    told += update.bids().count() + update.asks().count();
                }
            }
            return told;
        }
    }

    /** Before every pass over the events, so that each finds the book it was made for. */
    @Setup(Level.Invocation)
    public void fillBooks() {
        epoch++;
        sequence = 1;
        all.clear();
        int[] asked = Stream.of(groups.split(",")).mapToInt(Integer::parseInt).toArray();
        for (int i = 0; i < RandomMarket.INSTRUMENTS; i++) {
            Instrument instrument = new Instrument(i + 1, "I" + i, StepSize.parse("1"), StepSize.parse("1"));
            InstrumentState state = new InstrumentState(instrument);
            state.startFrom(instrument, epoch, 1, 1, 0);
            fill(state, Side.BID, market.levels(i, Side.BID));
            fill(state, Side.ASK, market.levels(i, Side.ASK));
            Followed followed = new Followed(state, asked);
            followed.ask(epoch);
            all.add(followed);
        }
    }

    private void fill(InstrumentState state, Side side, Levels levels) {
        for (int rank = 0; rank < levels.count(); rank++) {
            state.applyLevel(side, levels.priceTicks(rank), levels.sizeLots(rank), ++sequence, 1);
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long apply() {
        long told = 0;
        for (int event = 0; event < EVENTS; event++) {
            Followed followed = all.get(market.instruments[event]);
            followed.state.applyLevel(
                    market.sides[event], market.priceTicks[event], market.sizeLots[event], ++sequence, event);
            if (++followed.changes % CHANGES_A_FLUSH == 0) {
                told += followed.ask(epoch);
            }
        }
        return told;
    }
}
