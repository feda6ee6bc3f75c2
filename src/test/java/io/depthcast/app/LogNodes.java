package io.depthcast.app;

import io.depthcast.KafkaBroker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Nodes of one log on the shared broker, and what tests see of them and do to them. One thread. */
final class LogNodes {
    private static final int WAIT_SECONDS = 60;

    private final String name;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Gateway> open = new ArrayList<>();

    /** @param name of the log */
    LogNodes(String name) {
        this.name = name;
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    Gateway start(String role, String kind) throws Exception {
        Gateway gateway = await(Gateway.start(TestSettings.with(
                "http.host=127.0.0.1",
                "http.port=0",
                "management.port=0",
                "ingest.port=0",
                "feed.kind=" + kind,
                "feed.eventsPerSecond=1",
                "node.role=" + role,
                "kafka.name=" + name,
                "kafka.bootstrap=" + KafkaBroker.shared().bootstrap())));
        open.add(gateway);
        return gateway;
    }

    /** Two that have clients and follow the log, proved. */
    List<Gateway> startTwoGateways() throws Exception {
        List<Gateway> two = List.of(start("gateway", "none"), start("gateway", "none"));
        for (Gateway gateway : two) {
            awaitProved(gateway);
        }
        return two;
    }

    void stop(Gateway gateway) throws Exception {
        open.remove(gateway);
        await(gateway.stop());
    }

    /** Until it follows the log, and its books have been proved. */
    void awaitProved(Gateway gateway) throws Exception {
        while (!get(gateway, "/readyz").contains("\"name\":\"log\",\"status\":\"up")) {
            Thread.onSpinWait();
        }
    }

    double metric(Gateway gateway, String metric) throws Exception {
        return get(gateway, "/metrics")
                .lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private String get(Gateway gateway, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.managementPort() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    /** The loop that reads the log, and speaks. */
    static Context feedLoop(Gateway gateway) throws ReflectiveOperationException {
        return (Context) within(within(within(gateway, "feed"), "log"), "loop");
    }

    /** Keeps that loop from turning, as a machine without a core for it does, until the latch is at zero. */
    static CountDownLatch hold(Gateway gateway) throws ReflectiveOperationException {
        CountDownLatch released = new CountDownLatch(1);
        feedLoop(gateway).runOnContext(turn -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return released;
    }

    static Object within(Object holder, String name) throws ReflectiveOperationException {
        Field field = holder.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(holder);
    }

    /** Ends all that run, the last first. */
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            await(open.get(i).stop());
        }
    }
}
