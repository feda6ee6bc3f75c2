/**
 * The simulated market: order books driven by orders around correlated prices, the same for the same seed.
 *
 * <p>Threads: confined to the feed loop.
 */
@NullMarked
package io.depthcast.market;

import org.jspecify.annotations.NullMarked;
