package io.depthcast.session;

/** Why a connection is closed: the WebSocket close code and a sentence a person can act on, at most 123 bytes. */
public record CloseReason(int code, String text) {
    public static final int NORMAL = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int PROTOCOL_ERROR = 1002;
    public static final int UNSUPPORTED_DATA = 1003;
    /** Never sent: how a connection without a close frame ends. */
    public static final int ABNORMAL = 1006;

    public static final int INVALID_PAYLOAD = 1007;
    public static final int POLICY_VIOLATION = 1008;
    public static final int TOO_BIG = 1009;
    public static final int INTERNAL_ERROR = 1011;
    public static final int RESTART = 1012;
    public static final int OVERLOADED = 1013;
    public static final int SLOW_CONSUMER = 4000;
    public static final int NO_PONG = 4001;
    public static final int COMMAND_RATE = 4003;
    public static final int TOKEN_EXPIRED = 4004;
    public static final int NOTHING_SUBSCRIBED = 4005;
    public static final int BAD_TOKEN = 4500;
    public static final int NOT_ENTITLED = 4501;
    public static final int TOO_MANY_CONNECTIONS = 4502;
    public static final int TOO_MANY_SUBSCRIPTIONS = 4503;
}
