package io.depthcast.client;

import io.depthcast.book.Candle;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.wire.BookChoice;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Command;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.FeedStatus;
import io.depthcast.wire.ListedInstrument;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a client wants and what it holds: turns messages into proved books, and doubts into commands. One event loop. */
final class ClientIntake implements ClientLink.Events, MarketListener {
    /** A resync that brought no snapshot within this time is asked for again. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long PUMP_MILLIS = 100;
    private static final long RATE_LIMITED_MILLIS = 1_000;

    private final ClientContext context;
    private final ClientLink link;
    private final EventLoop loop;
    private final ClientListener listener;
    private final boolean isBinary;
    private final JsonDecoder json;
    private final SbeDecoder sbe;
    private final CompactDecoder compact;
    private final boolean isCompact;
    private final LiveInstruments instruments;
    private final HeldBooks books = new HeldBooks();
    private final WantedStreams wanted = new WantedStreams();
    private final Outbox outbox = new Outbox();
    private final AgeReport ages = new AgeReport();
    private boolean isPumpScheduled;

    ClientIntake(
            ClientSettings settings, ClientContext context, ClientLink link, EventLoop loop, ClientListener listener) {
        this.context = context;
        this.link = link;
        this.loop = loop;
        this.listener = listener;
        this.isBinary = settings.encoding().isBinary();
        this.instruments = new LiveInstruments(context.instruments());
        this.json = new JsonDecoder(instruments::find, this);
        this.sbe = new SbeDecoder(this);
        this.compact = new CompactDecoder(this::heldBook, this);
        this.isCompact = settings.encoding() == Encodings.COMPACT;
    }

    HeldBooks books() {
        return books;
    }

    LiveInstruments instruments() {
        return instruments;
    }

    void subscribe(Channel channel, List<String> symbols, StreamTerms terms) {
        tell(wanted.subscribe(channel, symbols, terms));
    }

    void unsubscribe(Channel channel, List<String> symbols, BookChoice choice) {
        tell(wanted.unsubscribe(channel, symbols, choice));
    }

    void resync(List<String> symbols, BookChoice choice, String why) {
        tell(wanted.resync(symbols, choice, why));
    }

    long nextCommandId() {
        return wanted.nextCommandId();
    }

    void tell(List<Command> commands) {
        outbox.add(commands);
        pump();
    }

    /** Reports the age of prices every so often, from now on. */
    void reportAge(long everyMillis) {
        later(
                () -> {
                    if (outbox.isOpen()) {
                        tell(List.of(
                                ages.next(nextCommandId(), context.nanoTime().getAsLong())));
                    }
                    if (!link.ended().isDone()) {
                        reportAge(everyMillis);
                    }
                },
                everyMillis);
    }

    private void pump() {
        if (outbox.send(link::send, context.nanoTime().getAsLong()) && !isPumpScheduled) {
            isPumpScheduled = true;
            later(
                    () -> {
                        isPumpScheduled = false;
                        pump();
                    },
                    PUMP_MILLIS);
        }
    }

