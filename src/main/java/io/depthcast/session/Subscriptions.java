package io.depthcast.session;

import io.depthcast.book.Instrument;
import io.depthcast.fanout.Audience;
import io.depthcast.fanout.FairShare;
import io.depthcast.fanout.Subscriber;
import io.depthcast.fanout.Subscription;
import io.depthcast.limit.TokenBucket;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.RateLimit;
import io.depthcast.wire.BinanceStream;
import io.depthcast.wire.BookChoice;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Command;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.Version;
import io.depthcast.wire.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The streams one session follows: at most one per channel and instrument, and of books that are gathered one per depth and
 * group. One gateway loop.
 */
public final class Subscriptions {
    /** What became of one symbol of a subscribe command. */
    enum Outcome {
        SUBSCRIBED,
        TOO_MANY
    }

    /** What a level of both sides takes in JSON. */
    private static final int LEVEL_BYTES = 48;
    /** What some dozens of trades take. */
    private static final int TAPE_BYTES = 4_096;
    /** What a best bid and offer, or a candle, takes. */
    private static final int SMALL_BYTES = 256;

    private final Subscriber subscriber;
    private final Audience streams;
    private final int max;
    private final Meters meters;
    private final PaceSettings pace;
    /** Null while nothing is missing in it. */
    private @Nullable TokenBucket snapshots;
    /** Those that wait for it to allow them their snapshot; null if there is none. */
    private @Nullable Set<Subscription> unstarted;
    /** On which terms the client follows whatever there is, at most once a lane; null if it does not. */
    private @Nullable List<Command.Subscribe> standing;

    private final Lanes lanes = new Lanes();

    Subscriptions(Subscriber subscriber, SessionContext shared) {
        this.subscriber = subscriber;
        this.streams = shared.streams();
        this.max = shared.limits().subscriptions();
        this.meters = shared.meters();
        this.pace = shared.pace();
    }

    int count() {
        return lanes.count();
    }

    /** Notes the terms on which instruments to come are taken in. */
    void stand(Command.Subscribe command) {
        standNoMore(command.view());
        if (standing == null) {
            standing = new ArrayList<>(1);
        }
        standing.add(
                new Command.Subscribe(null, command.view(), command.symbols(), command.intervalMillis(), Map.of()));
    }

    /** The same terms, or others that took their place. */
    void standNoMore(View view) {
        standNoMore(each -> each.view().lane().equals(view.lane()));
    }

    void standNoMore(Channel channel, BookChoice books) {
        standNoMore(each -> each.channel() == channel && books.has(each.view()));
    }

    private void standNoMore(Predicate<Command.Subscribe> over) {
        if (standing != null && standing.removeIf(over) && standing.isEmpty()) {
            standing = null;
        }
    }

    List<Command.Subscribe> standing() {
        return standing == null ? List.of() : standing;
    }

    boolean followsAnyOf(int instrumentId) {
        return lanes.hasAnyOf(instrumentId);
    }

    /** Starts a stream, or changes its depth or interval in place. */
    Outcome subscribe(Command.Subscribe command, Instrument instrument, long nowNanos) {
        StreamKey key = new StreamKey(instrument.id(), command.view());
        int cadence = streams.cadence(command.intervalMillis());
        Subscription present = lanes.get(key);
        Version resume = command.resume().get(instrument.symbol());
        if (present != null && present.key().equals(key) && resume == null) {
            if (present.cadence() != cadence) {
                streams.changePace(subscriber, present, cadence, nowNanos);
            }
            return Outcome.SUBSCRIBED;
        }
        if (present != null) {
            lanes.remove(present);
            leave(present);
        } else if (lanes.count() >= max) {
            meters.rateLimited(RateLimit.SUBSCRIPTIONS);
            return Outcome.TOO_MANY;
        }
        long epoch = resume == null ? 0 : resume.epoch();
        long version = resume == null ? Subscription.NOTHING : resume.sequence();
        Subscription joined = new Subscription(key, cadence);
        lanes.put(joined);
        streams.join(subscriber, joined, epoch, version);
        start(joined, nowNanos);
        meters.subscriptionsChanged(present == null ? 1 : 0);
        return Outcome.SUBSCRIBED;
    }

    /** Asks for the first time, or notes that it has to wait for its snapshot. */
    private void start(Subscription subscription, long nowNanos) {
        if (isGranted(subscription, nowNanos)) {
            streams.askNow(subscriber, subscription);
            return;
        }
        meters.rateLimited(RateLimit.SNAPSHOTS);
        if (unstarted == null) {
            unstarted = new HashSet<>();
        }
        unstarted.add(subscription);
    }

    private void leave(Subscription subscription) {
        streams.leave(subscriber, subscription);
        started(subscription);
    }

