package io.depthcast.wire;

/** The name of a stream: all that distinguishes its content. */
public record StreamKey(int instrumentId, View view) {
    public Channel channel() {
        return view.channel();
    }
}
