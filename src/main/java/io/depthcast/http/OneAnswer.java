package io.depthcast.http;

import io.depthcast.session.MessageCache;
import io.depthcast.session.Streams;
import io.depthcast.session.Subscriber;
import io.depthcast.session.Subscription;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.Version;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A subscriber that takes one answer as JSON and leaves: a snapshot request or a long poll. One gateway loop. */
final class OneAnswer extends Subscriber {
    private static final Form FORM = Form.of(Encodings.JSON, 0);

    /** Beyond the wait: the answer to an ask comes with the next flush, if the books are whole. */
    private static final int ANSWER_MILLIS = 2_000;

    private final Promise<@Nullable Buffer> answer = Promise.promise();
    private @Nullable Subscription wanted;

    private OneAnswer() {}

    /** A stream's state, or null if there is none within the wait. */
    static Future<@Nullable Buffer> state(Vertx vertx, Streams streams, StreamKey key, int waitMillis) {
        OneAnswer asker = new OneAnswer();
        Subscription state = asker.join(streams, key, new Version(0, Subscription.NOTHING));
        asker.wanted = state;
        return asker.within(vertx, Math.max(1, waitMillis)).onComplete(done -> streams.leave(state));
    }

    /** What changed in a stream since a version, or null when nothing has within the wait. */
    static Future<@Nullable Buffer> since(Vertx vertx, Streams streams, StreamKey key, Version held, int waitMillis) {
        OneAnswer asker = new OneAnswer();
        Subscription change = asker.join(streams, key, held);
        asker.wanted = change;
        long timer = vertx.setTimer(Math.max(1, waitMillis), over -> asker.settle(streams, key));
        return asker.within(vertx, waitMillis + ANSWER_MILLIS).onComplete(done -> {
            vertx.cancelTimer(timer);
            streams.leave(change);
        });
    }

    /** Asks for the state as well: a flush that has this but no change says that nothing has changed. */
    private void settle(Streams streams, StreamKey key) {
        Subscription state = join(streams, key, new Version(0, Subscription.NOTHING));
        answer.future().onComplete(done -> streams.leave(state));
    }

    private Subscription join(Streams streams, StreamKey key, Version held) {
        Subscription subscription = new Subscription(this, key, held.epoch(), held.sequence(), 1);
        streams.join(subscription);
        return subscription;
    }

    private Future<@Nullable Buffer> within(Vertx vertx, int millis) {
        long timer = vertx.setTimer(millis, late -> answer.tryComplete(null));
        return answer.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    @Override
    public Form form() {
        return FORM;
    }

    @Override
    public boolean hasRoom(long nowNanos) {
        return !answer.future().isComplete();
    }

    @Override
    protected void send(List<Frame> frames, MessageCache messages) {
        int index = delivered().indexOf(wanted);
        answer.tryComplete(
                index < 0
                        ? null
                        : Buffer.buffer(ByteBufUtil.getBytes(frames.get(index).bytes(FORM))));
    }

    @Override
    public void onFailure() {
        answer.tryComplete(null);
    }
}
