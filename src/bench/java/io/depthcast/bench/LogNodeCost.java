package io.depthcast.bench;

import com.sun.management.OperatingSystemMXBean;
import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedBus;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.FeedVerticle;
import io.depthcast.feed.LogPlace;
import io.depthcast.feed.LogState;
import io.depthcast.feed.Source;
import io.depthcast.feed.StateEncoder;
import io.depthcast.journal.Journal;
import io.depthcast.journal.JournalSettings;
import io.depthcast.journal.JournalVerticle;
import io.depthcast.journal.Kafka;
import io.depthcast.kafka.KafkaSettings;
import io.depthcast.market.FeedSettings;
import io.depthcast.market.SimulatedSource;
import io.depthcast.metrics.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One process of {@link LogCost}: a feed with its books in one process, a feed at a log, or a gateway's books at a log. Says
 * when it is ready, warms up, measures for a while and says what it found. Times of events are those of the machine's clock.
 */
final class LogNodeCost {
    /** Of the events; taking the time of each would be seen in the figures. */
    private static final int SAMPLE = 10;

    private static final int LOOK_MILLIS = 5;
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** What a process is to do. */
    record Task(String role, String bootstrap, int eventsPerSecond, int instruments, int warmSeconds, int seconds) {
        static Task of(String[] words) {
            return new Task(
                    words[0],
                    words[1],
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]),
                    Integer.parseInt(words[4]),
                    Integer.parseInt(words[5]));
        }

        List<String> words() {
            return List.of(
                    role,
                    bootstrap,
                    Integer.toString(eventsPerSecond),
                    Integer.toString(instruments),
                    Integer.toString(warmSeconds),
                    Integer.toString(seconds));
        }
    }

    private final Task task;
    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry, "bench");
    private final Books books = new Books(0, 1);
    private final LongAdder events = new LongAdder();
    private volatile Histogram micros = new Histogram(3);
    /** From when the feed took it from its source. */
    private volatile Histogram takenMicros = new Histogram(3);

    private boolean repairing;

    private LogNodeCost(Task task) {
        this.task = task;
    }

    public static void main(String[] words) throws Exception {
        Task task = Task.of(words);
        new LogNodeCost(task).run();
        System.exit(0);
    }

    private void run() throws Exception {
        FeedBus.register(vertx.eventBus());
        vertx.eventBus().consumer(FeedBus.EVENTS, this::apply);
        vertx.eventBus().consumer(FeedBus.RENEW, renew -> repair());
        boolean isOne = task.role().equals("one");
        @Nullable JournalVerticle log = isOne ? null : log();
        long sinceNanos = System.nanoTime();
        Future<?> deployed = log == null
                ? vertx.deployVerticle(new FeedVerticle(sources(now()), now(), LOOK_MILLIS, Clock.systemUTC(), meters))
                : vertx.deployVerticle(log);
        deployed.await(1, TimeUnit.MINUTES);
        while (log != null && !log.hindrance().await(1, TimeUnit.MINUTES).isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        System.out.printf(
                "ready %d ms after it began, %d ms after its JVM did%n",
                (System.nanoTime() - sinceNanos) / 1_000_000,
                ManagementFactory.getRuntimeMXBean().getUptime());
        if (task.seconds() > 0) {
            measure();
        }
    }

    private void measure() throws InterruptedException {
        TimeUnit.SECONDS.sleep(task.warmSeconds());
        micros = new Histogram(3);
        takenMicros = new Histogram(3);
        long eventsBefore = events.sum();
        double bytesBefore = appendedBytes();
        long cpuBefore = SYSTEM.getProcessCpuTime();
        long sinceNanos = System.nanoTime();
        TimeUnit.SECONDS.sleep(task.seconds());
        double seconds = (System.nanoTime() - sinceNanos) / 1e9;
        long count = events.sum() - eventsBefore;
        double cpuMicros = (SYSTEM.getProcessCpuTime() - cpuBefore) / 1e3 / count;
        Histogram found = micros;
        Histogram since = takenMicros;
        System.out.printf(
                "%,.0f events/s, p50 %.1f ms, p99 %.1f, p99.9 %.1f, largest %.1f; since taken p50 %.1f, p99 %.1f;"
                        + " CPU %.2f us an event, %.0f %% of a core%n",
                count / seconds,
                found.getValueAtPercentile(50) / 1e3,
                found.getValueAtPercentile(99) / 1e3,
                found.getValueAtPercentile(99.9) / 1e3,
                found.getMaxValue() / 1e3,
                since.getValueAtPercentile(50) / 1e3,
                since.getValueAtPercentile(99) / 1e3,
                cpuMicros,
                cpuMicros * count / seconds / 1e4);
        if (appendedBytes() > bytesBefore) {
            System.out.printf(
                    "%.2f bytes of the log an event; %s%n", (appendedBytes() - bytesBefore) / count, states());
        }
    }

    private JournalVerticle log() throws Exception {
        Journal journal = Kafka.open(new KafkaSettings(task.bootstrap(), KafkaSettings.NONE), JournalSettings.DEFAULT);
        LongFunction<List<Source>> sources = task.role().equals("feed") ? this::sources : null;
        return new JournalVerticle(new JournalVerticle.Setup(
                journal,
                task.role() + "-" + ProcessHandle.current().pid(),
                sources,
                0,
                Clock.systemUTC(),
                meters,
                reason -> System.out.println("ended: " + reason)));
    }

    private List<Source> sources(long epoch) {
        FeedSettings settings = new FeedSettings(FeedSettings.SIMULATED, 1, task.eventsPerSecond(), task.instruments());
        return List.of(new SimulatedSource(settings, epoch));
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private void apply(Message<EventBatch> message) {
        EventBatch batch = message.body();
        if (books.apply(batch) == Books.Applied.GAP) {
            repair();
            return;
        }
        events.add(batch.count());
        long nowMicros = now();
        if (batch.count() > 0) {
            takenMicros.recordValue(Math.max(0, nowMicros - batch.wallMicros()));
        }
        for (int i = 0; i < batch.count(); i += SAMPLE) {
            micros.recordValue(Math.max(0, nowMicros - batch.timeMicros(i)));
        }
    }

    private void repair() {
        if (!repairing) {
            repairing = true;
            FeedBus.snapshot(vertx).onComplete(found -> {
                repairing = false;
                if (found.succeeded()) {
                    books.replace(found.result());
                }
            });
        }
    }

    /** As whoever speaks writes them for those who join: of all instruments, and of the largest. */
    private String states() {
        StateEncoder encoder = new StateEncoder();
        FeedSnapshot snapshot = FeedBus.snapshot(vertx).await();
        int[] bytes = snapshot.books().stream()
                .mapToInt(book -> encoder.encode(new LogState(new LogPlace("log-1", 1, 1, "bench", 1, 1), book)).length)
                .toArray();
        return "states of %,d instruments %,d bytes, the largest %,d"
                .formatted(
                        bytes.length,
                        Arrays.stream(bytes).sum(),
                        Arrays.stream(bytes).max().orElse(0));
    }

    private double appendedBytes() {
        return registry.get("depthcast.journal.appended.bytes")
                .functionCounter()
                .count();
    }
}
