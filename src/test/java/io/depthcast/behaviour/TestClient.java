package io.depthcast.behaviour;

import io.depthcast.client.BookMessage;
import io.depthcast.client.ClientContext;
import io.depthcast.client.ClientListener;
import io.depthcast.client.ClientSettings;
import io.depthcast.client.ControlMessage;
import io.depthcast.client.Disconnection;
import io.depthcast.client.MarketClient;
import io.depthcast.client.ProvedBook;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A client that keeps what it hears. The lists belong to its event loop: look at them in {@link #await}, {@link #ask} or
 * after {@link #close}.
 */
class TestClient implements ClientListener, AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private record Waiting(BooleanSupplier condition, CompletableFuture<Void> future) {}

    final MarketClient client;
    final List<ControlMessage.Welcome> welcomes = new ArrayList<>();
    final List<ControlMessage.Subscribed> subscribed = new ArrayList<>();
    final List<ControlMessage.Notice> notices = new ArrayList<>();
    final List<ControlMessage.Refused> refusals = new ArrayList<>();
    final List<Disconnection> disconnections = new ArrayList<>();
    final List<BookMessage> books = new ArrayList<>();
    final List<ProvedBook.Outcome> doubts = new ArrayList<>();
    int deflatedMessages;
    private final List<Waiting> waiting = new ArrayList<>();

    TestClient(ClientSettings settings, ClientContext context) {
        client = new MarketClient(settings, context, this);
    }

    TestClient start() {
        client.start();
        return this;
    }

    /** Waits until the condition, which is looked at after each event, holds. */
    void await(BooleanSupplier condition) {
        Waiting wait = new Waiting(condition, new CompletableFuture<>());
        client.loop().execute(() -> {
            waiting.add(wait);
            check();
        });
        wait.future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private void check() {
        waiting.removeIf(wait -> {
            try {
                return wait.condition.getAsBoolean() && wait.future.complete(null);
            } catch (RuntimeException | AssertionError e) {
                return wait.future.completeExceptionally(e);
            }
        });
    }

    /** Asks on the client's loop. */
    <T> T ask(Callable<T> question) throws Exception {
        return client.loop().submit(question).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Book messages so far. */
    int updates() throws Exception {
        return ask(books::size);
    }

    @Override
    public void onWelcome(ControlMessage.Welcome welcome) {
        welcomes.add(welcome);
        check();
    }

    @Override
    public void onSubscribed(ControlMessage.Subscribed message) {
        subscribed.add(message);
        check();
    }

    @Override
    public void onNotice(ControlMessage.Notice notice) {
        notices.add(notice);
        check();
    }

    @Override
    public void onRefused(ControlMessage.Refused refused) {
        refusals.add(refused);
        check();
    }

    @Override
    public void onMessage(int payloadBytes, boolean deflated) {
        deflatedMessages += deflated ? 1 : 0;
    }

    @Override
    public void onBook(BookMessage message) {
        books.add(message);
        check();
    }

    @Override
    public void onUnproved(BookMessage message, ProvedBook.Outcome outcome) {
        doubts.add(outcome);
        check();
    }

    @Override
    public void onDisconnected(Disconnection disconnection) {
        disconnections.add(disconnection);
        check();
    }

    @Override
    public void close() {
        if (!client.close().awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the client does not end");
        }
    }
}
