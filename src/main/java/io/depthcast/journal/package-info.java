/**
 * The log of the feed beyond this process: whom it has speak, on Kafka and in memory, and as recordings on disk.
 *
 * <p>Threads: the rules here belong to whoever reads the log; clients of Kafka have threads of their own.
 */
@NullMarked
package io.depthcast.journal;

import org.jspecify.annotations.NullMarked;
