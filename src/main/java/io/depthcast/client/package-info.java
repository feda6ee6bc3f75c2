/**
 * A client for Java programs: decodes frames, keeps proved books. Used by the tests and the load generator.
 *
 * <p>Threads: confined to the caller's event loop.
 */
@NullMarked
package io.depthcast.client;

import org.jspecify.annotations.NullMarked;
