package io.depthcast.client;

import io.depthcast.wire.BookChoice;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Command;
import io.depthcast.wire.ListedInstrument;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of a gateway: connects, subscribes to what it is told once, keeps proved books, and comes back when the
 * connection ends, where it resumes each book from the version it holds.
 *
 * <p>Threads: a client lives on one event loop of its context, which it shares with others. Commands may come from any
 * thread and take effect on that loop, in the order given; what {@link #book}, {@link #instrument}, {@link #bookCount} and {@link #provedCount}
 * say may only be asked there. So in the calls to the listener all may be used.
 */
public final class MarketClient {
    private final EventLoop loop;
    private final ClientLink link;
    private final ClientIntake intake;

    /** A client that does nothing until {@link #start()}. */
    public MarketClient(ClientSettings settings, ClientContext context, ClientListener listener) {
        this.loop = context.bootstrap().config().group().next();
        this.link = new ClientLink(settings, context, loop);
        this.intake = new ClientIntake(settings, context, link, loop, listener);
    }

    /** Connects, and keeps trying until it is closed or refused for good. */
    public void start() {
        onLoop(() -> link.start(intake));
    }

    /**
     * Wants these streams, now and on every later connection; on other terms if they are there already.
     *
     * @param symbols at least one, or {@code *} alone for all
     */
    public void subscribe(Channel channel, StreamTerms terms, String... symbols) {
        List<String> named = List.of(symbols);
        onLoop(() -> intake.subscribe(channel, named, terms));
    }

    /** Wants these streams no longer. */
    public void unsubscribe(Channel channel, String... symbols) {
        List<String> named = List.of(symbols);
        onLoop(() -> intake.unsubscribe(channel, named, BookChoice.ALL));
    }

    /** Wants these books no longer, and goes on with those of other depths and groups. */
    public void unsubscribe(BookChoice books, String... symbols) {
        List<String> named = List.of(symbols);
        onLoop(() -> intake.unsubscribe(Channel.BOOK, named, books));
    }

    /** Has snapshots sent of whatever books of these symbols there are. The client does this by itself when a book cannot vouch for itself. */
    public void resync(String... symbols) {
        List<String> named = List.of(symbols);
        onLoop(() -> intake.resync(named, BookChoice.ALL, "asked for"));
    }

    /** Wants no more than this, on this connection. */
    public void limit(int bytesPerSecond) {
        onLoop(() -> intake.tell(List.of(new Command.Limit(intake.nextCommandId(), bytesPerSecond))));
    }

    /** Shows a fresh token, now and on every later connection. */
    public void authenticate(String token) {
        onLoop(() -> {
            link.token(token);
            intake.tell(List.of(new Command.Auth(intake.nextCommandId(), token)));
        });
    }

    /**
     * Reports every so often, from now on and with a ping, how old prices are when this client applies them. The gateway
     * counts that in its metrics.
     */
    public void reportAge(int everySeconds) {
        long everyMillis = TimeUnit.SECONDS.toMillis(everySeconds);
        onLoop(() -> intake.reportAge(everyMillis));
    }

    /** Stops taking what the gateway sends, as a program does that is busy. Ends with the connection. */
    public void pause() {
        onLoop(() -> link.reading(false));
    }

    /** Goes on after {@link #pause()}. */
    public void resume() {
        onLoop(() -> link.reading(true));
    }

    /** Drops the connection without a close frame and makes a new one at once. */
    public void reconnect() {
        onLoop(link::reconnect);
    }

    /** Says good-bye and ends for good; the future is complete when the connection is gone. */
    public Future<Void> close() {
        onLoop(link::close);
        return link.ended();
    }

    /** Complete when there is no connection and there will be none. */
    public Future<Void> ended() {
        return link.ended();
    }

    /** Where this client lives. */
    public EventLoop loop() {
        return loop;
    }

    /** The client's copy of a book with its prices gathered to so many ticks; null unless it is subscribed. */
    public @Nullable ProvedBook book(String symbol, int depth, int group) {
        return intake.books().find(symbol, depth, group);
    }

    /** The client's copy of a book with its prices as they are; null unless it is subscribed. */
    public @Nullable ProvedBook book(String symbol) {
        return intake.books().find(symbol);
    }

    /** An instrument as the gateway last listed it, in whose steps all books, trades and candles are told; null if it did not. */
    public @Nullable ListedInstrument instrument(String symbol) {
        return intake.instruments().listed(symbol);
    }

    /** How many books are subscribed. */
    public int bookCount() {
        return intake.books().count();
    }

    /** How many books are proved to be the gateway's at their version. */
    public int provedCount() {
        return intake.books().provedCount();
    }

    private void onLoop(Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
        } else {
            loop.execute(action);
        }
    }
}
