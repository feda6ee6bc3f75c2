/**
 * One client: its commands, its limits, its place on the slow-consumer ladder, why it was closed.
 *
 * <p>Threads: everything here belongs to the gateway loop of the socket; time is an argument.
 */
@NullMarked
package io.depthcast.session;

import org.jspecify.annotations.NullMarked;
