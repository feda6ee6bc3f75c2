package io.depthcast.fanout;

import io.depthcast.wire.Frame;
import io.depthcast.wire.StreamKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions of one gateway loop: asks the shards what changed since the versions its members hold, and hands each
 * member the frames that start there. An ask is also the permission for one batch, so a loop that is busy is sent nothing
 * and later asks from its older versions. One gateway loop.
 */
public final class Audience implements Streams {
    private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

    /** 2^32 divided by the golden ratio. */
    private static final int GOLDEN_SECTION = 0x9E3779B9;

    /** Carries asks to the shards. */
    interface Shards {
        int count();

        void send(int shard, boolean taken, List<Ask> asks);

        /** Runs soon on this loop, after the current handler. */
        void later(Runnable action);
    }

    private final Flushes flushes;
    private final Shards shards;
    private final MessageCache messages;
    private final Map<StreamKey, StreamAudience> streams = new HashMap<>();
    private final List<List<Ask>> unsent = new ArrayList<>();
    private final List<Subscriber> touched = new ArrayList<>();
    private final List<Subscription> takers = new ArrayList<>();
    private boolean sendScheduled;
    private int stretch;
    private int turn;
    private long deliveries;

    Audience(Flushes flushes, Shards shards, MessageCache messages) {
        this.flushes = flushes;
        this.shards = shards;
        this.messages = messages;
        stretch(1);
        for (int shard = 0; shard < shards.count(); shard++) {
            unsent.add(new ArrayList<>());
        }
    }

    @Override
    public int cadence(int intervalMillis) {
        return flushes.cadence(intervalMillis);
    }

    @Override
    public int flushMillis() {
        return flushes.flushMillis();
    }

    @Override
    public void join(Subscription subscription) {
        StreamAudience stream = streams.computeIfAbsent(subscription.key(), key -> new StreamAudience());
        stream.joined();
        subscription.seat(stream);
        askAt(stream, subscription, 0);
    }

    @Override
    public void leave(Subscription subscription) {
        if (!(subscription.seat() instanceof StreamAudience stream)) {
            return;
        }
        subscription.seat(null);
        subscription.stopWaiting();
        stream.left();
        withdrawDeserted(subscription.key(), stream);
        if (stream.isEmpty()) {
            streams.remove(subscription.key());
        }
    }

    @Override
    public void ask(Subscription subscription, long nowNanos) {
        if (subscription.seat() instanceof StreamAudience stream && !subscription.isWaiting()) {
            boolean holdsNothing = subscription.epoch() == 0;
            askAt(stream, subscription, holdsNothing ? 0 : flushes.nextDue(cadenceOf(subscription), nowNanos));
            withdrawDeserted(subscription.key(), stream);
        }
    }

    /** Else they would stand at the shard, each to be encoded once more, until the stream changes. */
    private void withdrawDeserted(StreamKey key, StreamAudience stream) {
        for (Awaited each = stream.takeDeserted(); each != null; each = stream.takeDeserted()) {
            send(key, each.ask(key, 0));
        }
    }

    int stretch() {
        return stretch;
    }

    /** From here on asks are due at every n-th flush at most, whatever the interval; those that are out stay as they are. */
    final void stretch(int factor) {
        stretch = factor;
        // Smaller messages are for when there is time.
        messages.limitWhole(factor > 1 ? 0 : flushes.flushMillis() * MessageCache.WHOLE_BYTES_PER_MILLI);
    }

    /** Frees native memory; nothing may be delivered any more. */
    void close() {
        messages.close();
    }

    /** Messages handed to subscribers since the start. */
    long deliveries() {
        return deliveries;
    }

    /** Delivers batches, at most one of each shard, as one message per subscriber; releases them, and asks for the next. */
    void deliver(List<FrameBatch> batches, long nowNanos) {
        try {
            for (FrameBatch batch : batches) {
                for (FrameBatch.Answer answer : batch.answers()) {
                    collect(answer, nowNanos);
                }
            }
            deliver();
        } finally {
            touched.clear();
            messages.clear();
            for (FrameBatch batch : batches) {
                withdrawDeserted(batch);
                batch.release();
                send(batch.shard(), true);
            }
        }
    }

    /**
     * Starts at another subscriber each time: whoever is last waits for the writes to all others. Steps of the golden
     * section bring everybody to the front, the middle and the end alike within a few flushes, however many there are.
     */
    private void deliver() {
        int count = touched.size();
        int first = (int) ((Integer.toUnsignedLong(++turn * GOLDEN_SECTION) * count) >>> Integer.SIZE);
        for (int i = 0; i < count; i++) {
            int place = first + i;
            deliver(touched.get(place < count ? place : place - count));
        }
    }