    /** Nothing has to be cancelled at the end: without a connection there is nothing to send. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void later(Runnable action, long millis) {
        loop.schedule(action, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onMessage(int payloadBytes, boolean deflated) {
        listener.onMessage(payloadBytes, deflated);
    }

    @Override
    public void onText(ByteBuf text) throws RefusedException {
        DecodeResult result = isBinary ? DecodeResult.NOT_MARKET_DATA : json.decode(text);
        if (result == DecodeResult.NOT_MARKET_DATA) {
            ControlMessage control = ControlDecoder.decode(text);
            if (control != null) {
                onControl(control);
            }
        } else if (result != DecodeResult.DECODED) {
            throw new RefusedException(result);
        }
    }

    @Override
    public void onBinary(ByteBuf bytes) throws RefusedException {
        DecodeResult result = isCompact ? compact.decode(bytes) : sbe.decode(bytes);
        if (result != DecodeResult.DECODED) {
            throw new RefusedException(result);
        }
    }

    private void onControl(ControlMessage control) {
        if (control instanceof ControlMessage.Welcome welcome) {
            onWelcome(welcome);
        } else if (control instanceof ControlMessage.Subscribed subscribed) {
            books.onSubscribed(subscribed, wanted::bookDepth, context.nanoTime().getAsLong());
            listener.onSubscribed(subscribed);
        } else if (control instanceof ControlMessage.Unsubscribed unsubscribed) {
            books.onUnsubscribed(unsubscribed);
            wanted.onUnsubscribed(unsubscribed);
            listener.onUnsubscribed(unsubscribed);
        } else if (control instanceof ControlMessage.Notice notice) {
            if (notice.code().equals("draining")) {
                link.onDraining(notice.value("reconnectAfterMillis"));
            }
            if (notice.code().equals("token-expiring")) {
                link.onTokenExpiring(token -> tell(List.of(new Command.Auth(nextCommandId(), token))));
            }
            listener.onNotice(notice);
        } else if (control instanceof ControlMessage.Pong pong) {
            ages.onPong(pong, context.nanoTime().getAsLong());
        } else if (control instanceof ControlMessage.Authenticated authenticated) {
            listener.onAuthenticated(authenticated);
        } else if (control instanceof ControlMessage.Refused refused) {
            onRefused(refused);
        }
    }

    private void onWelcome(ControlMessage.Welcome welcome) {
        link.onWelcome(welcome);
        compact.clock(welcome.timeMicros());
        outbox.open(welcome, context.nanoTime().getAsLong());
        ages.open();
        // What was given up without a connection, or without an answer, is gone by now.
        books.retain(wanted::covers);
        listener.onWelcome(welcome);
        tell(wanted.askForAll(books::versions));
    }

    private void onRefused(ControlMessage.Refused refused) {
        if (refused.code().equals("rate-limited")) {
            // Which command was dropped is not said; to ask for everything once more changes nothing of what is there.
            later(() -> tell(wanted.askForAll(book -> Map.of())), RATE_LIMITED_MILLIS);
        } else {
            wanted.onRefused(refused);
            List<String> settled = books.settle(wanted::bookDepth);
            if (!settled.isEmpty()) {
                resync(settled, BookChoice.ALL, "other terms refused");
            }
        }
        listener.onRefused(refused);
    }

    @Override
    public void onDisconnected(Disconnection disconnection) {
        outbox.close();
        listener.onDisconnected(disconnection);
    }

    @Override
    public void onBook(BookMessage message) {
        HeldBooks.HeldBook held = books.find(message.instrumentId(), message.depth(), message.group());
        if (held == null || held.isPassing()) {
            return;
        }
        ProvedBook.Outcome outcome = held.apply(message);
        long nowNanos = context.nanoTime().getAsLong();
        switch (outcome) {
            case APPLIED -> {
                // A snapshot may be of a book that has not moved for long.
                if (!message.isSnapshot()) {
                    ages.applied(message.timeMicros(), nowNanos);
                }
                listener.onBook(message);
            }
            case IGNORED -> repeatResync(held, nowNanos);
            case GAP, BAD_CHECKSUM -> {
                listener.onUnproved(message, outcome);
                resync(held, outcome == ProvedBook.Outcome.GAP ? "gap" : "checksum", nowNanos);
            }
        }
    }

    private void repeatResync(HeldBooks.HeldBook held, long nowNanos) {
        if (nowNanos - held.askedNanos > PATIENCE_NANOS) {
            resync(held, "no snapshot", nowNanos);
        }
    }

    /** What a delta in compact form continues. Those of a book that waits are left out, so this is where to lose patience. */
    private @Nullable ProvedBook heldBook(int instrumentId, int depth, int group) {
        HeldBooks.HeldBook held = books.find(instrumentId, depth, group);
        if (held == null || held.isPassing()) {
            return null;
        }
        if (held.book.version() == null) {
            repeatResync(held, context.nanoTime().getAsLong());
        }
        return held.book;
    }

    private void resync(HeldBooks.HeldBook held, String why, long nowNanos) {
        held.askedNanos = nowNanos;
        resync(List.of(held.symbol), books.choice(held), why);
    }

    @Override
    public void onBestBidOffer(BestBidOfferMessage bestBidOffer) {
        listener.onBestBidOffer(bestBidOffer);
    }

    @Override
    public void onTrades(TradesMessage trades) {
        listener.onTrades(trades);
    }

    @Override
    public void onCandle(Candle candle) {
        listener.onCandle(candle);
    }

    @Override
    public void onTicker(TickerMessage ticker) {
        listener.onTicker(ticker);
    }

    @Override
    public void onHeartbeat(FeedStatus feed, long timeMicros) {
        listener.onHeartbeat(feed, timeMicros);
    }

    @Override
    public void onInstruments(List<ListedInstrument> listed) {
        instruments.replace(listed).forEach(books::restart);
        listener.onInstruments(listed);
    }

    @Override
    public void onStatus(int instrumentId, InstrumentStatus status, long timeMicros) {
        instruments.status(instrumentId, status);
        listener.onStatus(instrumentId, status, timeMicros);
    }
}
