package io.depthcast.book;

/**
 * When a view of a book last changed.
 *
 * @param version the feed's sequence number of that event, 0 before the first
 * @param timeMicros when it happened, microseconds since 1970
 */
public record ViewStamp(long version, long timeMicros) {}
