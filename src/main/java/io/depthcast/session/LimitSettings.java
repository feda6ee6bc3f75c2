package io.depthcast.session;

import io.depthcast.wire.Dialect;

/**
 * What one connection may ask of the gateway, and how long it may take. All are at least 1; the upper bounds are an
 * operator's matter and stand with the keys.
 */
public record LimitSettings(
        int requestHeadBytes,
        int requestHeadSeconds,
        int frameBytes,
        int messageBytes,
        int fragments,
        int commandsPerSecond,
        int commandBurst,
        int pingsPerSecond,
        int pingBurst,
        int subscriptions,
        int unsubscribedSeconds,
        int pingSeconds,
        int pongSeconds,
        int stalledSeconds) {

    /** Bytes: a browser's request line, headers and a token fit; what most proxies pass on. */
    public static final int REQUEST_HEAD_BYTES = 8_192;
    /** Seconds: a request head is one packet or two; who needs longer holds a descriptor for nothing. */
    public static final int REQUEST_HEAD_SECONDS = 5;
    /** Bytes: a subscription to 200 symbols. */
    public static final int FRAME_BYTES = 4_096;
    /** Bytes: a resume of the most symbols a command may name. */
    public static final int MESSAGE_BYTES = 16_384;
    /** Frames of one message: libraries that split at 1 KiB need 16. */
    public static final int FRAGMENTS = 64;
    /** Commands per second: a page that changes what it shows at every click stays below. */
    public static final int COMMANDS_PER_SECOND = 10;
    /** Commands at once: what a page sends when it opens or resumes. */
    public static final int COMMAND_BURST = 20;
    /** Pings per second: monitors send one; each costs us a write. */
    public static final int PINGS_PER_SECOND = 20;
    /** Pings at once: those that a client's stalled network delivers together. */
    public static final int PING_BURST = 200;
    /** Streams of one connection: every instrument of a large venue in one channel. */
    public static final int SUBSCRIPTIONS = 1_024;
    /** Seconds: long enough to log in by hand, short for an idle port scan. */
    public static final int UNSUBSCRIBED_SECONDS = 30;
    /** Seconds: below the 30 to 60 after which proxies and address translation drop a silent connection. */
    public static final int PING_SECONDS = 20;
    /** Seconds: several round trips of a bad mobile network. */
    public static final int PONG_SECONDS = 10;
    /** Seconds: prices that old help nobody. */
    public static final int STALLED_SECONDS = 10;

    public static final LimitSettings DEFAULT = new LimitSettings(
            REQUEST_HEAD_BYTES,
            REQUEST_HEAD_SECONDS,
            FRAME_BYTES,
            MESSAGE_BYTES,
            FRAGMENTS,
            COMMANDS_PER_SECOND,
            COMMAND_BURST,
            PINGS_PER_SECOND,
            PING_BURST,
            SUBSCRIPTIONS,
            UNSUBSCRIBED_SECONDS,
            PING_SECONDS,
            PONG_SECONDS,
            STALLED_SECONDS);

    public LimitSettings {
        atLeast(1, "requestHeadBytes", requestHeadBytes);
        atLeast(1, "requestHeadSeconds", requestHeadSeconds);
        atLeast(1, "frameBytes", frameBytes);
        atLeast(frameBytes, "messageBytes", messageBytes);
        atLeast(1, "fragments", fragments);
        atLeast(1, "commandsPerSecond", commandsPerSecond);
        atLeast(1, "commandBurst", commandBurst);
        atLeast(1, "pingsPerSecond", pingsPerSecond);
        atLeast(1, "pingBurst", pingBurst);
        atLeast(1, "subscriptions", subscriptions);
        atLeast(1, "unsubscribedSeconds", unsubscribedSeconds);
        atLeast(1, "pingSeconds", pingSeconds);
        atLeast(1, "pongSeconds", pongSeconds);
        atLeast(1, "stalledSeconds", stalledSeconds);
    }

    /** The same for clients of a dialect whose commands are longer. */
    public LimitSettings forCommandsOf(Dialect dialect) {
        int bytes = dialect.commandBytes();
        return bytes <= frameBytes
                ? this
                : new LimitSettings(
                        requestHeadBytes,
                        requestHeadSeconds,
                        bytes,
                        Math.max(bytes, messageBytes),
                        fragments,
                        commandsPerSecond,
                        commandBurst,
                        pingsPerSecond,
                        pingBurst,
                        subscriptions,
                        unsubscribedSeconds,
                        pingSeconds,
                        pongSeconds,
                        stalledSeconds);
    }

    private static void atLeast(int bound, String name, int value) {
        if (value < bound) {
            throw new IllegalArgumentException(name + ": expected at least " + bound + ", got " + value);
        }
    }
}
