package io.depthcast.session;

import io.depthcast.book.Instrument;
import io.depthcast.metrics.Meters;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Command;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The streams one session follows: at most one per channel and instrument. One gateway loop. */
final class Subscriptions {
    /** What became of one symbol of a subscribe command. */
    enum Outcome {
        SUBSCRIBED,
        TOO_MANY
    }

    private record Place(Channel channel, int instrumentId) {}

    private final Subscriber subscriber;
    private final Streams streams;
    private final int max;
    private final Meters meters;
    private final Map<Place, Subscription> byPlace = new HashMap<>();

    Subscriptions(Subscriber subscriber, Streams streams, int max, Meters meters) {
        this.subscriber = subscriber;
        this.streams = streams;
        this.max = max;
        this.meters = meters;
    }

    int count() {
        return byPlace.size();
    }

    /** Starts a stream, or changes its depth or interval in place. */
    Outcome subscribe(Command.Subscribe command, Instrument instrument, long nowNanos) {
        Place place = new Place(command.channel(), instrument.id());
        StreamKey key = new StreamKey(instrument.id(), command.channel(), command.parameter());
        int cadence = streams.cadence(command.intervalMillis());
        Subscription present = byPlace.get(place);
        Version resume = command.resume().get(instrument.symbol());
        if (present != null && present.key().equals(key) && resume == null) {
            changePace(present, cadence, nowNanos);
            return Outcome.SUBSCRIBED;
        }
        if (present != null) {
            streams.leave(present);
        } else if (byPlace.size() >= max) {
            return Outcome.TOO_MANY;
        }
        long epoch = resume == null ? 0 : resume.epoch();
        long version = resume == null ? Subscription.NOTHING : resume.sequence();
        Subscription started = new Subscription(subscriber, key, epoch, version, cadence);
        byPlace.put(place, started);
        streams.join(started);
        meters.subscriptionsChanged(present == null ? 1 : 0);
        return Outcome.SUBSCRIBED;
    }

    /** What is awaited at the old pace may be a minute away, so the question is put again. */
    private void changePace(Subscription present, int cadence, long nowNanos) {
        if (present.cadence() != cadence) {
            present.cadence(cadence);
            present.stopWaiting();
            streams.ask(present, nowNanos);
        }
    }

    /** Returns whether there was such a stream. */
    boolean unsubscribe(Channel channel, Instrument instrument) {
        Subscription present = byPlace.remove(new Place(channel, instrument.id()));
        if (present != null) {
            streams.leave(present);
            meters.subscriptionsChanged(-1);
        }
        return present != null;
    }

    /** Has a snapshot of the book sent; returns whether the book is subscribed. */
    boolean resync(Instrument instrument, long nowNanos) {
        Subscription present = byPlace.get(new Place(Channel.BOOK, instrument.id()));
        if (present != null) {
            present.advanceTo(0, Subscription.NOTHING);
            streams.ask(present, nowNanos);
        }
        return present != null;
    }

    /** Asks what changed in every stream that has fallen behind. */
    void catchUp(long nowNanos) {
        for (Subscription subscription : byPlace.values()) {
            streams.ask(subscription, nowNanos);
        }
    }

    void leaveAll() {
        Collection<Subscription> all = new ArrayList<>(byPlace.values());
        byPlace.clear();
        meters.subscriptionsChanged(-all.size());
        all.forEach(streams::leave);
    }
}
