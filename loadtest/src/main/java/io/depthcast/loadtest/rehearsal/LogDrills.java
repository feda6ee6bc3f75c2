package io.depthcast.loadtest.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What happens to the log itself. */
final class LogDrills {
    private static final TopicPartition EVENTS = new TopicPartition("depthcast.events", 0);
    private static final int PATIENCE_SECONDS = 20;
    private static final int PAUSE_SECONDS = 5;
    private static final int HEAL_SECONDS = 40;
    private static final long SILENCE_MILLIS = 11_000;
    private static final int ABNORMAL = 1006;
    /** Stale is 3 s after the last batch; then somebody looks at the clock. */
    private static final long TOLD_MILLIS = 4_000;

    /** What the gateway asks of the topic. */
    private static final Map<String, String> SETTINGS =
            Map.of("message.timestamp.type", "LogAppendTime", "max.message.bytes", Integer.toString(8 * 1_024 * 1_024));

    static final List<Drill> ALL = List.of(
            new Drill("corrupt", "a damaged record counts for nobody; nobody notices", LogDrills::corrupt),
            FeedDrills.CLOCK,
            new Drill("retention", "cut under a paused node: healed by states", LogDrills::retention),
            new Drill(
                    "topic-deleted",
                    "deleted and made anew: stale, told, never a guess; then the feed begins anew",
                    LogDrills::deleted),
            new Drill("unknown-version", "of a later version: named, stale, never a guess", LogDrills::unknown));

    private LogDrills() {}

    private static void corrupt(Stage stage, Verdict verdict) throws Exception {
        stage.crowd().act(0);
        append(stage, "no batch at all".getBytes(UTF_8));
        TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        verdict.seamless(stage.settle(PATIENCE_SECONDS, verdict));
        verdict.holds("it is counted", stage.a().metric("depthcast_journal_ignored_total{reason=\"corrupt\"}") >= 1);
    }

    private static void retention(Stage stage, Verdict verdict) throws Exception {
        stage.crowd().act(ABNORMAL, SILENCE_MILLIS + Findings.PATIENCE_MILLIS);
        stage.b().pause();
        TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        try (Admin admin = stage.broker().admin()) {
            ListOffsetsResultInfo end = admin.listOffsets(Map.of(EVENTS, OffsetSpec.latest()))
                    .partitionResult(EVENTS)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            admin.deleteRecords(Map.of(EVENTS, RecordsToDelete.beforeOffset(end.offset())))
                    .all()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        stage.b().wake();
        Findings seen = stage.settle(HEAL_SECONDS, verdict);
        verdict.unharmed(seen);
        awaitReady(stage, verdict);
    }

    private static void deleted(Stage stage, Verdict verdict) throws Exception {
        stage.crowd().mayHop(false);
        stage.crowd().act(0, TimeUnit.SECONDS.toMillis(PAUSE_SECONDS + 2L * HEAL_SECONDS));
        try (Admin admin = stage.broker().admin()) {
            admin.deleteTopics(List.of(EVENTS.topic())).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
            NewTopic anew = new NewTopic(EVENTS.topic(), 1, (short) 1).configs(SETTINGS);
            admin.createTopics(List.of(anew)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        long anewNanos = System.nanoTime();
        // A feed that had said what is gone ends, and is started again; which may be noticed late.
        for (int look = 0;
                look < HEAL_SECONDS && !(stage.a().isReady() && stage.b().isReady());
                look++) {
            stage.revive();
            TimeUnit.SECONDS.sleep(1);
        }
        awaitReady(stage, verdict);
        verdict.figure("ms from the new topic to both ready " + (System.nanoTime() - anewNanos) / 1_000_000);
        Findings seen = stage.settle(HEAL_SECONDS, verdict);
        verdict.equal("wrong books", 0, seen.wrongBooks);
        verdict.equal("errors", 0, seen.errors);
        verdict.equal("clients that lost their connection", 0, seen.lost);
        verdict.equal("changes of epoch", stage.clients(), seen.epochs);
        verdict.holds("silence is told", seen.staleAfterMillis >= 0);
        verdict.atMost("ms until stale is told", TOLD_MILLIS, seen.staleAfterMillis);
        stage.crowd().mayHop(true);
    }

    private static void unknown(Stage stage, Verdict verdict) throws Exception {
        stage.crowd().act(0, TimeUnit.SECONDS.toMillis(HEAL_SECONDS));
        stage.crowd().mayHop(false);
        byte[] later = new byte[16];
        later[0] = 99;
        append(stage, sealed(later));
        TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        Findings seen = stage.crowd().findings();
        verdict.equal("wrong books", 0, seen.wrongBooks);
        verdict.holds("stale is told", seen.staleAfterMillis >= 0);
        verdict.holds("no gateway is ready", !stage.a().isReady() && !stage.b().isReady());
        verdict.holds(
                "it is counted", stage.a().metric("depthcast_journal_ignored_total{reason=\"unknown-version\"}") >= 1);
    }

    private static void awaitReady(Stage stage, Verdict verdict) throws InterruptedException {
        for (Node node : List.of(stage.a(), stage.b())) {
            for (int look = 0; look < HEAL_SECONDS * 10 && !node.isReady(); look++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            verdict.holds("gateway " + node.name() + " is ready", node.isReady());
        }
    }

    /** With the checksum that every version ends with, CRC-32C of all before, little-endian. */
    private static byte[] sealed(byte[] record) {
        CRC32C checksum = new CRC32C();
        checksum.update(record, 0, record.length - 4);
        for (int i = 0; i < 4; i++) {
            record[record.length - 4 + i] = (byte) (checksum.getValue() >>> (8 * i));
        }
        return record;
    }

    private static void append(Stage stage, byte[] record) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stage.broker().bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(EVENTS.topic(), 0, null, record))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
