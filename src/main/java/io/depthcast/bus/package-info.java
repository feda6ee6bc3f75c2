/**
 * What event bus and loops need of us: codecs that hand an immutable object over as it is, changed settings for whoever runs
 * on them, and questions of one loop to another; and all that we use of Vert.x beyond its promises.
 *
 * <p>Threads: any.
 */
@NullMarked
package io.depthcast.bus;

import org.jspecify.annotations.NullMarked;
