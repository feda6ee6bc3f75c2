package io.depthcast.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.Instrument;
import io.depthcast.feed.Door;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedFeedTest {
    private static final long START = 1_795_363_200_000_000L;
    private static final long SECOND = 1_000_000;

    @Test
    void shouldOpenWithFullBooks() {
        SimulatedFeed feed = feed(1, 2_000);
        FeedSnapshot opening = feed.snapshot();
        assertThat(opening.epoch()).isEqualTo(START);
        assertThat(opening.sequence()).isEqualTo(rows(opening));
        assertThat(opening.books().stream().map(FeedSnapshot.Book::instrument)).isEqualTo(feed.instruments());
        assertThat(opening.books()).allSatisfy(book -> {
            assertThat(book.bids().count()).isGreaterThanOrEqualTo(100);
            assertThat(book.asks().count()).isGreaterThanOrEqualTo(100);
            assertThat(book.lastTradeId()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 25, 200})
    void shouldTradeAsManyInstrumentsAsAreSet(int instruments) {
        FeedSettings settings = new FeedSettings(FeedSettings.SIMULATED, 1, 100_000, instruments);
        SimulatedFeed feed = new SimulatedFeed(settings, START);
        NaiveMarket naive = new NaiveMarket(feed.snapshot());
        assertThat(feed.instruments()).hasSize(instruments);
        assertThat(feed.instruments().stream().map(Instrument::symbol)).doesNotHaveDuplicates();
        for (long now = START; now < START + SECOND / 2; now += 10_000) {
            EventBatch batch = feed.poll(now, 0);
            if (batch != null) {
                naive.apply(batch);
            }
        }
        assertThat(state(feed)).isEqualTo(naive.state());
    }

    @Test
    void shouldYieldNothingBeforeTheStart() {
        assertThat(feed(1, 1_000_000).poll(START - 1, 0)).isNull();
    }

    /** As where a feed takes over whose clock is behind that of the one before. */
    @Test
    void shouldOpenAtOnceWhereTheClockIsFarBehindTheEpoch() {
        long epoch = START + 3_600 * SECOND;
        Intake intake = new Intake(epoch, IntakeListener.NONE);
        SimulatedSource source = new SimulatedSource(new FeedSettings(FeedSettings.SIMULATED, 1, 100_000), epoch);
        Door door = intake.open(source.name(), source.silenceMillis());
        intake.begin(START, 0);
        source.poll(door, START, 0);
        assertThat(intake.take()).isNotNull();
        intake.begin(START + SECOND / 10, 1);
        source.poll(door, START + SECOND / 10, 1);
        EventBatch batch = intake.take();
        assertThat(batch.count()).isBetween(5_000, 20_000);
        assertThat(batch.timeMicros(batch.count() - 1)).isBetween(START, START + SECOND / 10);
    }

    @ParameterizedTest
    @CsvSource({
        "1,1,1000000", "2,1,60000000", "3,2000,1000", "4,2000,20000", "5,50000,5000", "6,1000000,1000",
        "-1,3,7000000", "0,700,300", "123456789,2000,999", "-987654321,1000000,5000", "7,999999,11", "8,20000,33333"
    })
    void shouldBeAMarketThatAnExchangeCouldHaveSent(long seed, int eventsPerSecond, long pollMicros) {
        SimulatedFeed feed = feed(seed, eventsPerSecond);
        NaiveMarket naive = new NaiveMarket(feed.snapshot());
        long now = START;
        for (long events = 0; events < 100_000; ) {
            now += pollMicros;
            EventBatch batch = feed.poll(now, 0);
            if (batch == null) {
                events++;
                continue;
            }
            naive.apply(batch);
            assertThat(batch.timeMicros(batch.count() - 1)).isLessThanOrEqualTo(now);
            events += batch.count();
        }
        assertThat(state(feed)).isEqualTo(naive.state());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldRebuildEveryBookFromAnySnapshotAndTheEventsAfterIt(long seed) {
        SimulatedFeed feed = feed(seed, 1_000_000);
        SplittableRandom random = new SplittableRandom(seed);
        List<NaiveMarket> readers = new ArrayList<>();
        for (long now = START; now < START + SECOND / 5; now += random.nextLong(1, 10_000)) {
            EventBatch batch = feed.poll(now, 0);
            if (batch != null) {
                readers.forEach(reader -> reader.apply(batch));
            }
            if (readers.size() < 3) {
                readers.add(new NaiveMarket(feed.snapshot()));
            }
        }
        assertThat(readers).allSatisfy(reader -> assertThat(reader.state()).isEqualTo(state(feed)));
    }

    @ParameterizedTest
    @CsvSource({"1,10000", "2000,20", "1000000,0.05"})
    void shouldYieldTheSameEventsHoweverItIsPolled(int eventsPerSecond, double seconds) {
        long micros = (long) (seconds * SECOND);
        List<String> often = events(feed(9, eventsPerSecond), micros, micros / 1000);
        List<String> seldom = events(feed(9, eventsPerSecond), micros, micros / 50);
        List<String> another = events(feed(10, eventsPerSecond), micros, micros / 50);
        assertThat(often).isEqualTo(seldom).isNotEqualTo(another);
    }

    /** The number changes with the model, and then only; not with the version of Java or the processor. */
    @Test
    void shouldYieldTheSameEventsOnEveryMachine() {
        assertThat(events(feed(1, 2_000), 30 * SECOND, SECOND).hashCode()).isEqualTo(519_666_569);
    }

    @ParameterizedTest
    @CsvSource({"1,600", "1,10000", "7,2000", "2000,10", "2000,300", "1000000,3"})
    void shouldYieldAsManyEventsAsAreSet(int eventsPerSecond, long seconds) {
        SimulatedFeed feed = feed(11, eventsPerSecond);
        long count = 0;
        for (long now = START; now <= START + seconds * SECOND; now += 20_000) {
            EventBatch batch = feed.poll(now, 0);
            count += events(batch);
        }
        assertThat((double) count / seconds).isCloseTo(eventsPerSecond, within(0.02 * eventsPerSecond));
    }

    @Test
    void shouldCatchUpInBoundedBatchesAndStandStillForTheRestOfALongAbsence() {
        SimulatedFeed absent = feed(12, 1_000_000);
        SimulatedFeed present = feed(12, 1_000_000);
        NaiveMarket naive = new NaiveMarket(absent.snapshot());
        long back = START + 3600 * SECOND;
        long count = 0;
        for (EventBatch batch = absent.poll(back, 0); batch != null; batch = absent.poll(back, 0)) {
            assertThat(batch.count()).isLessThan(60_000);
            assertThat(batch.timeMicros(0)).isGreaterThanOrEqualTo(back - SECOND / 10);
            naive.apply(batch);
            count += batch.count();
        }
        assertThat(count).isBetween(98_000L, 102_000L);
        for (long events = 0; events < count; ) {
            EventBatch batch = present.poll(START + SECOND / 10, 0);
            events += batch == null ? count : batch.count();
        }
        assertThat(state(present).books()).isEqualTo(state(absent).books());
    }

    @Test
    void shouldNotCrossTimesWhenTheClockGoesBack() {
        SimulatedFeed feed = feed(13, 2_000);
        NaiveMarket naive = new NaiveMarket(feed.snapshot());
        EventBatch first = feed.poll(START + SECOND, 0);
        assertThat(feed.poll(START, 0)).isNull();
        EventBatch second = feed.poll(START + 2 * SECOND, 0);
        naive.apply(first);
        naive.apply(second);
        assertThat(naive.state()).isEqualTo(state(feed));
    }

    /** One for each definition and level, and one for the time. */
    private static long rows(FeedSnapshot opening) {
        return 1
                + opening.books().stream()
                        .mapToLong(book -> 1 + book.bids().count() + book.asks().count())
                        .sum();
    }

    private static NaiveMarket.State state(SimulatedFeed feed) {
        return NaiveMarket.State.of(feed.snapshot());
    }

    private static long events(EventBatch batch) {
        return batch == null
                ? 0
                : IntStream.range(0, batch.count())
                        .filter(i -> batch.kind(i).isLevel() || batch.kind(i).isTrade())
                        .count();
    }

    private static SimulatedFeed feed(long seed, int eventsPerSecond) {
        return new SimulatedFeed(new FeedSettings(FeedSettings.SIMULATED, seed, eventsPerSecond), START);
    }

    private static List<String> events(SimulatedFeed feed, long forMicros, long pollMicros) {
        List<String> events = new ArrayList<>();
        for (long now = START; now <= START + forMicros; now += pollMicros) {
            EventBatch batch = feed.poll(now, 0);
            for (int i = 0; batch != null && i < batch.count(); i++) {
                if (batch.kind(i) == EventBatch.Kind.TIME) {
                    continue;
                }
                events.add(batch.timeMicros(i) + " " + batch.instrumentId(i) + " " + batch.kind(i) + " "
                        + batch.priceTicks(i) + " " + batch.sizeLots(i) + " " + batch.tradeId(i));
            }
        }
        return events;
    }
}
