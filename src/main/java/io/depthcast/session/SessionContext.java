package io.depthcast.session;

import io.depthcast.metrics.Meters;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.LongSupplier;

/**
 * What the sessions of one gateway loop share.
 *
 * @param server name and version told in the welcome, such as {@code depthcast/1.0.0}
 * @param wallMicros wall time, microseconds since 1970
 */
public record SessionContext(
        String server,
        InstrumentDirectory directory,
        Streams streams,
        Announcements announcements,
        LimitSettings limits,
        Meters meters,
        ByteBufAllocator allocator,
        LongSupplier wallMicros) {

    /** The same with other limits. */
    public SessionContext with(LimitSettings changed) {
        return new SessionContext(server, directory, streams, announcements, changed, meters, allocator, wallMicros);
    }
}
