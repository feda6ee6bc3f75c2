package io.depthcast.fanout;

import io.depthcast.metrics.Meters;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.FrameEncoder;

/** Counts encodings in the meters. Any thread. */
public final class EncodingCounter implements FrameEncoder.Listener {
    private final Meters meters;

    public EncodingCounter(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void encoded(Encoding encoding, int bytes) {
        meters.encoding(encoding.name()).encoded(bytes);
    }

    @Override
    public void deflated(Encoding encoding, int bytes) {
        meters.encoding(encoding.name()).deflated(bytes);
    }
}
