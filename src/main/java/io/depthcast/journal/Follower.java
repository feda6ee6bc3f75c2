package io.depthcast.journal;

import io.depthcast.feed.BatchDecoder;
import io.depthcast.feed.BatchReading;
import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.LogNote;
import io.depthcast.feed.LogPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the log says, read from some place on: who speaks, and the books as they are there. It depends on nothing but the
 * records, so all who have read up to the same place hold the same. Feed loop; time is an argument.
 */
final class Follower {
    /** What a record was. */
    enum Outcome {
        /** The next rows, or a sign of life. */
        APPLIED,
        /** Somebody speaks from here on. */
        CLAIM,
        /** Its rows are held already. */
        HELD,
        /** Of somebody who has been succeeded. */
        LOWER_TERM,
        /** Rows before it were never written, or cannot be read. */
        GAP,
        /** It goes on in a later epoch, whose beginning is not where this one has read: another log stands in its place. */
        OTHER_LOG,
        /** No record of ours, or a damaged one. It counts for nobody, as if it were not there. */
        CORRUPT,
        /** Of a later version: it may count for others, and nothing behind it can be judged here. */
        UNKNOWN_VERSION,
        /** The books add up to what their writer says. */
        PROVED,
        /** They do not. */
        DISPROVED,
        /** Who spoke says nothing more. */
        FAREWELL,
        /** A note that says nothing here. */
        NOTE
    }

    private final String name;
    private final String log;
    private final Candidacy candidacy;
    private final Succession seen;
    private final BatchDecoder decoder = new BatchDecoder();
    private long offset;
    private @Nullable Books books;
    private @Nullable EventBatch newest;
    /** Of the epoch of a log that begins anew, if this one begins it. */
    private long leastEpoch;
    /** Up to there it has to read before its books are those of one place. */
    private long wholeAt;

    private boolean proved;
    private String reason = "";

    /**
     * @param name of this process and this start alone
     * @param log that it reads
     * @param spreadNanos see {@link Candidacy}
     * @param heardNanos when somebody who counts was heard for the last time
     * @param joining from where it reads
     */
    Follower(String name, String log, long spreadNanos, long heardNanos, Joining joining) {
        this.name = name;
        this.log = log;
        this.seen = new Succession();
        if (joining instanceof Joining.FromStates states) {
            begin(states.from());
            books = Books.joining(states.from(), states.states());
            wholeAt = states.wholeAt();
        } else if (joining instanceof Joining.FromBeginning beginning) {
            leastEpoch = beginning.epoch();
        } else if (joining instanceof Joining.Anew anew) {
            begin(anew.from());
            leastEpoch = anew.epoch();
        }
        this.candidacy = new Candidacy(name, seen, spreadNanos, heardNanos);
    }

    private void begin(LogPlace from) {
        seen.begin(from.term(), from.writer(), from.sequence());
        offset = from.offset();
    }

    /** Takes in the next record. */
    Outcome read(LogRecord record, long createdNanos, long nowNanos) {
        offset = record.offset() + 1;
        if (LogNote.isNote(record.bytes())) {
            return read(LogNote.decode(record.bytes()), nowNanos);
        }
        BatchReading reading = decoder.decode(record.bytes(), 0, record.bytes().length, createdNanos);
        if (reading instanceof BatchReading.Read read) {
            return read(read, nowNanos);
        }
        if (reading instanceof BatchReading.Unknown unknown) {
            reason = "the record " + record.offset() + " is of version " + unknown.version()
                    + ", which this one does not know";
            return Outcome.UNKNOWN_VERSION;
        }
        reason = "the record " + record.offset() + " is damaged: " + ((BatchReading.Refused) reading).reason();
        return Outcome.CORRUPT;
    }

