package io.depthcast.client;

import io.depthcast.limit.Backoff;
import io.depthcast.wire.Command;
import io.depthcast.wire.CommandWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.ConnectException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One connection after the other to the same gateway, until it is closed or refused for good. Its event loop only. */
final class ClientLink {
    /** Who the connections are for. */
    interface Events {
        /** @param payloadBytes as on the wire */
        void onMessage(int payloadBytes, boolean deflated);

        /** @param text borrowed */
        void onText(ByteBuf text) throws RefusedException;

        /** @param bytes borrowed */
        void onBinary(ByteBuf bytes) throws RefusedException;

        void onDisconnected(Disconnection disconnection);
    }

    private static final int CHECKS_PER_SILENCE = 2;
    private static final int MAX_ANSWER_BYTES = 8_192;
    /** Longer than anybody likes to wait. */
    private static final long MAX_SPREAD_MILLIS = 5_000;

    private final ClientSettings settings;
    private final ClientContext context;
    private final EventLoop loop;
    private final Backoff backoff;
    private final Promise<Void> ended;
    private @Nullable Events events;
    private @Nullable SslContext tls;
    private @Nullable ClientConnection connection;
    private @Nullable Future<?> reconnectTimer;
    private @Nullable Future<?> watchTimer;
    private @Nullable String session;
    private @Nullable TokenSource tokens;
    private boolean welcomed;
    private long welcomedNanos;
    private long drainMillis;
    /** Over which those come back whom the gateway loses without a word, as it says. */
    private long lossSpreadMillis;

    private int silentChecks;
    private boolean isReconnectAsked;
    private boolean closed;

    ClientLink(ClientSettings settings, ClientContext context, EventLoop loop) {
        this.settings = settings;
        this.context = context;
        this.loop = loop;
        this.tokens = settings.tokens();
        this.tls = context.tls();
        this.ended = loop.newPromise();
        this.backoff = new Backoff(
                TimeUnit.MILLISECONDS.toNanos(settings.backoffBaseMillis()),
                TimeUnit.MILLISECONDS.toNanos(settings.backoffCapMillis()),
                TimeUnit.MILLISECONDS.toNanos(settings.healthyMillis()));
    }

    void start(Events whose) {
        if (events != null || closed) {
            return;
        }
        events = whose;
        long checkMillis = Math.max(1, settings.silenceMillis() / CHECKS_PER_SILENCE);
        watchTimer = loop.scheduleAtFixedRate(this::watch, checkMillis, checkMillis, TimeUnit.MILLISECONDS);
        connect();
    }

    private void watch() {
        if (connection == null || connection.takeHeard()) {
            silentChecks = 0;
        } else if (++silentChecks >= CHECKS_PER_SILENCE) {
            silentChecks = 0;
            connection.cut("nothing received for " + settings.silenceMillis() + " ms");
        }
    }

    private void connect() {
        reconnectTimer = null;
        TokenSource source = tokens;
        if (source == null) {
            connectWith(null);
        } else {
            fetch(source, this::connectWith);
        }
    }

    private void fetch(TokenSource source, Consumer<String> use) {
        source.fetch(token -> loop.execute(() -> use.accept(token)));
    }

