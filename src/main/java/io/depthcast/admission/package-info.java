/**
 * Who may come in, for the whole node: addresses, subjects, and why former sessions ended.
 *
 * <p>Threads: the counts belong to the loop of {@link io.depthcast.admission.AdmissionVerticle}; gateway loops ask it over the event bus.
 */
@NullMarked
package io.depthcast.admission;

import org.jspecify.annotations.NullMarked;
