package io.depthcast.journal;

import java.util.concurrent.TimeUnit;

/**
 * A writer's side of the {@link Succession}: it follows the log, claims when nobody has spoken for a while, speaks once it has
 * read its claim back, and ends when it reads that somebody has succeeded it. One thread; time is monotonic.
 */
final class Candidacy {
    /** Without a batch at the end of the log for so long, a writer is taken for gone. */
    static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Where a writer stands. */
    public enum State {
        /** Somebody else speaks, or nobody yet. */
        FOLLOWING,
        /** A claim is written and not read back. */
        CLAIMING,
        /** What it appends counts, as far as it has read. */
        SPEAKING,
        /** It has been succeeded and must end: what it appended since may not count. */
        ENDED
    }

    private final String name;
    private final Succession seen;
    private final long spreadNanos;
    private State state = State.FOLLOWING;
    private long heardNanos;
    private long ownTerm;
    private long saidSequence;
    /** Whether it has ever spoken; then whoever else does has succeeded it. */
    private boolean spoke;
    /** Whether who spoke has said that it says nothing more. */
    private boolean vacant;

    /**
     * @param name of this process and this start alone
     * @param seen what it has read so far
     * @param spreadNanos added to the time of silence, drawn at random by each writer so that one claims before the others
     * @param heardNanos when it heard anybody who counts for the last time
     */
    public Candidacy(String name, Succession seen, long spreadNanos, long heardNanos) {
        this.name = name;
        this.seen = seen;
        this.spreadNanos = spreadNanos;
        this.heardNanos = heardNanos;
    }

    /** Takes in the next batch of the log, its own ones too, and says what it is to a reader. */
    public Succession.Verdict read(Entry entry, long nowNanos) {
        Succession.Verdict verdict = seen.read(entry);
        if (verdict == Succession.Verdict.APPLY || verdict == Succession.Verdict.CLAIM) {
            // Anything else is said by nobody who counts, or not to be understood.
            heardNanos = nowNanos;
            vacant = false;
        }
        boolean mine = seen.writer().equals(name);
        if (spoke && !mine) {
            state = State.ENDED;
        } else if (state == State.CLAIMING && seen.term() >= ownTerm) {
            state = mine ? State.SPEAKING : State.FOLLOWING;
            spoke |= mine;
            saidSequence = seen.sequence();
        }
        return verdict;
    }

    /**
     * Whether it is time to claim: nobody has spoken for a while, or ever.
     *
     * @param atEnd whether all that is in the log has been read
     */
    public boolean shouldClaim(boolean atEnd, long nowNanos) {
        boolean isEmpty = vacant || seen.term() == 0;
        long patience = isEmpty ? spreadNanos : SILENCE_NANOS + spreadNanos;
        return state == State.FOLLOWING && atEnd && nowNanos - heardNanos >= patience;
    }

    /** Who spoke last says that it says nothing more: there is no silence to wait for. */
    public void vacate(String writer, long nowNanos) {
        if (writer.equals(seen.writer())) {
            vacant = true;
            heardNanos = nowNanos;
        }
    }

    /** The batch that asks to speak, to be appended now. For a handover, or after a failure, also without any silence. */
    public Entry claim() {
        if (state == State.ENDED) {
            throw new IllegalStateException(name + " has been succeeded and may not claim");
        }
        // Behind what was read, however often: a claim that is still on its way must not end whoever was first.
        ownTerm = seen.term() + 1;
        state = State.CLAIMING;
        return Entry.claim(ownTerm, name, seen.sequence());
    }

    /**
     * The batch that says the next events, to be appended now; with none it says that the writer is there.
     *
     * @throws IllegalStateException unless it speaks
     */
    public Entry say(int events) {
        if (state != State.SPEAKING) {
            throw new IllegalStateException(name + " is " + state + " and may not speak");
        }
        Entry entry = new Entry(ownTerm, name, saidSequence, saidSequence + events);
        saidSequence += events;
        return entry;
    }

    public State state() {
        return state;
    }

    /** Of the last event said; what is said next comes behind it. */
    public long saidSequence() {
        return saidSequence;
    }

    public Succession seen() {
        return seen;
    }
}
