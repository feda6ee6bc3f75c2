package io.depthcast.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a run: each step has its turn, whatever became of those before. One thread. */
final class Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    private boolean isOrderly = true;

    /** Something that may go wrong in any way. */
    interface Step {
        void go() throws Exception;
    }

    /**
     * Does this now.
     *
     * @param what is done, for the log
     */
    void step(String what, Step step) {
        try {
            step.go();
        } catch (Exception | Error e) {
            isOrderly = false;
            tell("the end goes on although it failed to " + what, e);
        }
    }

    /** Logs it, or says it where what the log needs is what is missing. */
    static void tell(String what, Throwable failure) {
        try {
            LOG.error(what, failure);
        } catch (RuntimeException | Error noLog) {
            System.err.println("depthcast: " + what + ": " + failure);
        }
    }

    /** Whether nothing has failed. */
    boolean isOrderly() {
        return isOrderly;
    }
}
