package io.depthcast.app;

import io.depthcast.book.BookShapes;
import io.depthcast.client.BookMessage;
import io.depthcast.client.ClientContext;
import io.depthcast.client.ClientListener;
import io.depthcast.client.ClientSettings;
import io.depthcast.client.MarketClient;
import io.depthcast.client.StreamTerms;
import io.depthcast.config.Catalogue;
import io.depthcast.config.Configuration;
import io.depthcast.config.Given;
import io.depthcast.config.Reading;
import io.depthcast.config.Source;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.Encodings;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A short life of a gateway with the simulated market, which has the JVM load what a start and the first clients need. A JVM
 * that was told to write a class-data archive does so when it is over.
 */
final class Training {
    private static final int LONGEST_SECONDS = 60;
    private static final String SYMBOL = "BTC-USD";
    private static final List<String> PUBLIC = List.of("/v1/book/" + SYMBOL, "/v1/instruments", "/", "/docs/");
    private static final List<String> MANAGEMENT = List.of("/readyz", "/metrics");

    private Training() {}

    /** Blocks until it is over. Returns the exit code. */
    static int run(PrintWriter out, PrintWriter err) {
        Settings settings = settings();
        Logging.apply(settings.log());
        try {
            Gateway gateway = Gateway.start(settings)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(LONGEST_SECONDS, TimeUnit.SECONDS);
            try {
                serve(gateway);
            } finally {
                gateway.stop().toCompletionStage().toCompletableFuture().get(LONGEST_SECONDS, TimeUnit.SECONDS);
            }
            out.println("The first book was served.");
            return ExitCode.OK;
        } catch (ExecutionException | TimeoutException | IOException | InterruptedException e) {
            err.println("depthcast: cannot be trained: " + e);
            return ExitCode.CANNOT_START;
        }
    }

    /** None of the operator's: nobody else is to meet this gateway, and it is to need nobody. */
    private static Settings settings() {
        List<Given> given = List.of(
                Given.text("http.host", "127.0.0.1", "--train"),
                Given.text("http.port", "0", "--train"),
                Given.text("management.port", "0", "--train"),
                Given.text("ingest.port", "0", "--train"));
        Reading reading = Configuration.read(new Catalogue(Keys.ALL), List.of(new Source(given, List.of())), Rules.ALL);
        if (reading instanceof Reading.Accepted accepted) {
            return Settings.of(accepted.settings());
        }
        throw new IllegalStateException("the defaults are not good: " + reading);
    }

    /** Streams come first, because they wait for the first book. */
    private static void serve(Gateway gateway)
            throws ExecutionException, TimeoutException, IOException, InterruptedException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            for (Encoding encoding : List.of(Encodings.SBE, Encodings.COMPACT)) {
                stream(gateway.httpPort(), encoding, ClientContext.of(loops));
            }
        } finally {
            loops.shutdownGracefully(0, LONGEST_SECONDS, TimeUnit.SECONDS).await(LONGEST_SECONDS, TimeUnit.SECONDS);
        }
        HttpClient http = HttpClient.newHttpClient();
        for (String path : PUBLIC) {
            get(http, gateway.httpPort(), path);
        }
        for (String path : MANAGEMENT) {
            get(http, gateway.managementPort(), path);
        }
    }

    private static void stream(int port, Encoding encoding, ClientContext context)
            throws ExecutionException, TimeoutException, InterruptedException {
        CompletableFuture<BookMessage> book = new CompletableFuture<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void onBook(BookMessage message) {
                book.complete(message);
            }
        };
        URI uri = URI.create("ws://127.0.0.1:" + port + "/v1/stream");
        MarketClient client = new MarketClient(ClientSettings.of(uri).withEncoding(encoding), context, listener);
        client.subscribe(Channel.BOOK, StreamTerms.book(BookShapes.DEFAULT_DEPTH), SYMBOL);
        client.start();
        book.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        client.close().await(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    private static void get(HttpClient http, int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException(path + " was answered with " + status);
        }
    }
}
