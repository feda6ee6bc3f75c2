package io.depthcast.wire;

/**
 * The name of a stream: all that distinguishes its content.
 *
 * @param parameter the depth of a book (10, 25, 100 or 500), the seconds of a candle interval, otherwise 0
 */
public record StreamKey(int instrumentId, Channel channel, int parameter) {}
