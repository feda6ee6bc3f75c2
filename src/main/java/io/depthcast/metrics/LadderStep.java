package io.depthcast.metrics;

/** A client's steps on the slow-consumer ladder; the labels of {@code depthcast_ladder_steps_total}. */
public enum LadderStep {
    /** From now on merged: the socket is full. */
    SOCKET_FULL("conflating", "socket"),
    /** From now on merged: what was sent has not been acknowledged in time. */
    ACK_LATE("conflating", "ack"),
    /** From now on merged: as much was sent as may be in this time. */
    BUDGET_SPENT("conflating", "budget"),
    /** No longer about to be closed: it has taken what was sent. */
    RELIEVED("conflating", "relieved"),
    /** About to be closed: it has been behind for too long. */
    BEHIND("slow", "behind"),
    /** It has caught up and stayed so. */
    RECOVERED("live", "calm"),
    /** Closed: it was warned and has not caught up. */
    TOO_SLOW("closed", "behind"),
    /** Closed: too much waits for its socket. */
    TOO_MUCH_PENDING("closed", "pending"),
    /** Aborted: its socket has taken no byte for too long. */
    STALLED("closed", "stalled");

    private final String to;
    private final String reason;

    LadderStep(String to, String reason) {
        this.to = to;
        this.reason = reason;
    }

    String to() {
        return to;
    }

    String reason() {
        return reason;
    }
}
