package io.depthcast.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.depthcast.feed.Door;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import io.depthcast.feed.Source;
import io.depthcast.http.Ingest;
import io.depthcast.http.IngestSettings;
import io.depthcast.http.IngestSetup;
import io.depthcast.market.FeedSettings;
import io.depthcast.market.SimulatedSource;
import io.depthcast.metrics.Meters;
import io.depthcast.recording.RecordingWriter;
import io.depthcast.source.RecordingSettings;
import io.depthcast.source.RecordingSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many events a second each way in takes on one core, by the CPU time of the feed loop and of the thread that reads ahead,
 * beside the simulated market, which needs no way in. What publishers send comes over a socket of this machine.
 * {@code mvn -q -Pbench test-compile exec:exec -Dbench.main=io.depthcast.bench.WaysIn}; a minute.
 */
public final class WaysIn {
    private static final int WARM_SECONDS = 4;
    private static final int SECONDS = 6;
    private static final int SYMBOLS = 24;
    private static final long EPOCH_MICROS = 1_795_363_200_000_000L;
    private static final int OBJECTS_PER_TEXT = 100;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Meters meters = new Meters(new SimpleMeterRegistry(), "bench");
    private final Intake intake = new Intake(1, IntakeListener.NONE);
    private final AtomicLong rows = new AtomicLong();
    private volatile long loopThread;

    private WaysIn() {}

    /** Sends to a port of this machine until it is interrupted. */
    private interface Sender {
        void send(Socket to, OutputStream out, int changesPerObject) throws IOException;
    }

    public static void main(String[] arguments) throws Exception {
        System.out.printf("%-44s %14s %12s %18s%n", "way in", "changes/s", "us/change", "changes/s a core");
        new WaysIn().measure("simulated market, 1,000,000/s asked", simulated(1_000_000));
        for (int changes : new int[] {1, 10}) {
            String each = ", " + changes + (changes == 1 ? " change an object" : " changes an object");
            new WaysIn().publish("WebSocket" + each, WaysIn::webSocket, changes);
            new WaysIn().publish("POST of lines" + each, WaysIn::post, changes);
        }
        Path folder = Files.createTempDirectory("ways-in");
        Path recorded = record(folder.resolve("market.rec"));
        new WaysIn().measure("recording .rec", recording(recorded));
        Files.delete(recorded);
        Path lines = write(folder.resolve("market.ndjson"));
        new WaysIn().measure("recording .ndjson, 1 change an object", recording(lines));
        Files.delete(lines);
        Files.delete(folder);
    }

    private static Source simulated(int eventsPerSecond) {
        return new SimulatedSource(new FeedSettings(FeedSettings.SIMULATED, 1, eventsPerSecond), EPOCH_MICROS);
    }

    private static Source recording(Path file) {
        return new RecordingSource(
                new RecordingSettings(file.toString(), "1000000", true, RecordingSettings.SHIFTED),
                new Meters(new SimpleMeterRegistry(), "bench").source("recording"));
    }

