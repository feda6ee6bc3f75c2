package io.depthcast.session;

import io.depthcast.fanout.Audience;
import io.depthcast.fanout.InstrumentDirectory;
import io.depthcast.metrics.Meters;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the sessions of one gateway loop share.
 *
 * @param server name and version told in the welcome, such as {@code depthcast/1.0.0}
 * @param waitingRoom to be looked after once per flush
 * @param wallMicros wall time, microseconds since 1970
 * @param random spreads what would otherwise happen to many clients at once
 * @param tokens of use only where clients have to show one
 */
public record SessionContext(
        String server,
        InstrumentDirectory directory,
        Audience streams,
        Announcements announcements,
        WaitingRoom waitingRoom,
        LimitSettings limits,
        PaceSettings pace,
        Meters meters,
        ByteBufAllocator allocator,
        LongSupplier wallMicros,
        RandomGenerator random,
        TokenCheck tokens) {

    /** The same with other limits, or at another pace. */
    public SessionContext with(LimitSettings otherLimits, PaceSettings otherPace) {
        return new SessionContext(
                server,
                directory,
                streams,
                announcements,
                waitingRoom,
                otherLimits,
                otherPace,
                meters,
                allocator,
                wallMicros,
                random,
                tokens);
    }
}
