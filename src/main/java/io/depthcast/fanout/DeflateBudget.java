package io.depthcast.fanout;

/** How many bytes a gateway loop may deflate in one flush, beside what the shards have deflated. One thread. */
final class DeflateBudget {
    private int bytes;
    private int left;

    /** From here on. */
    void limit(int bytesOfEachFlush) {
        bytes = bytesOfEachFlush;
        left = bytesOfEachFlush;
    }

    /** Takes so many, if so many are left. */
    boolean take(int wanted) {
        if (wanted > left) {
            return false;
        }
        left -= wanted;
        return true;
    }

    /** The next flush has all of it. */
    void renew() {
        left = bytes;
    }
}
