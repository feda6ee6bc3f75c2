package io.depthcast.http;

import io.depthcast.session.MessageCache;
import io.depthcast.session.Streams;
import io.depthcast.session.Subscriber;
import io.depthcast.session.Subscription;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.StreamKey;
import io.netty.buffer.ByteBuf;
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

    private final Promise<@Nullable Buffer> answer = Promise.promise();

    private OneAnswer() {}

    /**
     * What changed in a stream since a version, or null when nothing has within the wait.
     *
     * @param epoch 0 together with version 0 for the stream's state
     */
    static Future<@Nullable Buffer> of(
            Vertx vertx, Streams streams, StreamKey key, long epoch, long version, int waitMillis) {
        OneAnswer asker = new OneAnswer();
        Subscription subscription = new Subscription(asker, key, epoch, version, 1);
        streams.join(subscription);
        long timer = vertx.setTimer(Math.max(1, waitMillis), expired -> asker.answer.tryComplete(null));
        return asker.answer.future().onComplete(done -> {
            vertx.cancelTimer(timer);
            streams.leave(subscription);
        });
    }

    @Override
    public Form form() {
        return FORM;
    }

    @Override
    public boolean hasRoom() {
        return !answer.future().isComplete();
    }

    @Override
    protected void send(List<Frame> frames, MessageCache messages) {
        ByteBuf bytes = frames.get(0).bytes(FORM);
        answer.tryComplete(Buffer.buffer(ByteBufUtil.getBytes(bytes)));
    }

    @Override
    public void onFailure() {
        answer.tryComplete(null);
    }
}
