package io.depthcast.journal;

/**
 * Whom the log has speak, as everybody decides who reads it: what is in the log, in its order, and nothing else. So all who
 * have read up to the same place think the same, whenever they began and however long they were away.
 *
 * <p>Leadership by terms, as in Raft (Ongaro and Ousterhout, 2014), where the log itself is the vote: the first batch of a
 * term makes its writer the only one of that term. One thread.
 */
final class Succession {
    /** What is to be done with a batch that was read. */
    public enum Verdict {
        /** Its events come next. */
        APPLY,
        /** Its writer speaks from here on, at the sequence held here. It has no events. */
        CLAIM,
        /** Its events are held already: it stands in the log twice. */
        HELD,
        /** Its writer has been succeeded, or came second in its term. Nobody believes it. */
        IGNORE,
        /** Events before it were never written: it counts for nothing until its writer has claimed anew. */
        GAP
    }

    private long term;
    private String writer = "";
    private long sequence;

    /**
     * Goes on from a state; without, it has read nothing.
     *
     * @param stateTerm of the last batch in the state
     * @param stateWriter who wrote that
     * @param stateSequence of the last event in the state
     */
    void begin(long stateTerm, String stateWriter, long stateSequence) {
        term = stateTerm;
        writer = stateWriter;
        sequence = stateSequence;
    }

    /** Judges the next batch of the log. */
    public Verdict read(Entry entry) {
        boolean succeeds = entry.term() > term;
        if (entry.term() < term || (!succeeds && !entry.writer().equals(writer))) {
            return Verdict.IGNORE;
        }
        term = entry.term();
        writer = entry.writer();
        if (succeeds && entry.isEmpty()) {
            return Verdict.CLAIM;
        }
        if (entry.previous() > sequence) {
            return Verdict.GAP;
        }
        if (entry.last() <= sequence && !entry.isEmpty()) {
            return Verdict.HELD;
        }
        sequence = Math.max(sequence, entry.last());
        return Verdict.APPLY;
    }

    /** Whoever has just claimed begins with new numbers, behind this one. */
    void restart(long first) {
        sequence = first;
    }

    /** 0 before the first claim. */
    public long term() {
        return term;
    }

    /** Who speaks; empty before the first claim. */
    public String writer() {
        return writer;
    }

    /** Of the last event applied. */
    public long sequence() {
        return sequence;
    }
}
