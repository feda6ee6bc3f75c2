package io.depthcast.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketModelTest {
    private static final List<InstrumentModel> MODELS = InstrumentCatalogue.models(24);

    @Test
    void shouldListDifferentInstrumentsTheMostActiveFirst() {
        assertThat(MODELS).hasSizeGreaterThanOrEqualTo(20);
        assertThat(MODELS.stream().map(model -> model.instrument().id()))
                .isEqualTo(IntStream.rangeClosed(1, MODELS.size()).boxed().toList());
        assertThat(MODELS.stream().map(model -> model.instrument().symbol())).doesNotHaveDuplicates();
        assertThat(MODELS.stream().map(InstrumentModel::activity)).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(MODELS.stream().mapToDouble(InstrumentModel::activity).sum()).isCloseTo(1, within(1e-9));
        assertThat(MODELS.stream().map(model -> model.instrument().tickSize()).distinct())
                .hasSizeGreaterThan(5);
        assertThat(MODELS.get(0).instrument()).hasToString(bitcoin());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldCorrelateFundamentalPricesAsTheCatalogueSays(long seed) {
        FundamentalPrices prices = new FundamentalPrices(MODELS, new SplittableRandom(seed));
        List<PriceSeries> series =
                MODELS.stream().map(model -> new PriceSeries(10_000)).toList();
        for (int second = 1; second <= 10_000; second++) {
            prices.advanceTo(second);
            for (int i = 0; i < MODELS.size(); i++) {
                series.get(i).add(prices.ticks(i));
            }
        }
        for (int i = 0; i < 5; i++) {
            for (int j = i + 1; j < 5; j++) {
                double expected =
                        MODELS.get(i).marketCorrelation() * MODELS.get(j).marketCorrelation();
                assertThat(series.get(i).correlation(series.get(j), 10)).isCloseTo(expected, within(0.25));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldBringOrdersInClustersAtTheSetRate(long seed) {
        HawkesArrivals arrivals = new HawkesArrivals(MODELS, 1_000, new SplittableRandom(seed));
        int[] perSecond = new int[1_000];
        int[] perInstrument = new int[MODELS.size()];
        int index = arrivals.next();
        while (arrivals.seconds() < perSecond.length) {
            perSecond[(int) arrivals.seconds()]++;
            perInstrument[index]++;
            index = arrivals.next();
        }
        double mean = IntStream.of(perSecond).average().orElseThrow();
        double variance = IntStream.of(perSecond)
                .mapToDouble(n -> (n - mean) * (n - mean))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(1_000, within(20.0));
        assertThat(variance / mean).as("1 if they came independently").isBetween(3.0, 9.0);
        for (int i = 0; i < perInstrument.length; i++) {
            double share = perInstrument[i] / (mean * perSecond.length);
            assertThat(share / MODELS.get(i).activity()).isBetween(0.9, 1.1);
        }
    }

    @Test
    void shouldDrawNormalAndExponentialNumbers() {
        SplittableRandom random = new SplittableRandom(1);
        QuantileTable exponential = QuantileTable.exponential();
        int draws = 1_000_000;
        double[] normalMoments = new double[5];
        double exponentialSum = 0;
        for (int i = 0; i < draws; i++) {
            double normal = Gaussian.draw(random);
            for (int power = 1; power <= 4; power++) {
                normalMoments[power] += Math.pow(normal, power) / draws;
            }
            exponentialSum += exponential.draw(random.nextLong());
        }
        assertThat(normalMoments).containsExactly(new double[] {0, 0, 1, 0, 2.97}, within(0.02));
        assertThat(exponentialSum / draws).isCloseTo(1, within(0.01));
    }

    private static String bitcoin() {
        return "Instrument[id=1, symbol=BTC-USD, tickSize=0.1, lotSize=0.0001]";
    }
}
