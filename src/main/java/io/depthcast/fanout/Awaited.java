package io.depthcast.fanout;

import io.depthcast.wire.StreamKey;

/**
 * An ask that is out, and who on this gateway loop waits for its answer. When all of them have taken it, it becomes the ask
 * for what comes next. Used again and again. One gateway loop.
 */
final class Awaited {
    private final Cohort members = new Cohort();
    private long dueFlush;
    private int cadence;
    /** Those asked and not answered yet. */
    private int forms;

    void start(long newEpoch, long newVersion, long newDueFlush, int newCadence) {
        members.moveTo(newEpoch, newVersion);
        dueFlush = newDueFlush;
        cadence = newCadence;
        forms = 0;
    }

    boolean isFor(long askedEpoch, long askedVersion, long askedDueFlush, int askedCadence) {
        return members.version() == askedVersion
                && members.epoch() == askedEpoch
                && dueFlush == askedDueFlush
                && cadence == askedCadence;
    }

    /** Returns those of the forms that have to be asked for, and takes them as asked. */
    int unasked(int needed) {
        int unasked = needed & ~forms;
        forms |= needed;
        return unasked;
    }

    void answered(int answeredForms) {
        forms &= ~answeredForms;
    }

    Cohort members() {
        return members;
    }

    /** @param askForms 0 to withdraw it */
    Ask ask(StreamKey key, int askForms) {
        return new Ask(key, members.epoch(), members.version(), askForms, dueFlush, cadence);
    }
}
