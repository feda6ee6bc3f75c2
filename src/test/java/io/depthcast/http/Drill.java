package io.depthcast.http;

import java.io.IOException;
import java.util.Set;

/**
 * A real gateway in distress: its alerts fire while that lasts, and end when somebody has done what the runbook says. One
 * thread.
 */
interface Drill extends AutoCloseable {
    /** Of the gateway. */
    int managementPort();

    /** Those that have to fire, and to end. */
    Set<String> alerts();

    /** Those that the same distress must not fire. */
    default Set<String> others() {
        return Set.of();
    }

    /** Causes the distress, or has it last; called again and again until all alerts have fired. */
    void strain() throws Exception;

    /** Does what the runbook says. */
    void mend() throws Exception;

    /** What goes on after that; called again and again until all alerts have ended. */
    default void goOn() throws Exception {}

    @Override
    void close() throws IOException;
}
