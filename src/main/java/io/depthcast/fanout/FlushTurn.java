package io.depthcast.fanout;

import io.depthcast.wire.FrameEncoder;
import io.depthcast.wire.StreamKey;

/**
 * One flush of a shard, as its streams see it.
 *
 * @param tick of this flush
 * @param usual whether what has no tick of its own is due
 * @param sequence of the last event that the shard has applied
 * @param patience ticks that a holder of a version yet to come is waited for
 */
record FlushTurn(long tick, boolean usual, long sequence, int patience, FrameEncoder encoder, Faults faults) {
    /** Ticks from a failure to the next attempt: about a second. */
    static final int RETRY = 200;

    /** Whether the shard is at what somebody holds, who then misses nothing. */
    boolean hasReached(Ask ask, long epoch) {
        return ask.epoch() == epoch && ask.version() <= sequence;
    }

    /** Hears what went wrong; nothing else comes of it but that an answer is late. */
    interface Faults {
        void failed(StreamKey key, RuntimeException cause);
    }
}
