package io.depthcast.bench;

import io.depthcast.feed.Door;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import io.depthcast.feed.Source;
import io.depthcast.market.FeedSettings;
import io.depthcast.market.SimulatedSource;
import io.depthcast.metrics.Meters;
import io.depthcast.recording.RecordingWriter;
import io.depthcast.source.RecordingSettings;
import io.depthcast.source.RecordingSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a gateway keeps that plays ten minutes of the default market in a loop, 100 times as fast, for a day of the recording: 15
 * minutes, or longer where others use the machine. Live heap and resident memory every so often; the ratio of the last to the
 * first says whether it grows. {@code mvn -q -Pbench test-compile exec:exec
 * -Dbench.main=io.depthcast.bench.LoopedRecording}; {@code -Djmh.args=3} for another number of hours of the recording.
 */
public final class LoopedRecording {
    private static final int HOURS = 24;
    private static final int SPEED = 100;
    private static final int RECORDED_SECONDS = 600;
    private static final int EVENTS_PER_SECOND = 2_000;
    private static final int WARM_HOURS = 1;
    private static final int SILENT_SECONDS = 5;
    private static final int MOST_SECONDS = 7_200;
    private static final int LOOKS = 10;
    private static final int POLL_MICROS = 20_000;
    private static final long EPOCH_MICROS = 1_795_363_200_000_000L;

    private static final Pattern PLAYED =
            Pattern.compile("depthcast_source_events_total\\{[^}]*kind=\"recording\"[^}]*} (\\S+)");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private LoopedRecording() {}

    public static void main(String[] arguments) throws Exception {
        int hours = arguments.length > 0 ? Integer.parseInt(arguments[0]) : HOURS;
        Path file = Files.createTempFile("looped", ".rec");
        record(file);
        double eventsPerHour = countEvents(file) * 3_600.0 / RECORDED_SECONDS;
        try (Child child = Child.gateway(
                20,
                "feed.kind=recording",
                "feed.recording.files=" + file,
                "feed.recording.loop=true",
                "feed.recording.speed=" + SPEED)) {
            long beganNanos = System.nanoTime();
            double firstHeap = 0;
            double firstResident = 0;
            double heap = 0;
            double resident = 0;
            for (int look = 0; look <= LOOKS; look++) {
                double due = WARM_HOURS + (double) look * (hours - WARM_HOURS) / LOOKS;
                await(child, due * eventsPerHour, beganNanos);
                heap = child.liveHeapBytes() / 1048576.0;
                resident = child.residentBytes() / 1048576.0;
                firstHeap = look == 0 ? heap : firstHeap;
                firstResident = look == 0 ? resident : firstResident;
                System.out.printf(
                        "after %.1f h of the recording, %d s: %.1f MiB live in the heap, %.1f MiB resident, %.0f s of CPU%n",
                        due,
                        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNanos),
                        heap,
                        resident,
                        child.cpu().toMillis() / 1e3);
            }
            System.out.printf("last / first: heap %.3f, resident %.3f%n", heap / firstHeap, resident / firstResident);
        } finally {
            Files.delete(file);
        }
    }

    /** Until so many events were played. */
    private static void await(Child child, double events, long beganNanos) throws Exception {
        while (played(child) < events) {
            if (System.nanoTime() - beganNanos > TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
                throw new IllegalStateException("the recording is played too slowly");
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static double played(Child child) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + child.managementPort() + "/metrics"))
                .build();
        Matcher matcher =
                PLAYED.matcher(HTTP.send(request, BodyHandlers.ofString()).body());
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }

    /** As the gateway counts them: plays it once, as fast as it goes. */
    private static double countEvents(Path file) throws InterruptedException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Source source = new RecordingSource(
                new RecordingSettings(file.toString(), "1000000", false, RecordingSettings.KEPT),
                new Meters(registry, "bench").source("recording"));
        Vertx vertx = Vertx.vertx();
        source.start(vertx).onFailure(Throwable::printStackTrace);
        Intake intake = new Intake(EPOCH_MICROS, IntakeListener.NONE);
        Door door = intake.open(source.name(), 60_000);
        double counted = 0;
        for (long grewNanos = System.nanoTime();
                System.nanoTime() - grewNanos < TimeUnit.SECONDS.toNanos(SILENT_SECONDS); ) {
            long nowNanos = System.nanoTime();
            long nowMicros = EPOCH_MICROS + TimeUnit.DAYS.toMicros(1) + nowNanos / 1_000;
            intake.begin(nowMicros, nowNanos);
            source.poll(door, nowMicros, nowNanos);
            var unused = intake.take();
            double now =
                    registry.get("depthcast.source.events").functionCounter().count();
            if (now > counted) {
                counted = now;
                grewNanos = nowNanos;
            }
        }
        vertx.close().onFailure(Throwable::printStackTrace);
        System.out.printf("%,.0f events in %d s of the recording%n", counted, RECORDED_SECONDS);
        return counted;
    }

    private static void record(Path file) throws IOException {
        Intake intake = new Intake(EPOCH_MICROS, IntakeListener.NONE);
        SimulatedSource market =
                new SimulatedSource(new FeedSettings(FeedSettings.SIMULATED, 1, EVENTS_PER_SECOND), EPOCH_MICROS);
        Door door = intake.open(market.name(), 60_000);
        try (RecordingWriter writer = new RecordingWriter(
                new BufferedOutputStream(Files.newOutputStream(file)),
                new FeedSnapshot(EPOCH_MICROS, 0, 0, List.of()),
                EPOCH_MICROS)) {
            long endMicros = EPOCH_MICROS + TimeUnit.SECONDS.toMicros(RECORDED_SECONDS);
            for (long micros = EPOCH_MICROS; micros < endMicros; micros += POLL_MICROS) {
                intake.begin(micros, TimeUnit.MICROSECONDS.toNanos(micros));
                market.poll(door, micros, TimeUnit.MICROSECONDS.toNanos(micros));
                EventBatch batch = intake.take();
                if (batch != null) {
                    writer.write(batch);
                }
            }
        }
    }
}
