/**
 * What the event bus needs of us: codecs that hand an immutable object over as it is, and changed settings for whoever runs on them.
 *
 * <p>Threads: any.
 */
@NullMarked
package io.depthcast.bus;

import org.jspecify.annotations.NullMarked;
