package io.depthcast.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.depthcast.KafkaBroker;
import io.depthcast.feed.Door;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import io.depthcast.kafka.KafkaSettings;
import io.depthcast.metrics.Meters;
import io.depthcast.source.KafkaFeedSettings;
import io.depthcast.source.KafkaSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How many events a second a topic of Kafka brings in: a million records are written beforehand, then read from the oldest into
 * an intake as fast as they come. CPU is that of the feed loop and of Kafka's thread together; the broker's is its own.
 */
public final class TopicIntake {
    private static final int SYMBOLS = 24;
    private static final int RECORDS = 1_000_000;
    /** By then the compilers are done. */
    private static final int WARM_RECORDS = 400_000;

    private static final Vertx NONE = null;

    private final Random random = new Random(1);

    private TopicIntake() {}

    public static void main(String[] arguments) throws Exception {
        try (KafkaBroker broker = KafkaBroker.started()) {
            System.out.printf(
                    "%-34s %12s %18s %18s %18s%n",
                    "record", "changes/s", "feed loop us/chg", "Kafka thread us", "changes/s a core");
            new TopicIntake().measure(broker, "single", 1);
            new TopicIntake().measure(broker, "ten", 10);
        }
    }

    private void measure(KafkaBroker broker, String topic, int changes) throws Exception {
        broker.createTopic(topic, 1, Map.of());
        int records = RECORDS / changes;
        int warm = WARM_RECORDS / changes;
        write(broker, topic, records, changes);
        KafkaSource source = new KafkaSource(
                new KafkaSettings(broker.bootstrap(), KafkaSettings.NONE),
                new KafkaFeedSettings(topic, KafkaFeedSettings.OLDEST),
                new Meters(new SimpleMeterRegistry(), "bench").source("kafka"));
        source.start(NONE).toCompletionStage().toCompletableFuture().get();
        Intake intake = new Intake(1, IntakeListener.NONE);
        Door door = intake.open("kafka", 10_000);
        long rows = pull(intake, source, door, warm * (long) changes);
        long[] before = cpuNanos();
        long sinceNanos = System.nanoTime();
        long measured = pull(intake, source, door, (records - warm) * (long) changes * 9 / 10);
        long nanos = System.nanoTime() - sinceNanos;
        long[] after = cpuNanos();
        double feed = (after[0] - before[0]) / 1e3 / measured;
        double kafka = (after[1] - before[1]) / 1e3 / measured;
        System.out.printf(
                "%-34s %,12.0f %18.2f %18.2f %,18.0f%n",
                changes + " changes, after " + rows + " rows",
                measured * 1e9 / nanos,
                feed,
                kafka,
                1e6 / (feed + kafka));
        source.stop().toCompletionStage().toCompletableFuture().get();
    }

    /** Polls until so many rows have come. Returns how many did. */
    private static long pull(Intake intake, KafkaSource source, Door door, long rows) {
        long taken = 0;
        while (taken < rows) {
            long nowNanos = System.nanoTime();
            intake.begin(System.currentTimeMillis() * 1_000, nowNanos);
            source.poll(door, System.currentTimeMillis() * 1_000, nowNanos);
            EventBatch batch = intake.take();
            if (batch != null) {
                taken += batch.count();
            } else {
                Thread.onSpinWait();
            }
        }
        return taken;
    }

    /** Of this thread, and of Kafka's. */
    private static long[] cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long kafka = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().equals("depthcast-kafka"))
                .mapToLong(info -> threads.getThreadCpuTime(info.getThreadId()))
                .sum();
        return new long[] {threads.getCurrentThreadCpuTime(), kafka};
    }

    private void write(KafkaBroker broker, String topic, int records, int changes) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "linger.ms", 20, "batch.size", 262_144),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < SYMBOLS; i++) {
                send(
                        producer,
                        topic,
                        i,
                        "{\"op\":\"define\",\"symbol\":\"S%d\",\"tickSize\":\"0.01\",\"lotSize\":\"1\"}");
                send(producer, topic, i, "{\"op\":\"snapshot\",\"symbol\":\"S%d\",\"bids\":[],\"asks\":[]}");
            }
            for (int i = 0; i < records; i++) {
                StringBuilder levels = new StringBuilder();
                for (int change = 0; change < changes; change++) {
                    levels.append(change == 0 ? "" : ",")
                            .append("[\"")
                            .append(100 - change)
                            .append('.')
                            .append(10 + random.nextInt(90))
                            .append("\",\"")
                            // Never the size that is there, so that each is a change.
                            .append(1 + i)
                            .append("\"]");
                }
                send(
                        producer,
                        topic,
                        random.nextInt(SYMBOLS),
                        "{\"op\":\"update\",\"symbol\":\"S%d\",\"bids\":[" + levels + "]}");
            }
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, int symbol, String object) {
        byte[] key = ("S" + symbol).getBytes(UTF_8);
        // The callback has nothing to do: what is missing, the reader waits for in vain.
        var unused = producer.send(new ProducerRecord<>(
                topic, key, object.replace("%d", Integer.toString(symbol)).getBytes(UTF_8)));
    }
}