    /** Those who waited with others for what only one of them would have taken. */
    private void withdrawDeserted(FrameBatch batch) {
        for (FrameBatch.Answer answer : batch.answers()) {
            StreamAudience stream = streams.get(answer.ask().key());
            if (stream != null) {
                withdrawDeserted(answer.ask().key(), stream);
            }
        }
    }

    private void collect(FrameBatch.Answer answer, long nowNanos) {
        StreamAudience stream = streams.get(answer.ask().key());
        Awaited awaited = stream == null ? null : stream.find(answer.ask());
        if (stream == null || awaited == null) {
            return;
        }
        awaited.answered(answer.forms());
        int forms = collect(awaited.members(), answer, nowNanos);
        if (!takers.isEmpty()) {
            moveOn(stream, awaited, answer, forms, nowNanos);
            takers.clear();
        }
        if (awaited.members().size() == 0) {
            stream.settle(awaited);
        }
    }

    /** Hands the answer to those who can take it, and notes them; returns their forms. */
    private int collect(Cohort members, FrameBatch.Answer answer, long nowNanos) {
        int forms = 0;
        // Backwards, because some leave.
        for (int i = members.size() - 1; i >= 0; i--) {
            Subscriber subscriber = members.subscriber(i);
            int form = subscriber.form().bit();
            if ((form & answer.forms()) == 0) {
                continue;
            }
            if (subscriber.hasCollected() || subscriber.hasRoom(nowNanos)) {
                forms |= form;
                Subscription member = members.get(i);
                takers.add(member);
                if (subscriber.collect(member, answer.frames())) {
                    touched.add(subscriber);
                }
            } else {
                Subscription member = members.get(i);
                // Left first, because a subscriber that finds room meanwhile asks anew.
                member.stopWaiting();
                subscriber.onNoRoom();
                member.leaveOut();
            }
        }
        return forms;
    }

    /** Has the takers wait for what comes next: at once, so that a second answer to the same ask is not taken as well. */
    private void moveOn(StreamAudience stream, Awaited from, FrameBatch.Answer answer, int forms, long nowNanos) {
        Frame last = answer.frames().get(answer.frames().size() - 1);
        int cadence = cadenceOf(takers.get(0));
        long dueFlush = flushes.nextDue(cadence, nowNanos);
        boolean asOne = takers.size() == from.members().size()
                && from.members().isOfOnePace()
                && stream.find(last.epoch(), last.version(), dueFlush, cadence) == null;
        if (asOne) {
            from.start(last.epoch(), last.version(), dueFlush, cadence);
            send(answer.ask().key(), from, forms);
            return;
        }
        for (int i = 0; i < takers.size(); i++) {
            Subscription taker = takers.get(i);
            int own = cadenceOf(taker);
            Awaited next = stream.await(last.epoch(), last.version(), flushes.nextDue(own, nowNanos), own);
            taker.join(next.members());
            send(taker.key(), next, taker.subscriber().form().bit());
        }
    }

    private void deliver(Subscriber subscriber) {
        try {
            subscriber.deliver(messages);
            deliveries++;
            if (!subscriber.keepsUp()) {
                subscriber.delivered().forEach(Subscription::stopWaiting);
            }
        } catch (RuntimeException e) {
            // A defect that one client has met must not keep the flush from the others.
            LOG.atError()
                    .addKeyValue("session", subscriber.id())
                    .setCause(e)
                    .log("a client is closed because its data could not be sent");
            subscriber.onFailure();
        } finally {
            subscriber.clearCollected();
        }
    }

    private int cadenceOf(Subscription subscription) {
        return Flushes.stretched(subscription.cadence(), stretch);
    }

    private void askAt(StreamAudience stream, Subscription subscription, long dueFlush) {
        Awaited awaited = stream.await(subscription.epoch(), subscription.version(), dueFlush, cadenceOf(subscription));
        awaited.members().add(subscription);
        send(subscription.key(), awaited, subscription.subscriber().form().bit());
    }

    /** Asks in those of the forms in which it has not been asked. */
    private void send(StreamKey key, Awaited awaited, int forms) {
        int unasked = awaited.unasked(forms);
        if (unasked != 0) {
            send(key, awaited.ask(key, unasked));
        }
    }

    private void send(StreamKey key, Ask ask) {
        unsent.get(Shard.of(key.instrumentId(), shards.count())).add(ask);
        scheduleSend();
    }

    private void scheduleSend() {
        if (!sendScheduled) {
            sendScheduled = true;
            shards.later(this::sendUnsent);
        }
    }

    private void sendUnsent() {
        sendScheduled = false;
        for (int shard = 0; shard < unsent.size(); shard++) {
            if (!unsent.get(shard).isEmpty()) {
                send(shard, false);
            }
        }
    }

    private void send(int shard, boolean taken) {
        List<Ask> asks = unsent.get(shard);
        unsent.set(shard, new ArrayList<>());
        shards.send(shard, taken, asks);
    }
}