    private Outcome read(BatchReading.Read read, long nowNanos) {
        EventBatch batch = read.batch();
        Entry entry = new Entry(read.term(), read.writer(), batch.previous(), batch.lastSequence());
        Books known = books;
        long epoch = known == null ? batch.epoch() : known.epoch();
        boolean isOther = batch.epoch() != epoch;
        if (isOther && !begins(entry, batch.epoch() - epoch)) {
            return other(entry, batch.epoch(), epoch);
        }
        Succession.Verdict verdict = candidacy.read(entry, nowNanos);
        if (isOther) {
            // Of somebody who found the log empty and what was before it gone.
            seen.restart(0);
            known = null;
            newest = null;
        }
        boolean isCut = known == null && verdict == Succession.Verdict.CLAIM && entry.previous() > 0;
        if (isCut || verdict == Succession.Verdict.GAP) {
            // Where nothing is known, it goes on from what is not in this log: its numbers are not to be given again.
            leastEpoch = known == null ? Math.max(leastEpoch, batch.epoch() + 1) : leastEpoch;
            reason = read.writer() + " goes on behind " + batch.previous() + ", and the log ends with "
                    + seen.sequence();
            return Outcome.GAP;
        }
        if (verdict == Succession.Verdict.IGNORE || verdict == Succession.Verdict.HELD) {
            return verdict == Succession.Verdict.HELD ? Outcome.HELD : Outcome.LOWER_TERM;
        }
        if (known == null) {
            known = Books.joining(new LogPlace(log, offset, 0, "", batch.epoch(), seen.sequence()), List.of());
            books = known;
        }
        if (verdict == Succession.Verdict.CLAIM) {
            return Outcome.CLAIM;
        }
        newest = batch;
        var unused = known.apply(batch);
        return Outcome.APPLIED;
    }

    /** Whether a batch of another epoch is the claim that begins it. */
    private boolean begins(Entry entry, long later) {
        return later > 0 && entry.isEmpty() && entry.previous() == 0 && entry.term() > seen.term();
    }

    /** Nobody goes on in an epoch that was not begun; who only claims to begin one may have come second. */
    private Outcome other(Entry entry, long epoch, long known) {
        reason = "a batch of the epoch " + epoch + " in a log of " + known;
        if (epoch < known) {
            return Outcome.CORRUPT;
        }
        return entry.isEmpty() && entry.previous() == 0 ? Outcome.LOWER_TERM : Outcome.OTHER_LOG;
    }

    private Outcome read(@Nullable LogNote note, long nowNanos) {
        if (note == null) {
            reason = "the record " + (offset - 1) + " is damaged";
            return Outcome.CORRUPT;
        }
        Books known = books;
        boolean counts = note.term() == seen.term() && note.writer().equals(seen.writer());
        if (!counts || known == null) {
            return Outcome.NOTE;
        }
        if (note.kind() == LogNote.Kind.FAREWELL) {
            candidacy.vacate(note.writer(), nowNanos);
            return Outcome.FAREWELL;
        }
        if (note.sequence() != known.sequence() || !isWhole()) {
            return Outcome.NOTE;
        }
        proved = note.value() == known.fingerprint();
        reason = proved ? "" : "the books at " + note.sequence() + " are not those of " + note.writer();
        return proved ? Outcome.PROVED : Outcome.DISPROVED;
    }

    String name() {
        return name;
    }

    Candidacy candidacy() {
        return candidacy;
    }

    /** The batch that was last applied; null before the first. */
    @Nullable
    EventBatch newest() {
        return newest;
    }

    /** Null before the first claim in the log. */
    @Nullable
    Books books() {
        return books;
    }

    /** Whether the books are all there. */
    boolean isWhole() {
        return books != null && books.isWhole() && offset >= wholeAt;
    }

    /** Whether whoever speaks has the same books, as it has said since this one joined. */
    boolean isProved() {
        return proved;
    }

    /** Of the outcome that was not as it should be. */
    String reason() {
        return reason;
    }

    /** Offset of the record that it takes in next. */
    long offset() {
        return offset;
    }

    /** Of whoever begins the log anew. */
    long leastEpoch() {
        return leastEpoch;
    }

    LogPlace place() {
        long epoch = books == null ? 0 : books.epoch();
        return new LogPlace(log, offset, seen.term(), seen.writer(), epoch, seen.sequence());
    }
}
