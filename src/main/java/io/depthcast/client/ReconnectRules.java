package io.depthcast.client;

import java.util.Set;
import java.util.concurrent.TimeUnit;

/** After which ends a new connection makes sense: the table of close codes of the protocol. */
final class ReconnectRules {
    static final int NORMAL = 1000;
    /** Never sent: the connection just ended. */
    static final int ABNORMAL = 1006;
    /** Of a close frame without a code. */
    static final int NO_STATUS = 1005;

    static final int BAD_EXTENSION = 1010;

    /** Another connection of the same publisher has taken over. */
    static final int REPLACED = 4009;

    private static final int OVERLOADED = 1013;
    private static final int FIRST_FINAL_OWN_CODE = 4500;
    /** Mistakes of this client and refusals, which a new connection would only meet again; 1000 is a plain end. */
    private static final Set<Integer> FINAL_CODES =
            Set.of(NORMAL, 1002, 1003, 1007, 1008, 1009, BAD_EXTENSION, REPLACED);

    private static final long OVERLOADED_MILLIS = TimeUnit.SECONDS.toMillis(5);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_SERVER_ERROR = 500;

    private ReconnectRules() {}

    /** @param code of the gateway's close frame, or {@link #ABNORMAL} */
    static boolean mayReconnect(int code) {
        return !FINAL_CODES.contains(code) && code < FIRST_FINAL_OWN_CODE;
    }

    /** @param httpStatus with which the gateway refused the handshake */
    static boolean mayReconnectAfterRefusal(int httpStatus) {
        return httpStatus == TOO_MANY_REQUESTS || httpStatus >= FIRST_SERVER_ERROR;
    }

    /** The least wait, beside what the gateway itself asked for. */
    static long leastWaitMillis(int code) {
        return code == OVERLOADED ? OVERLOADED_MILLIS : 0;
    }
}
