package io.depthcast.bench;

import io.depthcast.client.StreamTerms;
import io.depthcast.wire.Channel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What it costs the gateway when all clients lose their connection and come back at once, without any wait, each resuming
 * its book: CPU time, encodings, and the time until the last has a proved book again. {@code mvn -q -Pbench test-compile
 * exec:exec -Dbench.main=io.depthcast.bench.ReconnectStorm}; {@code -Djmh.args=1000} for another number of clients.
 */
public final class ReconnectStorm {
    private static final int CLIENTS = 5_000;
    private static final int CONNECTED_AT_ONCE = 100;
    private static final int FLUSH_MILLIS = 200;
    private static final int PASSES = 3;
    private static final int PATIENCE_SECONDS = 120;
    private static final int SETTLE_SECONDS = 5;

    private ReconnectStorm() {}

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : CLIENTS;
        Child.stepAside();
        try (Child child = Child.gateway(FLUSH_MILLIS);
                ProvingClient.Run run = new ProvingClient.Run(child)) {
            List<ProvingClient> clients = connect(run, count);
            double idle = idleCores(child);
            for (int pass = 0; pass < PASSES; pass++) {
                storm(child, run, clients, idle);
                TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            }
        }
    }

    private static List<ProvingClient> connect(ProvingClient.Run run, int count) throws Exception {
        List<ProvingClient> clients = new ArrayList<>();
        while (clients.size() < count) {
            int step = Math.min(CONNECTED_AT_ONCE, count - clients.size());
            CountDownLatch proved = new CountDownLatch(step);
            for (int i = 0; i < step; i++) {
                ProvingClient client = new ProvingClient(run, run.settings, run.context, false, proved);
                client.client.subscribe(Channel.BOOK, StreamTerms.book(25), "BTC-USD");
                client.client.start();
                clients.add(client);
            }
            await(proved);
        }
        return clients;
    }

    /** Of a core, while all clients are served and none comes or goes. */
    private static double idleCores(Child child) throws InterruptedException {
        long before = child.cpu().toNanos();
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        return (child.cpu().toNanos() - before) / 1e9 / SETTLE_SECONDS;
    }

    private static void storm(Child child, ProvingClient.Run run, List<ProvingClient> clients, double idle)
            throws Exception {
        CountDownLatch proved = new CountDownLatch(clients.size());
        double encodings = encodings(child);
        long cpuNanos = child.cpu().toNanos();
        long startNanos = System.nanoTime();
        clients.forEach(client -> client.comeBack(proved));
        await(proved);
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        double cpuSeconds = (child.cpu().toNanos() - cpuNanos) / 1e9;
        System.out.printf(
                "%d clients back and proved in %.2f s: %.2f CPU-seconds of the gateway, %.2f less what serving takes, "
                        + "%.0f encodings in %.0f flushes, %d doubts%n",
                clients.size(),
                seconds,
                cpuSeconds,
                cpuSeconds - idle * seconds,
                encodings(child) - encodings,
                seconds * 1e3 / FLUSH_MILLIS,
                run.doubts);
    }

    private static void await(CountDownLatch proved) throws IOException, InterruptedException {
        if (!proved.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(proved.getCount() + " clients have no book after " + PATIENCE_SECONDS + " s");
        }
    }

    private static double encodings(Child child) throws IOException, InterruptedException {
        URI metrics = URI.create("http://localhost:" + child.managementPort() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("depthcast_encodings_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
