package io.depthcast.http;

import io.depthcast.client.PublishClient;
import io.depthcast.client.PublishClient.Level;
import java.net.URI;
import java.util.List;

/** A publisher in Java as a program of its own: tells a book, and then changes of it as fast as one a millisecond. */
public final class PublisherProgram {
    private PublisherProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        String symbol = arguments[1];
        PublishClient client = new PublishClient(URI.create(arguments[0]), null, System.out::println);
        client.start();
        client.define(symbol, "0.01", "1");
        client.snapshot(symbol, List.of(Level.of("10.00", "5")), List.of(Level.of("10.02", "7")));
        for (int i = 1; ; i++) {
            client.update(symbol, List.of(Level.of("10.00", Integer.toString(1 + i % 97))), List.of());
            Thread.sleep(1);
        }
    }
}
