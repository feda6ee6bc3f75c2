package io.depthcast.wire;

import java.util.Locale;

/** Why a command is refused. */
public enum ErrorCode {
    BAD_REQUEST,
    UNKNOWN_OP,
    UNKNOWN_CHANNEL,
    UNKNOWN_SYMBOL,
    NOT_ENTITLED,
    TOO_MANY_SUBSCRIPTIONS,
    RATE_LIMITED,
    BAD_DEPTH,
    BAD_GROUP,
    BAD_INTERVAL;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As written in messages: {@code bad-request} and so on. */
    public String text() {
        return text;
    }
}
