package io.depthcast.journal;

/**
 * What the rule of terms needs to know of a batch in the log; the rest of it is the market's.
 *
 * @param term at least 1; the writer of a claim chose one more than it had read
 * @param writer name of the process that wrote it, of this start alone
 * @param previous sequence before its first event
 * @param last sequence of its last event; of a batch without events the previous one
 */
public record Entry(long term, String writer, long previous, long last) {
    /** Of a writer that wants to speak: says nothing but that. */
    public static Entry claim(long term, String writer, long sequence) {
        return new Entry(term, writer, sequence, sequence);
    }

    boolean isEmpty() {
        return last == previous;
    }
}
