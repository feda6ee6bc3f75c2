/**
 * Recordings of the feed: files that hold what the intake took, as {@code feed-log.md} has it. Writing, reading, and the
 * recorder that keeps up with the feed.
 *
 * <p>Threads: writers and readers belong to one thread, which waits for the disk; the recorder brings a thread of its own, so
 * that no loop ever does.
 */
@NullMarked
package io.depthcast.recording;

import org.jspecify.annotations.NullMarked;
