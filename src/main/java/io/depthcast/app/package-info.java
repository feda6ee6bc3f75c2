/**
 * Wiring, start and stop order; settings of all parts as one, and what they may be. Nothing here is on the way of a price.
 *
 * <p>Threads: the main thread starts, waits for a signal, drains and stops. Meanwhile the thread {@code config-watch} reads
 * a changed file and hands its settings to the loops over the event bus, and a loop looks at the certificate, whose files a
 * worker reads. Signals come on threads of their own. What these share is volatile or behind one monitor. Log lines are limited
 * on whatever thread logs.
 */
@NullMarked
package io.depthcast.app;

import org.jspecify.annotations.NullMarked;
