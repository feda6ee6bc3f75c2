package io.depthcast.http;

import io.depthcast.fanout.Audience;
import io.depthcast.fanout.MessageCache;
import io.depthcast.fanout.Subscriber;
import io.depthcast.fanout.Subscription;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.Gzip;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.Version;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A subscriber that takes one answer as JSON and leaves: a snapshot request or a long poll. One gateway loop. */
final class OneAnswer extends Subscriber {
    /** Beyond the wait: the answer to an ask comes with the next flush, if the books are whole. */
    private static final int ANSWER_MILLIS = 2_000;

    private final Form form;
    private final Audience streams;
    private final Promise<@Nullable Buffer> answer = Promise.promise();
    private @Nullable Subscription wanted;
    private boolean answered;

    private OneAnswer(Audience streams, boolean gzip) {
        this.streams = streams;
        this.form = Form.of(Encodings.JSON, gzip ? Form.FULL_WINDOW_BITS : 0);
    }

    /**
     * Asks for a stream's state; the answer is null if there is none within the wait.
     *
     * @param gzip whether the answer is to be a gzip file
     */
    static OneAnswer state(Vertx vertx, Audience streams, StreamKey key, boolean gzip, int waitMillis) {
        OneAnswer asker = new OneAnswer(streams, gzip);
        asker.wanted = asker.join(key, new Version(0, Subscription.NOTHING));
        asker.waitAtMost(vertx, Math.max(1, waitMillis));
        return asker;
    }

    /** Asks what changed in a stream since a version; the answer is null when nothing has within the wait. */
    static OneAnswer since(Vertx vertx, Audience streams, StreamKey key, Version held, boolean gzip, int waitMillis) {
        OneAnswer asker = new OneAnswer(streams, gzip);
        asker.wanted = asker.join(key, held);
        long timer = vertx.setTimer(Math.max(1, waitMillis), over -> asker.settle(key));
        asker.answer.future().onComplete(done -> vertx.cancelTimer(timer));
        asker.waitAtMost(vertx, waitMillis + ANSWER_MILLIS);
        return asker;
    }

    Future<@Nullable Buffer> future() {
        return answer.future();
    }

    /** Nobody waits for the answer any more. */
    void abandon() {
        answer.tryComplete(null);
    }

    /** Asks for the state as well: a flush that has this but no change says that nothing has changed. */
    private void settle(StreamKey key) {
        Subscription unused = join(key, new Version(0, Subscription.NOTHING));
    }

    /** Joins until there is an answer. */
    private Subscription join(StreamKey key, Version held) {
        Subscription subscription = new Subscription(key, 1);
        streams.join(this, subscription, held.epoch(), held.sequence());
        streams.askNow(this, subscription);
        answer.future().onComplete(done -> streams.leave(this, subscription));
        return subscription;
    }

    private void waitAtMost(Vertx vertx, int millis) {
        long timer = vertx.setTimer(millis, late -> abandon());
        answer.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    @Override
    public Form form() {
        return form;
    }

    @Override
    public boolean hasRoom(long nowNanos) {
        return !answered;
    }

    @Override
    protected void send(List<Frame> frames, MessageCache messages) {
        int index = delivered().indexOf(wanted);
        Buffer body = index < 0 ? null : Buffer.buffer(body(frames.get(index)));
        answered = true;
        // Who hears of it leaves the streams, and this is the middle of a delivery.
        streams.later(() -> answer.tryComplete(body));
    }

    private byte[] body(Frame frame) {
        if (!form.isDeflated()) {
            return ByteBufUtil.getBytes(frame.bytes(form));
        }
        ByteBuf file = Gzip.of(PooledByteBufAllocator.DEFAULT, form, frame);
        byte[] body = ByteBufUtil.getBytes(file);
        file.release();
        return body;
    }

    @Override
    public void onFailure() {
        abandon();
    }
}
