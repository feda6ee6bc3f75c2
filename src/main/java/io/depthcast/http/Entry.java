package io.depthcast.http;

import io.depthcast.auth.Identity;
import io.depthcast.limit.Address;
import io.depthcast.session.CloseReason;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** What {@link FrontDesk} says of a client that wants a stream. */
sealed interface Entry {
    /**
     * It may come, and is counted until its connection ends.
     *
     * @param tooMany why its connection has to be closed again at once, null if it may stay
     * @param lastClose why its former session was closed, null if that is not known
     */
    record Admitted(
            Address address,
            Identity client,
            @Nullable CloseReason tooMany,
            @Nullable CloseReason lastClose) implements Entry {}

    /** It may not. */
    record Refused(HttpError error, int retryAfterSeconds) implements Entry {
        /** Later is no better. */
        static final int NEVER = 0;

        /** Tells it so, as the last answer of its connection. */
        void sendLast(HttpServerRequest request) {
            if (retryAfterSeconds != NEVER) {
                request.response().putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfterSeconds));
            }
            error.sendLast(request);
        }
    }
}
