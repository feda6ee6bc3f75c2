package io.depthcast.fanout;

import io.depthcast.feed.ListingChanges;
import io.depthcast.wire.Frame;
import io.depthcast.wire.Version;
import java.util.List;

/**
 * From a shard to a gateway loop: the answers of one flush. Immutable. Whoever holds it last calls {@link #release()}.
 *
 * @param oldestEventNanos {@link System#nanoTime()} at which the oldest event first told in this flush was made
 * @param newest the last event that the shard had applied
 * @param listings how the shard's share of the instruments changed; the answers may be in steps of these. The first
 *     batch that a loop is sent has all of them.
 */
record FrameBatch(int shard, long oldestEventNanos, Version newest, ListingChanges listings, List<Answer> answers) {

    /**
     * What changed in a stream since the version asked.
     *
     * @param ask the first of its kind; the forms are those of that one alone
     * @param forms the forms the frames were made in
     * @param epoch with the version, what whoever asked holds from now on
     * @param frames each a reference of this answer's own; none where there is nothing to tell
     */
    record Answer(Ask ask, int forms, long epoch, long version, List<Frame> frames) {}

    void release() {
        for (Answer answer : answers) {
            answer.frames().forEach(Frame::release);
        }
    }
}
