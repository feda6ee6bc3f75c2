package io.depthcast.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bounds wide enough for any seed, narrow enough that a market without the fact fails. */
class StylisedFactsTest {
    private static List<StylisedFacts> markets = List.of();

    @BeforeAll
    static void measure() {
        markets = List.of(StylisedFacts.measure(1, 120), StylisedFacts.measure(2, 120));
    }

    @Test
    void shouldHaveFatTailsThatThinWithTheHorizon() {
        assertThat(markets).allSatisfy(facts -> {
            assertThat(kurtosis(facts, 1)).isBetween(3.0, 30.0);
            assertThat(kurtosis(facts, 10)).isBetween(1.5, 20.0);
            assertThat(kurtosis(facts, 300)).isLessThan(kurtosis(facts, 1) / 2);
        });
    }

    @Test
    void shouldNotLetReturnsForetellReturns() {
        assertThat(markets).allSatisfy(facts -> {
            assertThat(facts.memory().get(0).ofReturns()).isBetween(-0.15, 0.1);
            assertThat(facts.memory().subList(1, facts.memory().size()))
                    .allSatisfy(memory -> assertThat(memory.ofReturns()).isBetween(-0.05, 0.05));
        });
    }

    @Test
    void shouldForgetItsVolatilitySlowly() {
        assertThat(markets).allSatisfy(facts -> {
            assertThat(memory(facts, 1)).isBetween(0.15, 0.4);
            assertThat(memory(facts, 10)).isBetween(0.08, memory(facts, 1));
            assertThat(memory(facts, 100)).isBetween(0.02, memory(facts, 10));
            double exponential = memory(facts, 1) * Math.pow(memory(facts, 10) / memory(facts, 1), 11);
            assertThat(memory(facts, 100)).isGreaterThan(10 * exponential);
        });
    }

    @Test
    void shouldQuoteSpreadsOfAFewTicks() {
        assertThat(markets).allSatisfy(facts -> {
            assertThat(facts.spreadShares().get(0).share()).isBetween(0.25, 0.8);
            assertThat(spreadShare(facts, 5)).isGreaterThan(0.9);
            assertThat(spreadShare(facts, 20)).isBetween(0.99, 1.0);
        });
    }

    @Test
    void shouldBeDeepestAwayFromTheBestPrice() {
        assertThat(markets).allSatisfy(facts -> {
            List<Double> sizes = facts.depth().stream()
                    .map(StylisedFacts.Depth::relativeSize)
                    .toList();
            int hump = sizes.indexOf(sizes.stream().max(Double::compare).orElseThrow());
            assertThat(hump).isBetween(4, 8);
            assertThat(sizes.get(hump)).isBetween(1.5, 4.0);
            assertThat(sizes.subList(1, hump + 1)).isSorted();
            assertThat(sizes.get(sizes.size() - 1)).isBetween(0.5, 0.7 * sizes.get(hump));
        });
    }

    @Test
    void shouldRememberTheDirectionOfTradesByAPowerLaw() {
        assertThat(markets).allSatisfy(facts -> {
            double near = facts.signs().get(1).autocorrelation();
            double far = facts.signs().get(3).autocorrelation();
            assertThat(Math.log(near / far) / Math.log(16)).isBetween(0.4, 0.9);
        });
    }

    @Test
    void shouldMoveInstrumentsTogether() {
        assertThat(markets).allSatisfy(facts -> assertThat(facts.correlation()).isBetween(0.2, 0.8));
    }

    @Test
    void shouldPrintEveryFigureBesideItsSource() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StylisedFactsReport.print(markets.get(0), new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("seed 1, 120 minutes", "Cont 2001", "Bouchaud", "Gould", "Lillo")
                .contains(String.format(Locale.ROOT, "     1 s   %6.2f", kurtosis(markets.get(0), 1)));
    }

    private static double kurtosis(StylisedFacts facts, int seconds) {
        return only(facts.kurtosis(), kurtosis -> kurtosis.seconds() == seconds).excess();
    }

    private static double memory(StylisedFacts facts, int lagSeconds) {
        return only(facts.memory(), memory -> memory.lagSeconds() == lagSeconds).ofAbsoluteReturns();
    }

    private static double spreadShare(StylisedFacts facts, int maxTicks) {
        return only(facts.spreadShares(), share -> share.maxTicks() == maxTicks).share();
    }

    private static <T> T only(List<T> figures, Predicate<T> wanted) {
        return figures.stream().filter(wanted).findFirst().orElseThrow();
    }
}
