package io.depthcast.http;

import io.depthcast.fanout.MessageCache;
import io.depthcast.session.Announcement;
import io.depthcast.session.CloseReason;
import io.depthcast.session.DirectoryNews;
import io.depthcast.session.PacedSubscriber;
import io.depthcast.session.SessionView;
import io.depthcast.wire.Frame;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is connected to one gateway loop, by whatever transport, the oldest first. Gateway loop. */
final class ConnectedClients {
    private final FrontDesk desk;
    private final Set<PacedSubscriber> clients = new LinkedHashSet<>();
    private final List<Promise<Void>> whenEmpty = new ArrayList<>();
    private @Nullable Drain drain;
    private boolean closing;

    ConnectedClients(FrontDesk desk) {
        this.desk = desk;
    }

    /** Whether nobody may come any more. */
    boolean isClosing() {
        return closing;
    }

    /** Adds one that has been greeted; while this node is drained, it is sent away in its turn. */
    void add(PacedSubscriber client) {
        clients.add(client);
        if (drain != null) {
            drain.add(new Leaving(client, desk.isExempt(client.address())));
        }
    }

    boolean has(PacedSubscriber client) {
        return clients.contains(client);
    }

    /** The client's connection is gone, and counted as such: whoever waits for the last one hears of it here. */
    void remove(PacedSubscriber client) {
        clients.remove(client);
        if (clients.isEmpty()) {
            whenEmpty.forEach(Promise::tryComplete);
        }
    }

    void tick(long nowNanos) {
        // Without a copy: of a channel that is closed here Netty tells only after this.
        for (PacedSubscriber client : clients) {
            client.onTick(nowNanos);
        }
    }

    /** @param frame borrowed */
    void heartbeat(Frame frame, MessageCache messages, long nowNanos) {
        for (PacedSubscriber client : clients) {
            client.heartbeat(frame, messages, nowNanos);
        }
    }

    /** @param announcement borrowed */
    void announce(Announcement announcement) {
        for (PacedSubscriber client : clients) {
            client.announce(announcement);
        }
    }

    void tell(DirectoryNews news, long nowNanos) {
        for (PacedSubscriber client : clients) {
            news.tell(client, nowNanos);
        }
    }

    /** See {@link Connections#page}. */
    Connections.Page page(ConnectionQuery query) {
        long nowNanos = System.nanoTime();
        List<SessionView> met = clients.stream()
                .map(client -> client.view(nowNanos))
                .filter(query::isMet)
                .sorted(query.order())
                .toList();
        return new Connections.Page(
                met.size(),
                met.stream().skip(query.offset()).limit(query.limit()).toList());
    }

    /** See {@link Connections#close}. */
    int close(Connections.Which which, CloseReason reason) {
        int closed = 0;
        for (PacedSubscriber client : new ArrayList<>(clients)) {
            if (which.isMeant(client.id(), client.address(), client.subject())) {
                client.close(reason);
                closed++;
            }
        }
        return closed;
    }

    /** Has every client sent away, those too that come yet; completes when none is left. */
    Future<Void> drain(Drain with) {
        drain = with;
        for (PacedSubscriber client : new ArrayList<>(clients)) {
            with.add(new Leaving(client, desk.isExempt(client.address())));
        }
        return empty();
    }

    /** Keeps those who have not gone yet. */
    void stay() {
        drain = null;
    }

    /** Closes every client with 1001; completes when all are gone. */
    Future<Void> close() {
        closing = true;
        for (PacedSubscriber client : new ArrayList<>(clients)) {
            client.close(Drain.reason());
        }
        return empty();
    }

    private Future<Void> empty() {
        if (clients.isEmpty()) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        whenEmpty.add(promise);
        return promise.future();
    }

    /** A client as a drain sees it. */
    private record Leaving(PacedSubscriber client, boolean isLocal) implements Drain.Guest {
        @Override
        public void announce(int reconnectAfterMillis) {
            client.announceDrain(reconnectAfterMillis);
        }

        @Override
        public void close(CloseReason reason) {
            client.close(reason);
        }
    }
}
