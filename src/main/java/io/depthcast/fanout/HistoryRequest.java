package io.depthcast.fanout;

import io.depthcast.wire.StreamKey;

/**
 * The newest of what a stream has to tell, for a chart's start.
 *
 * @param key a tape, a ticker or a candle stream
 * @param limit at most so many
 */
record HistoryRequest(StreamKey key, int limit) {}
