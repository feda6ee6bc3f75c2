package io.depthcast.session;

import io.depthcast.limit.TokenBucket;

/**
 * How often a client may say something. While {@linkplain #isFull nothing is missing} new ones are the same, so a client
 * that says nothing needs none. One gateway loop.
 */
final class CommandBudgets {
    private static final int REFUSALS_PER_SECOND = 1;
    private static final int REFUSAL_BURST = 3;

    final TokenBucket commands;
    final TokenBucket pings;
    /** To be told that it said too much. */
    final TokenBucket refusals;

    CommandBudgets(LimitSettings limits, long nowNanos) {
        commands = new TokenBucket(limits.commandsPerSecond(), limits.commandBurst(), nowNanos);
        pings = new TokenBucket(limits.pingsPerSecond(), limits.pingBurst(), nowNanos);
        refusals = new TokenBucket(REFUSALS_PER_SECOND, REFUSAL_BURST, nowNanos);
    }

    boolean isFull(long nowNanos) {
        return commands.isFull(nowNanos) && pings.isFull(nowNanos) && refusals.isFull(nowNanos);
    }
}
