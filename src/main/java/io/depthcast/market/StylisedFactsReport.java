package io.depthcast.market;

import io.depthcast.feed.EventBatch;
import java.io.PrintStream;
import java.util.Locale;

/** Prints the stylised facts of the simulated market beside what is published about real ones. */
public final class StylisedFactsReport {
    private static final int DEFAULT_MINUTES = 120;
    private static final long POLL_MICROS = 1_000;
    private static final long COST_MICROS = 20_000_000;

    private StylisedFactsReport() {}

    /** Arguments, both optional: seed, minutes of market time. */
    public static void main(String[] args) {
        long seed = args.length > 0 ? Long.parseLong(args[0]) : FeedSettings.DEFAULT_SEED;
        int minutes = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_MINUTES;
        print(StylisedFacts.measure(seed, minutes), System.out);
        printCost(seed, System.out);
    }

    public static void print(StylisedFacts facts, PrintStream out) {
        line(out, "Simulated market, seed %d, %d minutes at its default rate;", facts.seed(), facts.minutes());
        line(out, "means over the five most active instruments.");
        printKurtosis(facts, out);
        printMemory(facts, out);
        printSpread(facts, out);
        printDepth(facts, out);
        printSigns(facts, out);
        printCorrelation(facts, out);
        printSources(out);
    }

    private static void printSources(PrintStream out) {
        heading(out, "Sources");
        published(
                out,
                "Bouchaud, Mezard, Potters: Statistical properties of stock order books. Quant. Finance 2 (2002) 251");
        published(out, "Cont: Empirical properties of asset returns. Quant. Finance 1 (2001) 223");
        published(out, "Gould et al.: Limit order books. Quant. Finance 13 (2013) 1709");
        published(out, "Lillo, Farmer: The long memory of the efficient market. Stud. Nonlinear Dyn. E. 8 (2004) 3");
    }

    private static void printKurtosis(StylisedFacts facts, PrintStream out) {
        heading(out, "Excess kurtosis of mid-price returns");
        published(out, "fat tails, thinner as the horizon grows; over 5 minutes 74 (USD/DEM futures), 60 (USD/CHF");
        published(out, "futures), 16 (S&P 500 futures); 0 if normal: Cont 2001");
        for (StylisedFacts.Kurtosis k : facts.kurtosis()) {
            line(out, "  %4d s   %6.2f", k.seconds(), k.excess());
        }
    }

    private static void printMemory(StylisedFacts facts, PrintStream out) {
        heading(out, "Autocorrelation of 1 s returns, and of absolute 1 s returns");
        published(out, "returns: none but at the shortest lags; absolute returns: positive, falling slowly as a power");
        published(out, "of the lag, exponent 0.2 to 0.4: Cont 2001");
        for (StylisedFacts.Memory m : facts.memory()) {
            line(out, "  %4d s   %6.3f   %6.3f", m.lagSeconds(), m.ofReturns(), m.ofAbsoluteReturns());
        }
    }

    private static void printSpread(StylisedFacts facts, PrintStream out) {
        heading(out, "Share of time with a spread of at most");
        published(out, "liquid instruments quote one or a few ticks, rarely many: Gould et al. 2013");
        for (StylisedFacts.SpreadShare s : facts.spreadShares()) {
            line(out, "  %4d ticks   %5.1f %%", s.maxTicks(), 100 * s.share());
        }
    }

    private static void printDepth(StylisedFacts facts, PrintStream out) {
        heading(out, "Mean size per tick by distance behind the best price, the best level being 1");
        published(out, "rises to a hump away from the best price, then falls slowly: Bouchaud, Mezard and Potters");
        published(out, "2002; the same in most markets surveyed by Gould et al. 2013");
        for (StylisedFacts.Depth d : facts.depth()) {
            line(out, "  %3d to %3d ticks   %5.2f", d.fromTicks(), d.toTicks(), d.relativeSize());
        }
    }

    private static void printSigns(StylisedFacts facts, PrintStream out) {
        heading(out, "Autocorrelation of the direction of trades");
        published(
                out,
                "falls as a power of the lag, exponent about 0.6, over thousands of trades: Lillo and Farmer 2004");
        for (StylisedFacts.Signs s : facts.signs()) {
            line(out, "  %4d trades   %6.3f", s.lagTrades(), s.autocorrelation());
        }
    }

    private static void printCorrelation(StylisedFacts facts, PrintStream out) {
        heading(out, "Correlation of 10 s returns between instruments, mean over the pairs");
        published(out, "positive throughout a market: Cont 2001");
        line(out, "             %6.3f", facts.correlation());
    }

    private static void printCost(long seed, PrintStream out) {
        SimulatedFeed feed = new SimulatedFeed(
                new FeedSettings(FeedSettings.SIMULATED, seed, FeedSettings.MAX_EVENTS_PER_SECOND), 0);
        long events = 0;
        long startNanos = System.nanoTime();
        for (long micros = POLL_MICROS; micros <= COST_MICROS; micros += POLL_MICROS) {
            EventBatch batch = feed.poll(micros, 0);
            events += batch == null ? 0 : batch.count();
        }
        long nanos = System.nanoTime() - startNanos;
        heading(out, "Cost at 1,000,000 events/s, polled every millisecond");
        line(out, "  %d events, %d ns each", events, nanos / events);
    }

    private static void heading(PrintStream out, String text) {
        line(out, "%n%s", text);
    }

    private static void published(PrintStream out, String text) {
        line(out, "  | %s", text);
    }

    private static void line(PrintStream out, String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
