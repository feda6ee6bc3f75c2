package io.depthcast.session;

import io.depthcast.fanout.Cohort;
import io.depthcast.fanout.Streams;
import io.depthcast.fanout.Subscription;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Streams at which nothing ever changes; keeps what was asked of them. */
final class RecordingStreams implements Streams {
    static final int FLUSH_MILLIS = 20;
    private static final Subscription.Seat SEAT = new Subscription.Seat() {};

    private final List<String> calls = new ArrayList<>();
    private final List<Subscription> joined = new ArrayList<>();

    /** What was called since the last call of this. */
    List<String> takeCalls() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    /** Every subscription that joined since the start. */
    List<Subscription> joined() {
        return joined;
    }

    /** Has every subscription fall behind, as if an answer had come while there was no room. */
    void outrunAll() {
        joined.forEach(Subscription::stopWaiting);
    }

    @Override
    public int cadence(int intervalMillis) {
        return Math.max(1, (intervalMillis + FLUSH_MILLIS - 1) / FLUSH_MILLIS);
    }

    @Override
    public int flushMillis() {
        return FLUSH_MILLIS;
    }

    @Override
    public void join(Subscription subscription) {
        joined.add(subscription);
        subscription.seat(SEAT);
        await(subscription);
        note("join", subscription);
    }

    @Override
    public void leave(Subscription subscription) {
        subscription.seat(null);
        subscription.stopWaiting();
        note("leave", subscription);
    }

    @Override
    public void ask(Subscription subscription, long nowNanos) {
        if (!subscription.isWaiting()) {
            await(subscription);
            note("ask", subscription);
        }
    }

    private static void await(Subscription subscription) {
        Cohort alone = new Cohort();
        alone.moveTo(subscription.epoch(), subscription.version());
        alone.add(subscription);
    }

    /** Such as {@code join book 1/25 at 7:812 every 5}. */
    private void note(String call, Subscription subscription) {
        StreamKey key = subscription.key();
        calls.add(String.format(
                Locale.ROOT,
                "%s %s %d/%d at %d:%d every %d",
                call,
                key.channel().text(),
                key.instrumentId(),
                depth(key.view()),
                subscription.epoch(),
                subscription.version(),
                subscription.cadence()));
    }

    private static int depth(View view) {
        return view instanceof View.Book book ? book.depth() : 0;
    }
}
