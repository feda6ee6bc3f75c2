package io.depthcast.session;

import io.depthcast.auth.Verification;
import org.jspecify.annotations.Nullable;

/** Where a session has a fresh token judged. */
public interface TokenCheck {
    /** Takes what was found, on the loop of the session, at once or later. */
    interface Reply {
        /** @param found null if nobody could say */
        void give(@Nullable Verification found, long nowNanos);
    }

    void verify(String token, Reply reply);
}
