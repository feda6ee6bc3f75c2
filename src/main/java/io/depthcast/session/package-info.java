/**
 * One client: its subscriptions and their versions, its limits, why it was closed.
 *
 * <p>Threads: everything here belongs to the gateway loop of the socket; time is an argument.
 */
@NullMarked
package io.depthcast.session;

import org.jspecify.annotations.NullMarked;
