package io.depthcast.loadtest.generator;

import io.depthcast.client.BookMessage;
import io.depthcast.client.ClientContext;
import io.depthcast.client.ProvedBook;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** All clients, on one event loop. */
public final class Population implements Connection.Owner, AutoCloseable {
    private static final int MAX_OPENING = 128;
    private static final int MAX_COMPLAINTS = 5;
    private static final int PACE_MILLIS = 10;
    private static final int CLOSE_SECONDS = 10;

    private final LoadSettings load;
    private final Market market;
    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final SplittableRandom random;
    private final ByteBuf handshake;
    private final Dialer dialer;
    private final Tally tally = new Tally();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final List<ProvedClient> provedClients = new ArrayList<>();
    private int nextClient;
    private int wanted;
    private double connectBudget;
    private int complaints;
    private boolean closing;

    public Population(LoadSettings load, Market market) {
        this.load = load;
        this.market = market;
        this.random = new SplittableRandom(load.seed());
        this.dialer = new Dialer(load, loop);
        this.handshake = Requests.handshake(load, null);
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
            connect(nextClient++);
        }
    }

    private void connect(int number) {
        boolean reads = load.proves(number);
        Behaviour behaviour = load.behaviour(number);
        if (load.dialect() != Dialect.DEPTHCAST) {
            BookReader ages = reads ? new BookReader(market.bySymbol(), false, this::onPeersBook) : null;
            connect(new Client(number, behaviour, List.of(), ages), true);
            return;
        }
        List<String> symbols = load.subscription().profile().choose(market.ranked(), number, random);
        if (reads) {
            startProved(number, behaviour, symbols);
        } else {
            connect(new Client(number, behaviour, symbols, null), true);
        }
    }

    private void startProved(int number, Behaviour behaviour, List<String> symbols) {
        ClientContext context = ClientContext.of(loop)
                .withBootstrap(dialer.bootstrap(number, behaviour))
                .withInstruments(market.bySymbol())
                .withTls(
                        load.target().trust() == null
                                ? null
                                : load.target().trust().netty());
        int index = provedClients.size();
        ProvedClient client = new ProvedClient(
                load, number, behaviour, symbols, context, tally, () -> behave(provedClients.get(index), behaviour));
        provedClients.add(client);
        client.start();
    }

    private void behave(ProvedClient client, Behaviour behaviour) {
        switch (behaviour) {
            case STEADY, SLOW -> {}
            case VANISHING -> later(client::vanish);
            case RECONNECTING -> again(client);
        }
    }

    private void again(ProvedClient client) {
        later(() -> {
            client.reconnect();
            again(client);
        });
    }

    /** The same for all clients, unless each shows a token. */
    private ByteBuf handshake(int number) {
        String token = load.target().token(number);
        return token == null ? handshake : Requests.handshake(load, token);
    }

    private void connect(Client client, boolean isFirst) {
        tally.opening++;
        Connection connection =
                new Connection(client, isFirst, load.dialect(), handshake(client.number()), tally, this);
        dialer.bootstrap(client.number(), client.behaviour())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Target target = load.target();
                        if (target.trust() != null) {
                            channel.pipeline().addLast(target.trust().handler(channel, target));
                        }
                        channel.pipeline().addLast(connection);
                    }
                })
                .connect(InetSocketAddress.createUnresolved(
                        load.target().host(), load.target().port()))
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        tally.opening--;
                        tally.failed++;
                        complain(client, done.cause());
                    }
                });
    }

    @Override
    public void onUpgraded(Connection connection) {
        tally.open++;
        connections.add(connection);
        if (load.dialect() == Dialect.NATS) {
            connection.send(Requests.nats());
        } else if (load.dialect() == Dialect.DEPTHCAST) {
            LoadSettings.Subscription asked = load.subscription();
            connection.send(Requests.text(
                    Requests.subscribe(connection.client().symbols(), asked.depth(), asked.intervalMillis(), "{}")));
        }
    }

    @Override
    public void onRefused(Connection connection, int retryAfterSeconds) {
        tally.opening--;
        tally.refused++;
        later(() -> connect(connection.client(), connection.isFirst()), retryAfterSeconds);
    }

    @Override
    public void onSubscribed(Connection connection) {
        tally.opening--;
        tally.subscribed++;
        tally.arrived += connection.isFirst() ? 1 : 0;
        switch (connection.client().behaviour()) {
            case STEADY, SLOW -> {}
            case VANISHING -> later(() -> ifActive(connection, connection::stopReading));
            case RECONNECTING -> later(() -> ifActive(connection, () -> reconnect(connection)));
        }
    }

    private static void ifActive(Connection connection, Runnable action) {
        if (connection.isActive()) {
            action.run();
        }
    }

    /** Once, at an exponentially distributed time. */
    private void later(Runnable action) {
        later(action, -Math.log(1 - random.nextDouble()) * load.shares().lifetimeSeconds());
    }

    private void later(Runnable action, double seconds) {
        loop.schedule(
                () -> {
                    if (!closing) {
                        action.run();
                    }
                },
                (long) (seconds * 1_000),
                TimeUnit.MILLISECONDS);
    }

    private void reconnect(Connection connection) {
        tally.reconnects++;
        connection.end();
        connect(connection.client(), false);
    }

    private void onPeersBook(BookMessage book, ProvedBook.Outcome unproved, long nowMicros) {
        tally.updates++;
        long expectedMicros = TimeUnit.MILLISECONDS.toMicros(load.expectedIntervalMillis());
        tally.age(tally.sentAge, nowMicros - book.sentMicros(), expectedMicros);
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
        if (connection.isRefused()) {
            return;
        }
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
        List<Future<Void>> gone = new ArrayList<>();
        loop.submit(() -> {
                    closing = true;
                    connections.stream().filter(Connection::isActive).forEach(Connection::end);
                    provedClients.forEach(client -> gone.add(client.close()));
                })
                .syncUninterruptibly();
        gone.forEach(each -> each.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS));
        loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
