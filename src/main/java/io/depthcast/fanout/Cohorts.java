package io.depthcast.fanout;

import io.depthcast.wire.StreamKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where each subscription of a gateway loop waits, and what is asked for them. One gateway loop. */
final class Cohorts {
    private final Flushes flushes;
    private final AskQueue asks;
    private final Map<StreamKey, StreamAudience> streams = new HashMap<>();
    private int stretch;

    Cohorts(Flushes flushes, AskQueue asks) {
        this.flushes = flushes;
        this.stretch = flushes.ticks();
        this.asks = asks;
    }

    int stretch() {
        return stretch;
    }

    /** From here on asks are due at every n-th tick at most, whatever the interval; those that are out stay as they are. */
    void stretch(int ticks) {
        stretch = ticks;
    }

    private int cadenceOf(Subscription subscription) {
        return Flushes.stretched(subscription.cadence(), stretch);
    }

    void join(Subscriber subscriber, Subscription subscription, long epoch, long version) {
        streams.computeIfAbsent(subscription.key(), key -> new StreamAudience())
                .rest(epoch, version)
                .add(subscriber, subscription);
    }

    void leave(Subscription subscription) {
        StreamAudience stream = stream(subscription);
        dismissDeserted(subscription.key(), stream, stream.leave(subscription));
        if (stream.isEmpty()) {
            streams.remove(subscription.key());
        }
    }

    /** How many subscriptions follow each stream. */
    Map<StreamKey, Integer> followers() {
        Map<StreamKey, Integer> followers = new HashMap<>();
        streams.forEach((key, stream) -> followers.put(key, stream.members()));
        return followers;
    }

    /** Null if nobody follows it. */
    @Nullable
    StreamAudience find(StreamKey key) {
        return streams.get(key);
    }

    private StreamAudience stream(Subscription subscription) {
        StreamAudience stream = streams.get(subscription.key());
        if (stream == null) {
            throw new IllegalStateException("nobody follows " + subscription.key());
        }
        return stream;
    }

    /** Asks at the pace of the subscription, or for the next flush where nothing is held. */
    void ask(Subscriber subscriber, Subscription subscription, long nowNanos) {
        boolean holdsNothing = subscription.epoch() == 0;
        askAt(subscriber, subscription, holdsNothing ? 0 : flushes.nextDue(cadenceOf(subscription), nowNanos));
    }

    void askAt(Subscriber subscriber, Subscription subscription, long dueTick) {
        StreamAudience stream = stream(subscription);
        Cohort next = stream.await(subscription.epoch(), subscription.version(), dueTick, cadenceOf(subscription));
        move(stream, subscriber, subscription, next);
        send(subscription.key(), next, subscriber.form().bit());
    }

    /** Waits for nothing, holding that version. */
    void rest(Subscriber subscriber, Subscription subscription, long epoch, long version) {
        StreamAudience stream = stream(subscription);
        move(stream, subscriber, subscription, stream.rest(epoch, version));
    }

    private void move(StreamAudience stream, Subscriber subscriber, Subscription subscription, Cohort to) {
        Cohort deserted = stream.leave(subscription);
        to.add(subscriber, subscription);
        dismissDeserted(subscription.key(), stream, deserted);
    }

    /** Else its ask would stand at the shard, to be encoded once more, until the stream changes. */
    void dismissDeserted(StreamKey key, StreamAudience stream, @Nullable Cohort deserted) {
        if (deserted != null && deserted.size() == 0) {
            if (deserted.isUnanswered()) {
                asks.add(deserted.ask(key, 0));
            }
            stream.dismiss(deserted);
        }
    }

    /**
     * Has the takers of an answer wait for what comes next.
     *
     * @param forms that the takers want
     */
    void moveOn(
            StreamAudience stream,
            Cohort from,
            FrameBatch.Answer answer,
            List<Subscription> takers,
            int forms,
            long nowNanos) {
        StreamKey key = answer.ask().key();
        int cadence = cadenceOf(takers.get(0));
        long dueTick = flushes.nextDue(cadence, nowNanos);
        boolean asOne = takers.size() == from.size()
                && from.isOfOnePace()
                && stream.find(answer.epoch(), answer.version(), dueTick, cadence) == null;
        if (asOne) {
            from.await(answer.epoch(), answer.version(), dueTick, cadence);
            send(key, from, forms);
            return;
        }
        for (int i = 0; i < takers.size(); i++) {
            Subscription taker = takers.get(i);
            Subscriber subscriber = from.subscriber(taker.slot());
            int own = cadenceOf(taker);
            taker.waitNowhere();
            Cohort next = stream.await(answer.epoch(), answer.version(), flushes.nextDue(own, nowNanos), own);
            next.add(subscriber, taker);
            send(key, next, subscriber.wantedForms());
        }
    }

    /** Asks in those of the forms in which it has not been asked. */
    private void send(StreamKey key, Cohort cohort, int forms) {
        int unasked = cohort.unasked(forms);
        if (unasked != 0) {
            asks.add(cohort.ask(key, unasked));
        }
    }
}
