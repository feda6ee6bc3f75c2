package io.depthcast.fanout;

import io.depthcast.wire.Form;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions of one gateway loop: asks the shards what changed since the versions its members hold, and hands each
 * member the frames that start there. An ask is also the permission for one batch, so a loop that is busy is sent nothing
 * and later asks from its older versions. While it delivers, nothing may be asked, joined or left: what a write brings about
 * is noted by whoever hears of it, and acted on {@linkplain #later later}. One gateway loop.
 */
public final class Audience {
    private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

    /** 2^32 divided by the golden ratio. */
    private static final int GOLDEN_SECTION = 0x9E3779B9;

    private final OwnThread thread = new OwnThread();
    private final Flushes flushes;
    private final Shards shards;
    private final AskQueue asks;
    private final MessageCache messages;
    private final Cohorts cohorts;
    private final List<Subscriber> touched = new ArrayList<>();
    private final List<Subscriber> failed = new ArrayList<>();
    private final List<Subscription> takers = new ArrayList<>();
    private boolean delivering;
    private int turn;
    private long deliveries;

    Audience(Flushes flushes, Shards shards, MessageCache messages) {
        this.flushes = flushes;
        this.shards = shards;
        this.asks = new AskQueue(shards);
        this.cohorts = new Cohorts(flushes, asks);
        this.messages = messages;
        stretch(flushes.ticks());
    }

    /** Every how many ticks an interval is due: rounded up to a multiple of the flush, at least one. */
    public int cadence(int intervalMillis) {
        return flushes.cadence(intervalMillis);
    }

    /** The interval that one is rounded up to while nothing is stretched. */
    public int paceMillis(int intervalMillis) {
        return flushes.millis(flushes.cadence(intervalMillis));
    }

    /** Up to where the feed is known to have come now. */
    public Heard heard() {
        List<Version> byShard = new ArrayList<>(shards.count());
        for (int shard = 0; shard < shards.count(); shard++) {
            byShard.add(shards.newest(shard));
        }
        return new Heard(byShard);
    }

    /** Of a client that has just come and keeps its window between two messages; null if that is of no use here, or in its form. */
    public @Nullable ClientWindow newWindow(Form form) {
        return messages.newWindow(form);
    }

    /** The usual time between two flushes. */
    public int flushMillis() {
        return flushes.flushMillis();
    }

    /** Runs soon on this loop, in a turn of its own. */
    public void later(Runnable action) {
        shards.later(action);
    }

    /** Adds a subscription that holds a version, and asks for nothing yet. */
    public void join(Subscriber subscriber, Subscription subscription, long epoch, long version) {
        enter();
        cohorts.join(subscriber, subscription, epoch, version);
    }

    /** Removes a subscription, if it is there; it gets nothing more. */
    public void leave(Subscriber subscriber, Subscription subscription) {
        enter();
        if (subscription.isJoined()) {
            cohorts.leave(subscription);
            subscriber.leftOut(subscription, false);
        }
    }

    /** Asks what changed since the subscription's version, for the next flush. */
    public void askNow(Subscriber subscriber, Subscription subscription) {
        enter();
        cohorts.askAt(subscriber, subscription, 0);
    }

    /** Asks what changed since the subscription's version at its pace, unless that has been asked and not answered yet. */
    public void ask(Subscriber subscriber, Subscription subscription, long nowNanos) {
        enter();
        if (subscription.isJoined() && !subscription.isWaiting()) {
            cohorts.ask(subscriber, subscription, nowNanos);
        }
    }

    /** Delivers at another pace. What is awaited at the old one may be a minute away, so the question is put again. */
    public void changePace(Subscriber subscriber, Subscription subscription, int cadence, long nowNanos) {
        enter();
        boolean waiting = subscription.isWaiting();
        if (waiting) {
            cohorts.rest(subscriber, subscription, subscription.epoch(), subscription.version());
        }
        subscription.cadence(cadence);
        if (waiting) {
            cohorts.ask(subscriber, subscription, nowNanos);
        }
    }

    /** From here on it holds nothing, and asks for nothing yet. */
    public void startAnew(Subscriber subscriber, Subscription subscription) {
        enter();
        cohorts.rest(subscriber, subscription, 0, Subscription.NOTHING);
        subscriber.leftOut(subscription, false);
    }

    /** What changes subscriptions must not come up from below while frames are handed out. */
    private void enter() {
        assert thread.isCurrent() : "not the thread of this audience";
        if (delivering) {
            throw new IllegalStateException("called while frames are delivered; note it and act later");
        }
    }

    /** How many subscriptions of this loop follow each stream, for an operator. */
    Map<StreamKey, Integer> followers() {
        return cohorts.followers();
    }

    /** Ticks from one flush to the next. */
    int stretch() {
        return cohorts.stretch();
    }

    /** From here on asks are due at every n-th tick at most, whatever the interval; those that are out stay as they are. */
    final void stretch(int ticks) {
        cohorts.stretch(ticks);
        // Smaller messages are for when there is time.
        messages.limitWhole(ticks > flushes.ticks() ? 0 : flushes.flushMillis() * MessageCache.WHOLE_BYTES_PER_MILLI);
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
        enter();
        delivering = true;
        try {
            for (FrameBatch batch : batches) {
                for (FrameBatch.Answer answer : batch.answers()) {
                    collect(answer, nowNanos);
                }
            }
            deliver();
        } finally {
            delivering = false;
            touched.clear();
            messages.clear();
            for (FrameBatch batch : batches) {
                batch.release();
                asks.taken(batch.shard());
            }
        }
        endFailed();
    }

    private void collect(FrameBatch.Answer answer, long nowNanos) {
        StreamKey key = answer.ask().key();
        StreamAudience stream = cohorts.find(key);
        Cohort cohort = stream == null ? null : stream.find(answer.ask());
        if (stream == null || cohort == null) {
            return;
        }
        cohort.answered(answer.forms());
        int forms = answer.frames().isEmpty() ? takeNothing(cohort) : take(stream, cohort, answer, nowNanos);
        if (!takers.isEmpty()) {
            // At once, so that a second answer to the same ask is not taken as well.
            cohorts.moveOn(stream, cohort, answer, takers, forms, nowNanos);
            takers.clear();
        }
        cohorts.dismissDeserted(key, stream, cohort);
    }

    /** Everybody learns what they hold, in whatever form they take frames; notes them, and returns the forms they want next. */
    private int takeNothing(Cohort cohort) {
        int forms = 0;
        for (int i = 0; i < cohort.size(); i++) {
            forms |= cohort.subscriber(i).wantedForms();
            takers.add(cohort.get(i));
        }
        return forms;
    }

    /** Hands the answer to those who can take it, and notes them; returns the forms they want next. */
    private int take(StreamAudience stream, Cohort cohort, FrameBatch.Answer answer, long nowNanos) {
        int forms = 0;
        // Backwards, because some leave.
        for (int i = cohort.size() - 1; i >= 0; i--) {
            Subscriber subscriber = cohort.subscriber(i);
            if ((subscriber.takenForms() & answer.forms()) == 0) {
                continue;
            }
            Subscription member = cohort.get(i);
            if (subscriber.hasCollected() || subscriber.hasRoom(nowNanos)) {
                forms |= subscriber.wantedForms();
                takers.add(member);
                if (subscriber.collect(member, answer)) {
                    touched.add(subscriber);
                }
            } else {
                member.waitNowhere();
                stream.rest(cohort.epoch(), cohort.version()).add(subscriber, member);
                subscriber.leftOut(member, true);
                subscriber.onNoRoom();
            }
        }
        return forms;
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

    private void deliver(Subscriber subscriber) {
        try {
            List<FairShare.Share> others = subscriber.deliver(messages);
            for (int i = 0; i < others.size(); i++) {
                giveBack(subscriber, others.get(i));
            }
            deliveries++;
            if (!subscriber.keepsUp()) {
                rest(subscriber, subscriber.delivered());
            }
        } catch (RuntimeException e) {
            // A defect that one client has met must not keep the flush from the others.
            LOG.atError()
                    .addKeyValue("session", subscriber.id())
                    .setCause(e)
                    .log("a client is closed because its data could not be sent");
            failed.add(subscriber);
        } finally {
            subscriber.clearCollected();
        }
    }

    private void rest(Subscriber subscriber, List<Subscription> taken) {
        for (int i = 0; i < taken.size(); i++) {
            Subscription each = taken.get(i);
            if (each.isWaiting()) {
                cohorts.rest(subscriber, each, each.epoch(), each.version());
            }
        }
    }

    /** What it took in this flush does not fit after all: it stays at the version held before and waits for nothing. */
    private void giveBack(Subscriber subscriber, FairShare.Share share) {
        Ask held = share.answer().ask();
        cohorts.rest(subscriber, share.subscription(), held.epoch(), held.version());
        subscriber.leftOut(share.subscription(), true);
    }

    private void endFailed() {
        for (Subscriber subscriber : failed) {
            subscriber.onFailure();
        }
        failed.clear();
    }
}
