package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The series against candles computed anew from the list of all trades. */
class CandleSeriesRandomTest {
    private static final long EPOCH = 1_795_363_200_000_000L;
    private static final int ID = 4;

    /** What happened, and the feed's clock then. */
    private record Event(long sequence, long timeMicros, boolean isTrade, long priceTicks, long sizeLots) {}

    @ParameterizedTest(name = "seed {0}, {1}, {2} events at most {3} microseconds apart")
    @CsvSource({
        "1, ONE_SECOND, 600, 900000",
        "2, ONE_SECOND, 3000, 2500000",
        "3, ONE_MINUTE, 600, 20000000",
        "4, FIVE_MINUTES, 600, 200000000",
        "5, ONE_HOUR, 600, 900000000"
    })
    void shouldAnswerFromEveryVersionLikeTheListOfTrades(
            long seed, CandleInterval interval, int count, int maxStepMicros) {
        List<Event> events = randomEvents(seed, count, maxStepMicros);
        CandleSeries series = new CandleSeries(ID, interval);
        series.startFrom(EPOCH, 0);
        for (Event event : events) {
            feed(series, event);
        }
        List<Candle> now = naive(interval, events);

        assertThat(series.recent(2_000)).as("seed %d", seed).isEqualTo(newest(now));
        for (int held = 1; held <= count; held += 1 + count / 300) {
            List<Candle> changed = new ArrayList<>(now);
            changed.removeAll(naive(interval, events.subList(0, held)));
            assertThat(series.since(EPOCH, held))
                    .as("seed %d, version %d", seed, held)
                    .isEqualTo(changed.isEmpty() ? null : newest(changed));
        }
    }

    private static List<Event> randomEvents(long seed, int count, int maxStepMicros) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Event> events = new ArrayList<>();
        long timeMicros = EPOCH;
        for (int sequence = 1; sequence <= count; sequence++) {
            timeMicros += random.nextInt(maxStepMicros);
            boolean isTrade = random.nextInt(3) == 0;
            events.add(new Event(sequence, timeMicros, isTrade, random.nextLong(90, 110), random.nextLong(1, 9)));
        }
        return events;
    }

    private static void feed(CandleSeries series, Event event) {
        if (event.isTrade()) {
            series.trade(event.timeMicros(), event.priceTicks(), event.sizeLots(), event.sequence());
        } else {
            series.advance(event.timeMicros(), event.sequence());
        }
    }

    private static List<Candle> naive(CandleInterval interval, List<Event> events) {
        TreeMap<Long, List<Event>> trades = new TreeMap<>();
        for (Event event : events) {
            if (event.isTrade()) {
                long bucket = event.timeMicros() / interval.micros();
                trades.computeIfAbsent(bucket, ignored -> new ArrayList<>()).add(event);
            }
        }
        long now = events.get(events.size() - 1).timeMicros() / interval.micros();
        List<Candle> candles = new ArrayList<>();
        trades.forEach((bucket, inside) -> candles.add(new Candle(
                ID,
                interval,
                bucket * interval.micros(),
                inside.get(0).priceTicks(),
                inside.stream().mapToLong(Event::priceTicks).max().orElseThrow(),
                inside.stream().mapToLong(Event::priceTicks).min().orElseThrow(),
                inside.get(inside.size() - 1).priceTicks(),
                inside.stream().mapToLong(Event::sizeLots).sum(),
                inside.size(),
                bucket < now)));
        return candles;
    }

    /** What the series has room for. */
    private static List<Candle> newest(List<Candle> candles) {
        return candles.subList(Math.max(0, candles.size() - CandleSeries.CAPACITY), candles.size());
    }
}
