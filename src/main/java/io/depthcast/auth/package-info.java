/**
 * Who a client is and what it may see.
 *
 * <p>Threads: stateless.
 */
@NullMarked
package io.depthcast.auth;

import org.jspecify.annotations.NullMarked;
