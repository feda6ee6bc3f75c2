package io.depthcast.fanout;

/** Where subscriptions wait that hold the same version of a stream, which is known here and nowhere else. */
abstract class Place {
    private long epoch;
    private long version;
    private int index;

    final long epoch() {
        return epoch;
    }

    final long version() {
        return version;
    }

    final boolean isAt(long someEpoch, long someVersion) {
        return version == someVersion && epoch == someEpoch;
    }

    /** What all who wait here hold from now on. */
    final void moveTo(long newEpoch, long newVersion) {
        epoch = newEpoch;
        version = newVersion;
    }

    /** Which of its stream's places it is. */
    final int index() {
        return index;
    }

    final void index(int now) {
        index = now;
    }

    /** Whether the shard has been asked what changed since. */
    abstract boolean isAsked();

    /** Takes out whoever has that number. */
    abstract void remove(int slot);
}
