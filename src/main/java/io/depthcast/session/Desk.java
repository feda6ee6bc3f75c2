package io.depthcast.session;

import io.depthcast.wire.ParsedCommand;

/** Carries out what one client asks, in its dialect. */
interface Desk {
    void carryOut(ParsedCommand asked, long nowNanos);
}
