package io.depthcast.journal;

/** A record of the log: a batch or a note. */
final class LogRecord {
    private final long offset;
    private final long appendMillis;
    private final byte[] bytes;

    /**
     * @param offset its place: one more than that of the record before
     * @param appendMillis when it was appended by the clock of whoever keeps the log, milliseconds since 1970
     * @param bytes not to be changed from now on
     */
    LogRecord(long offset, long appendMillis, byte[] bytes) {
        this.offset = offset;
        this.appendMillis = appendMillis;
        this.bytes = bytes;
    }

    long offset() {
        return offset;
    }

    long appendMillis() {
        return appendMillis;
    }

    byte[] bytes() {
        return bytes;
    }
}
