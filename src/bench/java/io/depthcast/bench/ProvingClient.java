package io.depthcast.bench;

import io.depthcast.client.BookMessage;
import io.depthcast.client.ClientContext;
import io.depthcast.client.ClientListener;
import io.depthcast.client.ClientSettings;
import io.depthcast.client.ControlMessage;
import io.depthcast.client.Disconnection;
import io.depthcast.client.MarketClient;
import io.depthcast.client.ProvedBook;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;

/** A client that holds every message to version and checksum, and notes how old it came. */
// Waited for, not asked.
@SuppressWarnings("FutureReturnValueIgnored")
final class ProvingClient implements ClientListener {
    /** What the clients of a run share. */
    static final class Run implements AutoCloseable {
        final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        final ClientContext context = ClientContext.of(loops);
        final ClientSettings settings;
        private final Clock clock = Clock.systemUTC();
        // All below belongs to the one loop.
        Ages ages = new Ages();
        long doubts;
        long disconnections;

        Run(Child child) {
            settings = ClientSettings.of(URI.create("ws://127.0.0.1:" + child.port() + "/v1/stream"));
        }

        @Override
        public void close() {
            loops.shutdownGracefully().awaitUninterruptibly();
        }
    }

    final MarketClient client;
    private final Run run;
    private final boolean isDeaf;
    private CountDownLatch proved;
    /** On this connection. */
    private boolean isCounted;

    ProvingClient(Run run, ClientSettings settings, ClientContext context, boolean isDeaf, CountDownLatch proved) {
        this.run = run;
        this.isDeaf = isDeaf;
        this.proved = proved;
        this.client = new MarketClient(settings, context, this);
    }

    /** Comes back on a new connection, and counts down once it has a proved book from there. */
    void comeBack(CountDownLatch provedAnew) {
        client.loop().execute(() -> {
            proved = provedAnew;
            isCounted = false;
            client.reconnect();
        });
    }

    @Override
    public void onSubscribed(ControlMessage.Subscribed subscribed) {
        if (isDeaf) {
            client.pause();
            proved.countDown();
        }
    }

    @Override
    public void onBook(BookMessage book) {
        if (!isCounted) {
            isCounted = true;
            proved.countDown();
        }
        if (!isDeaf) {
            run.ages.add(ChronoUnit.MICROS.between(Instant.EPOCH, run.clock.instant()) - book.timeMicros());
        }
    }

    @Override
    public void onUnproved(BookMessage message, ProvedBook.Outcome outcome) {
        run.doubts++;
    }

    @Override
    public void onDisconnected(Disconnection disconnection) {
        isCounted = false;
        run.disconnections++;
    }
}
