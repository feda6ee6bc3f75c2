package io.depthcast.fanout;

import io.depthcast.wire.StreamKey;

/**
 * "What changed in this stream since this version, in these forms?" Stands until the stream has changed or the ask is
 * withdrawn.
 *
 * @param epoch microseconds since 1970; 0 together with version 0 for somebody who holds nothing
 * @param forms bits of {@link io.depthcast.wire.Form#bit()}; 0 withdraws the ask for all forms
 * @param dueTick number of the first tick at which the answer is wanted; 0 for the next flush
 * @param cadence where there is nothing to tell then, look again at each flush at a multiple of so many ticks, at least 1
 */
record Ask(StreamKey key, long epoch, long version, int forms, long dueTick, int cadence) {
    boolean isWithdrawal() {
        return forms == 0;
    }
}