    private void connectWith(@Nullable String token) {
        if (closed || connection != null) {
            return;
        }
        ClientConnection next = new ClientConnection(
                settings, ClientHandshake.handshaker(settings, session, token), new ConnectionEvents());
        connection = next;
        context.bootstrap()
                .clone(loop)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) throws SSLException {
                        fill(channel.pipeline(), next);
                    }
                })
                .connect(settings.uri().getHost(), settings.port())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        Throwable cause = connected.cause();
                        next.notConnected(cause == null ? new ConnectException() : cause);
                    }
                });
    }

    private void fill(ChannelPipeline pipeline, ClientConnection next) throws SSLException {
        if (settings.isSecure()) {
            if (tls == null) {
                tls = SslContextBuilder.forClient().build();
            }
            pipeline.addLast(
                    tls.newHandler(pipeline.channel().alloc(), settings.uri().getHost(), settings.port()));
        }
        pipeline.addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_ANSWER_BYTES), next);
    }

    private final class ConnectionEvents implements ClientConnection.Events {
        @Override
        public void onMessage(int payloadBytes, boolean deflated) {
            events().onMessage(payloadBytes, deflated);
        }

        @Override
        public void onText(ByteBuf text) throws RefusedException {
            events().onText(text);
        }

        @Override
        public void onBinary(ByteBuf bytes) throws RefusedException {
            events().onBinary(bytes);
        }

        @Override
        public void onGone(ClientConnection.Ending ending) {
            ClientLink.this.onGone(ending);
        }
    }

    private Events events() {
        if (events == null) {
            throw new IllegalStateException("not started");
        }
        return events;
    }

    private void onGone(ClientConnection.Ending ending) {
        long nowNanos = context.nanoTime().getAsLong();
        long livedNanos = welcomed ? nowNanos - welcomedNanos : 0;
        connection = null;
        welcomed = false;
        long waitMillis = -1;
        if (!closed && ending.mayReconnect()) {
            waitMillis = isReconnectAsked ? 0 : waitMillis(ending, livedNanos);
            reconnectTimer = loop.schedule(this::connect, waitMillis, TimeUnit.MILLISECONDS);
        }
        isReconnectAsked = false;
        drainMillis = 0;
        events().onDisconnected(new Disconnection(ending.code(), ending.reason(), ending.httpStatus(), waitMillis));
        if (waitMillis < 0) {
            finish();
        }
    }

    private long waitMillis(ClientConnection.Ending ending, long livedNanos) {
        long asked = Math.max(drainMillis, ending.waitMillis());
        long least = Math.max(asked, ReconnectRules.leastWaitMillis(ending.code()));
        // Who has just been told to go knows why; whoever was cut may be one of all that a node had.
        boolean isCut = livedNanos > 0 && ending.code() == ReconnectRules.ABNORMAL;
        long jitterNanos = backoff.nextNanos(
                livedNanos,
                context.random().getAsDouble(),
                isCut ? TimeUnit.MILLISECONDS.toNanos(lossSpreadMillis) : 0);
        // What the gateway says when it drains is spread at random already.
        return drainMillis > 0 && ending.waitMillis() == 0 ? least : least + TimeUnit.NANOSECONDS.toMillis(jitterNanos);
    }

    void onWelcome(ControlMessage.Welcome welcome) {
        session = welcome.session();
        lossSpreadMillis = Math.min(MAX_SPREAD_MILLIS, welcome.limits().getOrDefault("lossSpreadMillis", 0L));
        welcomed = true;
        welcomedNanos = context.nanoTime().getAsLong();
    }

    /** @param millis the least wait after this connection has ended */
    void onDraining(long millis) {
        drainMillis = Math.max(1, millis);
    }

    /** Used for later connections. */
    void token(String fresh) {
        tokens = use -> use.accept(fresh);
    }

    /** The token of this connection ends soon. */
    void onTokenExpiring(Consumer<String> use) {
        if (tokens != null) {
            fetch(tokens, use);
        }
    }

    void send(Command command) {
        ClientConnection to = connection;
        if (to != null) {
            ByteBuf text = PooledByteBufAllocator.DEFAULT.directBuffer();
            CommandWriter.write(command, text);
            to.sendText(text);
        }
    }

    void reading(boolean on) {
        if (connection != null) {
            connection.reading(on);
        }
    }

    /** Drops the connection without a close frame and makes a new one at once. */
    void reconnect() {
        if (connection != null) {
            isReconnectAsked = true;
            connection.cut("dropped by this client");
        }
    }

    /** Ends for good. */
    void close() {
        if (!closed) {
            closed = true;
            if (connection != null) {
                connection.close();
            } else {
                finish();
            }
        }
    }

    private void finish() {
        closed = true;
        if (watchTimer != null) {
            watchTimer.cancel(false);
        }
        if (reconnectTimer != null) {
            reconnectTimer.cancel(false);
        }
        ended.trySuccess(null);
    }

    /** Complete when there is no connection and there will be none. */
    Future<Void> ended() {
        return ended;
    }
}
