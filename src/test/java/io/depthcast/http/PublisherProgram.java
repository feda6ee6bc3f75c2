package io.depthcast.http;

import io.depthcast.client.PublishClient;
import io.depthcast.client.PublishClient.Level;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A publisher in Java as a program of its own: tells a book, and then changes of it as fast as one a millisecond. */
public final class PublisherProgram {
    private PublisherProgram() {}

    public static void main(String[] arguments) {
        String symbol = arguments[1];
        PublishClient client = new PublishClient(URI.create(arguments[0]), null, System.out::println);
        client.start();
        client.define(symbol, "0.01", "1");
        client.snapshot(symbol, List.of(Level.of("10.00", "5")), List.of(Level.of("10.02", "7")));
        AtomicInteger number = new AtomicInteger();
        Runnable change = () -> {
            String size = Integer.toString(1 + number.incrementAndGet() % 97);
            client.update(symbol, List.of(Level.of("10.00", size)), List.of());
        };
        var unused =
                Executors.newSingleThreadScheduledExecutor().scheduleAtFixedRate(change, 1, 1, TimeUnit.MILLISECONDS);
    }
}
