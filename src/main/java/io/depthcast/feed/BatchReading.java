package io.depthcast.feed;

/** What came of reading the byte form of a batch. */
public sealed interface BatchReading {
    /**
     * @param term of the writer
     * @param writer its name
     */
    record Read(long term, String writer, EventBatch batch) implements BatchReading {}

    /** The bytes are no batch, or not the whole of one. */
    record Refused(String reason) implements BatchReading {}

    /** Bytes as they were written, by a version that is not known here. */
    record Unknown(int version) implements BatchReading {}
}