    private void started(Subscription subscription) {
        if (unstarted != null && unstarted.remove(subscription) && unstarted.isEmpty()) {
            unstarted = null;
        }
    }

    /** Takes a book's start out of the snapshot budget. */
    private boolean isGranted(Subscription subscription, long nowNanos) {
        return !(subscription.key().view() instanceof View.Book)
                || snapshots(nowNanos).tryTake(1, nowNanos);
    }

    private TokenBucket snapshots(long nowNanos) {
        if (snapshots == null) {
            snapshots = new TokenBucket(pace.snapshotsPerSecond(), pace.snapshotBurst(), nowNanos);
        }
        return snapshots;
    }

    /** To be called a few times a second. */
    void tick(long nowNanos) {
        if (snapshots != null && snapshots.isFull(nowNanos)) {
            snapshots = null;
        }
    }

    /** Ends one by its name, if it is there. */
    void unsubscribe(StreamKey key) {
        Subscription present = lanes.get(key);
        if (present != null) {
            lanes.remove(present);
            leave(present);
            meters.subscriptionsChanged(-1);
        }
    }

    /** Ends those streams of an instrument that have names of their own; returns whether a book was among them. */
    boolean unsubscribeNamed(Instrument instrument) {
        boolean isBook = false;
        for (Subscription each : new ArrayList<>(lanes.all())) {
            StreamKey key = each.key();
            if (key.instrumentId() == instrument.id() && key.view() instanceof BinanceStream) {
                unsubscribe(key);
                isBook |= key.channel() == Channel.BOOK;
            }
        }
        return isBook;
    }

    /** Ends whatever there is of a channel; returns whether there was such a stream. */
    boolean unsubscribe(Channel channel, Instrument instrument) {
        return unsubscribe(channel, instrument, BookChoice.ALL);
    }

    /** Returns whether there was such a stream. */
    boolean unsubscribe(Channel channel, Instrument instrument, BookChoice books) {
        List<Subscription> ended = lanes.find(channel, instrument.id(), books);
        for (Subscription each : ended) {
            lanes.remove(each);
            leave(each);
        }
        meters.subscriptionsChanged(-ended.size());
        return !ended.isEmpty();
    }

    /** Has snapshots of the books sent; returns whether there is such a book. */
    boolean resync(Instrument instrument, BookChoice books, long nowNanos) {
        List<Subscription> anew = lanes.find(Channel.BOOK, instrument.id(), books);
        for (Subscription each : anew) {
            streams.startAnew(subscriber, each);
            started(each);
            start(each, nowNanos);
        }
        return !anew.isEmpty();
    }

    /** Whether some have not been asked what changed: they wait for their snapshot or have been left out. */
    boolean hasUnasked() {
        for (Subscription subscription : lanes.all()) {
            if (!subscription.isWaiting()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Asks what changed in every stream that has fallen behind, those served longest ago first, and only so many that one
     * message may hold the answers: what does not fit is encoded for nothing and has to be asked again.
     *
     * @return whether some are still to be asked
     */
    boolean catchUp(int allowanceBytes, long nowNanos) {
        List<Subscription> byTurn = new ArrayList<>(lanes.all());
        byTurn.sort(Comparator.<Subscription, Boolean>comparing(
                        subscription -> expectedBytes(subscription) > FairShare.SMALL_BYTES)
                .thenComparingInt(Subscription::servedTurn));
        boolean left = false;
        long expectedBytes = 0;
        for (Subscription subscription : byTurn) {
            boolean toAsk = !subscription.isWaiting();
            if (toAsk && (expectedBytes >= allowanceBytes || !ask(subscription, nowNanos))) {
                left = true;
            } else {
                expectedBytes += expectedBytes(subscription);
            }
        }
        return left;
    }

    private static int expectedBytes(Subscription subscription) {
        View view = subscription.key().view();
        if (view instanceof View.Book book) {
            return book.depth() * LEVEL_BYTES / (subscription.epoch() == 0 ? 1 : 2);
        }
        return view == View.Single.TRADES ? TAPE_BYTES : SMALL_BYTES;
    }

    /** Returns whether the stream was asked, which one that waits for its snapshot may not be yet. */
    private boolean ask(Subscription subscription, long nowNanos) {
        if (unstarted == null || !unstarted.contains(subscription)) {
            streams.ask(subscriber, subscription, nowNanos);
            return true;
        }
        boolean granted = isGranted(subscription, nowNanos);
        if (granted) {
            started(subscription);
            streams.askNow(subscriber, subscription);
        }
        return granted;
    }

    void leaveAll() {
        Collection<Subscription> all = new ArrayList<>(lanes.all());
        lanes.clear();
        meters.subscriptionsChanged(-all.size());
        all.forEach(this::leave);
    }
}