    private void publish(String name, Sender sender, int changes) throws Exception {
        Ingest ingest = new Ingest(IngestSetup.open(new IngestSettings("127.0.0.1", "0"), meters));
        CountDownLatch started = new CountDownLatch(1);
        vertx.getOrCreateContext().runOnContext(run -> ingest.start(vertx).onSuccess(open -> started.countDown()));
        if (!started.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the ingest port does not open");
        }
        Thread publisher = new Thread(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ingest.port())) {
                sender.send(socket, new BufferedOutputStream(socket.getOutputStream(), 1 << 18), changes);
            } catch (IOException over) {
                Thread.currentThread().interrupt();
            }
        });
        publisher.setDaemon(true);
        measure(name, ingest, publisher);
    }

    private void measure(String name, Source source, Thread... helpers) throws Exception {
        Context loop = vertx.getOrCreateContext();
        loop.runOnContext(run -> {
            loopThread = Thread.currentThread().getId();
            Door door = intake.open(source.name(), 60_000);
            if (helpers.length == 0) {
                source.start(vertx).onFailure(Throwable::printStackTrace);
            }
            poll(source, door);
            for (Thread helper : helpers) {
                helper.start();
            }
        });
        pass(WARM_SECONDS);
        long rowsBefore = rows.get();
        long cpuBefore = cpuNanos();
        long beganNanos = System.nanoTime();
        pass(SECONDS);
        long cpu = cpuNanos() - cpuBefore;
        long nanos = System.nanoTime() - beganNanos;
        long taken = rows.get() - rowsBefore;
        System.out.printf(
                "%-44s %,14.0f %12.2f %,18.0f%n", name, taken * 1e9 / nanos, cpu / 1e3 / taken, taken * 1e9 / cpu);
        source.stop().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void pass(long seconds) throws Exception {
        vertx.timer(seconds, TimeUnit.SECONDS)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    private void poll(Source source, Door door) {
        long nowMicros = System.currentTimeMillis() * 1_000;
        long nowNanos = System.nanoTime();
        intake.begin(nowMicros, nowNanos);
        source.poll(door, nowMicros, nowNanos);
        EventBatch batch = intake.take();
        if (batch != null) {
            rows.addAndGet(batch.count());
        }
        vertx.setTimer(1, timer -> poll(source, door));
    }

    /** Of the loop, and of the thread that reads recordings. */
    private long cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.getThreadCpuTime(loopThread)
                + Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                        .filter(info -> info != null && info.getThreadName().equals("depthcast-recording"))
                        .mapToLong(info -> threads.getThreadCpuTime(info.getThreadId()))
                        .sum();
    }

    private static void head(OutputStream out, String... lines) throws IOException {
        out.write((String.join("\r\n", lines) + "\r\nHost: localhost\r\n\r\n").getBytes(US_ASCII));
    }

    private static void webSocket(Socket to, OutputStream out, int changes) throws IOException {
        head(
                out,
                "GET /v1/publish?source=bench HTTP/1.1",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        out.flush();
        // Its answer first, or what follows would be taken for a body.
        if (to.getInputStream().read() < 0) {
            throw new IOException("the gateway refuses the WebSocket");
        }
        frame(out, "[" + String.join(",", definitions()) + "]");
        for (int i = 0; !Thread.interrupted(); i += OBJECTS_PER_TEXT) {
            StringBuilder text = new StringBuilder("[");
            for (int j = 0; j < OBJECTS_PER_TEXT; j++) {
                text.append(j == 0 ? "" : ",").append(update(i + j, changes));
            }
            frame(out, text.append(']').toString());
        }
    }

    /** A text frame of less than 64 KiB, masked with zeros. */
    private static void frame(OutputStream out, String text) throws IOException {
        byte[] payload = text.getBytes(US_ASCII);
        out.write(new byte[] {(byte) 0x81, (byte) 0xFE, (byte) (payload.length >>> 8), (byte) payload.length});
        out.write(new byte[4]);
        out.write(payload);
        out.flush();
    }

    private static void post(Socket to, OutputStream out, int changes) throws IOException {
        head(
                out,
                "POST /v1/publish?source=bench HTTP/1.1",
                "Content-Type: application/x-ndjson",
                "Transfer-Encoding: chunked");
        chunk(out, String.join("\n", definitions()) + "\n");
        for (int i = 0; !Thread.interrupted(); i += OBJECTS_PER_TEXT) {
            StringBuilder lines = new StringBuilder();
            for (int j = 0; j < OBJECTS_PER_TEXT; j++) {
                lines.append(update(i + j, changes)).append('\n');
            }
            chunk(out, lines.toString());
        }
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        out.write((Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(US_ASCII));
        out.flush();
    }

    private static List<String> definitions() {
        String[] all = new String[2 * SYMBOLS];
        for (int i = 0; i < SYMBOLS; i++) {
            all[2 * i] = "{\"op\":\"define\",\"symbol\":\"S" + i + "\",\"tickSize\":\"0.01\",\"lotSize\":\"1\"}";
            all[2 * i + 1] = "{\"op\":\"snapshot\",\"symbol\":\"S" + i + "\",\"bids\":[],\"asks\":[]}";
        }
        return List.of(all);
    }

    /** Never the size that is there, so that each is a change. */
    private static String update(int number, int changes) {
        StringBuilder object = new StringBuilder("{\"op\":\"update\",\"symbol\":\"S")
                .append(number % SYMBOLS)
                .append("\",\"bids\":[");
        for (int i = 0; i < changes; i++) {
            object.append(i == 0 ? "" : ",")
                    .append("[\"")
                    .append(100 - i)
                    .append('.')
                    .append(10 + number / SYMBOLS % 90)
                    .append("\",\"")
                    .append(1 + number)
                    .append("\"]");
        }
        return object.append("]}").toString();
    }

    /** Half a minute of the simulated market. */
    private static Path record(Path file) throws IOException {
        Intake recorded = new Intake(EPOCH_MICROS, IntakeListener.NONE);
        Source market = simulated(200_000);
        Door door = recorded.open(market.name(), 60_000);
        try (RecordingWriter writer = new RecordingWriter(
                new BufferedOutputStream(Files.newOutputStream(file)),
                new FeedSnapshot(EPOCH_MICROS, 0, 0, List.of()),
                EPOCH_MICROS)) {
            for (long micros = EPOCH_MICROS; micros < EPOCH_MICROS + 10_000_000; micros += 2_000) {
                recorded.begin(micros, micros * 1_000);
                market.poll(door, micros, micros * 1_000);
                EventBatch batch = recorded.take();
                if (batch != null) {
                    writer.write(batch);
                }
            }
        }
        return file;
    }

    private static Path write(Path file) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            for (String definition : definitions()) {
                out.write(definition + "\n");
            }
            for (int i = 0; i < 2_000_000; i++) {
                out.write(update(i, 1) + "\n");
            }
        }
        return file;
    }
}
