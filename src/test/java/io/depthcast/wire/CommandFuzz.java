package io.depthcast.wire;

import io.netty.buffer.Unpooled;

/** A stranger's command: understood, or refused in words that a client can be sent. */
public final class CommandFuzz {
    private static final int LONGEST_REASON = 512;

    private CommandFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        ParsedCommand parsed = CommandParser.parse(Unpooled.wrappedBuffer(data));
        if (parsed instanceof Refusal refusal && refusal.reason().length() > LONGEST_REASON) {
            throw new AssertionError("a reason of " + refusal.reason().length() + " characters");
        }
    }
}
