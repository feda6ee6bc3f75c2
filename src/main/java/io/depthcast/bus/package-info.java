/**
 * What the event bus needs of us: codecs that hand an immutable object over as it is, and changed settings for whoever runs on them; and all that we use of Vert.x beyond its promises.
 *
 * <p>Threads: any.
 */
@NullMarked
package io.depthcast.bus;

import org.jspecify.annotations.NullMarked;
