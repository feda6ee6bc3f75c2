package io.depthcast.admission;

/** What {@link Admission} says of somebody who wants to connect. */
public enum Verdict {
    /** Counted; {@link Admission#depart} takes it back. */
    ADMITTED,
    /** This address has tried too often; a second later it may again. */
    TOO_MANY_HANDSHAKES,
    /** This address has as many connections as one may have. */
    TOO_MANY_CONNECTIONS,
    /** This subject has as many connections as one may have; counted for its address all the same. */
    TOO_MANY_OF_SUBJECT,
    /** The node has as many connections as it can hold. */
    FULL,
    /** More come at once than the node takes in; there is room for this one some seconds later. */
    CROWDED,
    /** The node is going away. */
    DRAINING,
    /** An operator keeps this address or this subject out; not counted. */
    BLOCKED
}
