package io.depthcast.behaviour;

import io.depthcast.book.Levels;
import io.depthcast.client.ClientContext;
import io.depthcast.client.ClientSettings;
import io.depthcast.client.ProvedBook;
import io.depthcast.client.StreamTerms;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A client that does one thing after another, as its seed will have it, and knows which books it should end up with. */
// A step that fails leaves the client without its books, which the test sees.
@SuppressWarnings("FutureReturnValueIgnored")
final class MixedClient extends TestClient {
    private static final int STEPS = 16;
    private static final int MAX_STEP_MILLIS = 300;
    private static final int MAX_INTERVAL_MILLIS = 200;
    private static final int[] DEPTHS = {10, 25};

    /** A book as the client holds it. */
    record Held(long seed, String symbol, Version version, Levels bids, Levels asks) {}

    private final long seed;
    private final Random random;
    private final List<String> symbols;
    private final Map<String, Integer> wantedDepths = new HashMap<>();
    private int steps;

    MixedClient(long seed, ClientSettings settings, ClientContext context, List<String> symbols) {
        super(settings, context);
        this.seed = seed;
        this.random = new Random(seed);
        this.symbols = symbols;
    }

    /** Begins; on its loop from then on. */
    void run() {
        client.start();
        client.loop().execute(this::step);
    }

    private void step() {
        client.resume();
        if (steps++ == STEPS) {
            subscribe();
            return;
        }
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> subscribe();
            case 3 -> changePace();
            case 4 -> unsubscribe();
            case 5 -> client.resync(anySymbol());
            case 6 -> client.pause();
            default -> client.reconnect();
        }
        client.loop().schedule(this::step, random.nextInt(MAX_STEP_MILLIS), TimeUnit.MILLISECONDS);
    }

    private void subscribe() {
        subscribe(anySymbol(), DEPTHS[random.nextInt(DEPTHS.length)]);
    }

    private void subscribe(String symbol, int depth) {
        client.subscribe(Channel.BOOK, StreamTerms.book(depth).every(random.nextInt(MAX_INTERVAL_MILLIS)), symbol);
        wantedDepths.put(symbol, depth);
    }

    private void changePace() {
        wantedDepths.entrySet().stream().findFirst().ifPresent(wanted -> subscribe(wanted.getKey(), wanted.getValue()));
    }

    private void unsubscribe() {
        String symbol = anySymbol();
        client.unsubscribe(Channel.BOOK, symbol);
        wantedDepths.remove(symbol);
    }

    private String anySymbol() {
        return symbols.get(random.nextInt(symbols.size()));
    }

    /** Waits until it has what it wants, every book proved and of the depth wanted. */
    void awaitEnd() {
        try {
            await(() -> steps > STEPS
                    && client.bookCount() == wantedDepths.size()
                    && wantedDepths.entrySet().stream().allMatch(this::isThere));
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ": wants " + wantedDepths + ", " + this, e);
        }
    }

    private boolean isThere(Map.Entry<String, Integer> wanted) {
        ProvedBook book = client.book(wanted.getKey());
        return book != null
                && book.version() != null
                && book.bidCount() == wanted.getValue()
                && book.askCount() == wanted.getValue();
    }

    List<Held> held() throws Exception {
        return ask(() -> {
            List<Held> held = new ArrayList<>();
            wantedDepths.forEach((symbol, depth) -> {
                ProvedBook book = client.book(symbol);
                held.add(new Held(seed, symbol, book.version(), book.bids(depth), book.asks(depth)));
            });
            return held;
        });
    }

    private String describe(String symbol) {
        ProvedBook book = client.book(symbol);
        return book == null ? "" : symbol + " " + book.version() + " of " + book.bidCount() + "/" + book.askCount();
    }

    @Override
    public String toString() {
        return "holds "
                + symbols.stream()
                        .map(this::describe)
                        .filter(text -> !text.isEmpty())
                        .toList() + ", doubts " + doubts + ", refusals " + refusals + ", ends " + disconnections
                + ", notices " + notices;
    }
}
