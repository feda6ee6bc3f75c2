package io.depthcast.fanout;

import io.depthcast.wire.Frame;
import io.depthcast.wire.StreamKey;
import java.util.List;

/**
 * From a shard to a gateway loop: the answers of one flush. Immutable. Whoever holds it last calls {@link #release()}.
 *
 * @param flush number of the flush
 * @param oldestEventNanos {@link System#nanoTime()} at which the oldest event first told in this flush was made
 */
record FrameBatch(int shard, long flush, long oldestEventNanos, List<Answer> answers) {

    /**
     * What changed in a stream since the version asked.
     *
     * @param forms the forms the frames were made in
     * @param frames at least one, each a reference of this answer's own
     */
    record Answer(StreamKey key, long epoch, long version, int forms, List<Frame> frames) {}

    void release() {
        for (Answer answer : answers) {
            answer.frames().forEach(Frame::release);
        }
    }
}
