package io.depthcast.loadtest.generator;

import io.depthcast.client.BookMessage;
import io.depthcast.client.ProvedBook;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** All clients, on one event loop. */
public final class Population implements Connection.Owner, AutoCloseable {
    private static final int MAX_OPENING = 128;
    private static final int READ_BYTES = 4_096;
    private static final int SLOW_RECEIVE_BYTES = 8_192;
    private static final int PACE_MILLIS = 10;
    private static final int MAX_COMPLAINTS = 5;
    private static final int CONNECT_MILLIS = 10_000;

    private final LoadSettings load;
    private final Market market;
    private final MultiThreadIoEventLoopGroup loop;
    private final Bootstrap bootstrap;
    private final Bootstrap slowBootstrap;
    private final SplittableRandom random;
    private final ByteBuf handshake;
    private final Tally tally = new Tally();
    private final List<Connection> connections = new ArrayList<>();
    private int nextClient;
    private int wanted;
    private double connectBudget;
    private int complaints;
    private boolean closing;

    public Population(LoadSettings load, Market market) {
        this.load = load;
        this.market = market;
        this.random = new SplittableRandom(load.seed());
        this.handshake = Requests.handshake(load);
        boolean epoll = Epoll.isAvailable();
        this.loop = new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(512, 2_048, 65_536));
        this.slowBootstrap = bootstrap
                .clone()
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(1))
                .option(ChannelOption.SO_RCVBUF, SLOW_RECEIVE_BYTES);
        loop.scheduleAtFixedRate(this::connectSome, PACE_MILLIS, PACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Wants so many clients connected; returns at once. */
    public void grow(int clients) {
        loop.execute(() -> wanted = clients);
    }

    /** A copy of what was seen so far. */
    public Tally tally() {
        return loop.submit(tally::copy).syncUninterruptibly().getNow();
    }

    private void connectSome() {
        connectBudget = load.connectsPerSecond() == 0
                ? MAX_OPENING
                : Math.min(connectBudget + load.connectsPerSecond() * PACE_MILLIS / 1_000.0, MAX_OPENING);
        while (!closing && nextClient < wanted && tally.opening < MAX_OPENING && connectBudget >= 1) {
            connectBudget--;
            connect(client(nextClient++));
        }
    }

    private Client client(int number) {
        boolean proved = number < load.proved();
        BookReader books =
                proved ? new BookReader(market.bySymbol(), load.dialect() == Dialect.DEPTHCAST, this::onBook) : null;
        List<String> symbols =
                load.dialect() == Dialect.DEPTHCAST ? load.profile().choose(market.ranked(), random) : List.of();
        return new Client(number, load.behaviour(number), symbols, books);
    }

    private void connect(Client client) {
        tally.opening++;
        Connection connection = new Connection(client, load.dialect(), handshake, tally, this);
        InetSocketAddress source = new InetSocketAddress("127.0.0." + (1 + client.number() % load.sources()), 0);
        Bootstrap plain = client.behaviour() == Behaviour.SLOW ? slowBootstrap : bootstrap;
        ChannelFuture connected = plain.clone()
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(connection);
                    }
                })
                .connect(new InetSocketAddress("127.0.0.1", load.port()), source);
        connected.addListener(done -> {
            if (!done.isSuccess()) {
                tally.opening--;
                tally.failed++;
                complain(client, done.cause());
            }
        });
    }

    @Override
    public void onUpgraded(Connection connection) {
        Client client = connection.client();
        tally.open++;
        connections.add(connection);
        if (load.dialect() == Dialect.NATS) {
            connection.send(Requests.nats());
        } else if (load.dialect() == Dialect.DEPTHCAST) {
            String resume = client.isProved()
                    ? client.books().resume(id -> market.symbols().get((int) id))
                    : "{}";
            connection.send(
                    Requests.text(Requests.subscribe(client.symbols(), load.depth(), load.intervalMillis(), resume)));
        }
    }

    @Override
    public void onSubscribed(Connection connection) {
        tally.opening--;
        tally.subscribed++;
        tally.subscriptions++;
        switch (connection.client().behaviour()) {
            case STEADY -> {}
            case SLOW -> readSlowly(connection);
            case VANISHING -> later(connection, connection::stopReading);
            case RECONNECTING -> later(connection, () -> reconnect(connection));
        }
    }

    private void readSlowly(Connection connection) {
        connection.stopReading();
        long periodMillis = 1_000L * READ_BYTES / load.slowBytesPerSecond();
        loop.schedule(() -> readSlowlyOn(connection, periodMillis), periodMillis, TimeUnit.MILLISECONDS);
    }

    private void readSlowlyOn(Connection connection, long periodMillis) {
        if (connection.isActive()) {
            connection.readOnce();
            loop.schedule(() -> readSlowlyOn(connection, periodMillis), periodMillis, TimeUnit.MILLISECONDS);
        }
    }

    /** Once, at an exponentially distributed time. */
    private void later(Connection connection, Runnable action) {
        double seconds = -Math.log(1 - random.nextDouble()) * load.lifetimeSeconds();
        loop.schedule(
                () -> {
                    if (connection.isActive() && !closing) {
                        action.run();
                    }
                },
                (long) (seconds * 1_000),
                TimeUnit.MILLISECONDS);
    }

    private void reconnect(Connection connection) {
        tally.reconnects++;
        connection.end();
        connect(connection.client());
    }

    private void onBook(BookMessage book, ProvedBook.Outcome outcome, long nowMicros) {
        tally.updates++;
        tally.snapshots += book.isSnapshot() ? 1 : 0;
        tally.gaps += outcome == ProvedBook.Outcome.GAP ? 1 : 0;
        tally.badChecksums += outcome == ProvedBook.Outcome.BAD_CHECKSUM ? 1 : 0;
        long expectedMicros = TimeUnit.MILLISECONDS.toMicros(load.expectedIntervalMillis());
        tally.age(tally.sentAge, nowMicros - book.sentMicros(), expectedMicros);
        if (load.dialect() == Dialect.DEPTHCAST) {
            tally.age(tally.eventAge, nowMicros - book.timeMicros(), expectedMicros);
        }
    }

    @Override
    public void onComplaint(Connection connection, Throwable cause) {
        complain(connection.client(), cause);
    }

    /** The first few tell enough. */
    private void complain(Client client, Throwable cause) {
        if (complaints++ < MAX_COMPLAINTS) {
            System.err.println("client " + client.number() + ": " + cause);
        }
    }

    @Override
    public void onEnded(Connection connection, boolean wasSubscribed, boolean wasAsked, int code) {
        if (closing) {
            return;
        }
        tally.open -= connections.remove(connection) ? 1 : 0;
        if (wasSubscribed) {
            tally.subscribed--;
        } else {
            tally.opening--;
            tally.failed++;
        }
        if (!wasAsked) {
            tally.closed(code);
            boolean mayBeCut = connection.client().behaviour() == Behaviour.VANISHING
                    || connection.client().behaviour() == Behaviour.SLOW;
            tally.lost += wasSubscribed && !mayBeCut ? 1 : 0;
        }
    }

    /** Ends all connections; the server sees each of them end. */
    @Override
    public void close() {
        loop.submit(() -> {
                    closing = true;
                    connections.stream().filter(Connection::isActive).forEach(Connection::end);
                })
                .syncUninterruptibly();
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
