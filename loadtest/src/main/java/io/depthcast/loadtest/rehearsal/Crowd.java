package io.depthcast.loadtest.rehearsal;

import io.depthcast.client.ClientContext;
import io.depthcast.client.ClientSettings;
import io.depthcast.client.MarketClient;
import io.depthcast.client.StreamTerms;
import io.depthcast.loadtest.generator.Market;
import io.depthcast.wire.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** All clients, on one event loop. Each has a book that it proves, and an address of its own, as users have. */
final class Crowd implements AutoCloseable {
    /** Books that move at every interval, so that silence means something. */
    private static final int BOOKS = 8;

    private static final int BLOCK = 250;
    private static final int CLOSE_SECONDS = 10;
    private static final int LOOK_MILLIS = 100;
    private static final int HOP_MILLIS = 100;

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Findings findings = new Findings();
    private final List<Watch> watches = new ArrayList<>();
    private final List<MarketClient> clients = new ArrayList<>();
    private volatile boolean hopping;

    /**
     * @param port of the proxy
     * @param depth of each book
     */
    Crowd(int port, int size, int depth, int intervalMillis) throws Exception {
        this(port, size, depth, intervalMillis, ClientSettings.of(stream(port)));
    }

    /** Clients that stay where they are, though they hear nothing for so long. */
    static Crowd patient(int port, int size, int depth, int intervalMillis, long silenceMillis) throws Exception {
        return new Crowd(
                port,
                size,
                depth,
                intervalMillis,
                ClientSettings.of(stream(port)).withSilence(silenceMillis));
    }

    private static URI stream(int port) {
        return URI.create("ws://127.0.0.1:" + port + "/v1/stream");
    }

    private Crowd(int port, int size, int depth, int intervalMillis, ClientSettings settings) throws Exception {
        List<String> symbols = Market.of(port).ranked();
        ClientContext context = ClientContext.of(loop);
        for (int number = 0; number < size; number++) {
            Watch watch = new Watch(number, findings);
            MarketClient client = new MarketClient(
                    settings, context.withBootstrap(context.bootstrap().clone().localAddress(address(number))), watch);
            client.subscribe(
                    Channel.BOOK,
                    StreamTerms.book(depth).every(intervalMillis),
                    symbols.get(number % Math.min(BOOKS, symbols.size())));
            watches.add(watch);
            clients.add(client);
        }
    }

    private static InetSocketAddress address(int number) {
        return new InetSocketAddress("127.1." + number / BLOCK + "." + (1 + number % BLOCK), 0);
    }

    void start() {
        clients.forEach(MarketClient::start);
    }

    /** From now on one of them at a time, at random, drops its connection, and resumes where the proxy sends it. */
    void hop(Random random) {
        hopping = true;
        loop.next()
                .scheduleAtFixedRate(
                        () -> {
                            int number = random.nextInt(clients.size());
                            if (hopping && watches.get(number).hops()) {
                                clients.get(number).reconnect();
                            }
                        },
                        HOP_MILLIS,
                        HOP_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    /** Whether they hop; not where no gateway is ready, for the proxy then leads to none. */
    void mayHop(boolean may) {
        hopping = may;
    }

    /** A new act: what is counted begins anew. */
    void act(int expectedCode) {
        act(expectedCode, Findings.PATIENCE_MILLIS);
    }

    /** The same where clients must be more patient, milliseconds beyond their wait. */
    void act(int expectedCode, long patienceMillis) {
        on(() -> {
            findings.act(expectedCode, patienceMillis);
            return true;
        });
    }

    /** What was seen in this act until now. */
    Findings findings() {
        return on(() -> {
            long nowNanos = System.nanoTime();
            watches.forEach(watch -> watch.look(nowNanos));
            return findings.copy();
        });
    }

    /** Waits until every client is connected and has had data after now; returns whether that came to be. */
    boolean awaitData(long seconds) throws InterruptedException {
        long startNanos = System.nanoTime();
        boolean all = false;
        while (!all && System.nanoTime() - startNanos < TimeUnit.SECONDS.toNanos(seconds)) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            all = on(() -> watches.stream().allMatch(watch -> watch.hasHeardSince(startNanos)));
        }
        return all;
    }

    private <T> T on(Callable<T> question) {
        return loop.submit(question).syncUninterruptibly().getNow();
    }

    @Override
    public void close() {
        on(() -> {
            findings.end();
            return true;
        });
        List<Future<Void>> gone = clients.stream().map(MarketClient::close).toList();
        gone.forEach(each -> each.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS));
        loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
