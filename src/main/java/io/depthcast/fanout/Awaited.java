package io.depthcast.fanout;

import io.depthcast.session.WaitingList;
import io.depthcast.wire.StreamKey;

/** An ask that is out, and who on this gateway loop waits for its answer. Used again and again. One gateway loop. */
final class Awaited {
    private final WaitingList members = new WaitingList();
    private long epoch;
    private long version;
    private long dueFlush;
    private int cadence;
    /** Those asked and not answered yet. */
    private int forms;

    void start(long newEpoch, long newVersion, long newDueFlush, int newCadence) {
        epoch = newEpoch;
        version = newVersion;
        dueFlush = newDueFlush;
        cadence = newCadence;
        forms = 0;
    }

    boolean isFor(long askedEpoch, long askedVersion, long askedDueFlush, int askedCadence) {
        return version == askedVersion && epoch == askedEpoch && dueFlush == askedDueFlush && cadence == askedCadence;
    }

    /** Returns whether the form has to be asked for. */
    boolean needs(int form) {
        boolean asked = (forms & form) != 0;
        forms |= form;
        return !asked;
    }

    void answered(int answeredForms) {
        forms &= ~answeredForms;
    }

    WaitingList members() {
        return members;
    }

    /** @param askForms 0 to withdraw it */
    Ask ask(StreamKey key, int askForms) {
        return new Ask(key, epoch, version, askForms, dueFlush, cadence);
    }
}
