package io.depthcast.journal;

import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedBus;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.journal.JournalReader.Polled;
import io.depthcast.metrics.JournalMeters;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's side of the log: joins, follows, and hands on what counts and is not too old to be worth it; whoever missed some
 * of it gets a snapshot. Feed loop; time is an argument.
 */
final class NodeLoop {
    /** What the reader is to do next. */
    enum Next {
        READ,
        /** Read states anew and go on from there. */
        JOIN,
        /** The same after a while: nothing better can be expected at once. */
        JOIN_LATER
    }

    /** Where what was read goes. */
    interface Out {
        /** The next rows; some before them may have been left out. */
        void publish(EventBatch batch);

        /** All is to be taken anew from {@link #snapshot()}, whatever is held. */
        void renew();

        /** Whether what was published is taken in time; if not, it is left out until it is again. */
        boolean keepsUp();
    }

    /** Makes the side of a feed, for a node that has sources. */
    interface Speaking {
        /**
         * @param follower that it reads by
         * @param kept keys of states
         */
        Speaker speaker(Follower follower, Set<String> kept);
    }

    private static final Logger LOG = LoggerFactory.getLogger(NodeLoop.class);
    /** What is older is not handed on row by row. */
    static final long BEHIND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long STALE_NANOS = TimeUnit.MILLISECONDS.toNanos(FeedBus.STALE_MILLIS);
    /** A log in which nothing was said for so long is one of nobody. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** So long may a writer take to say anew what is missing. */
    private static final long GAP_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final String name;
    private final long spreadNanos;
    private final @Nullable Speaking speaking;
    private final Out out;
    private final JournalMeters meters;
    private final Ages ages = new Ages();
    private @Nullable Follower follower;
    private @Nullable Speaker speaker;
    private boolean mustRenew;
    /** What clients were told is listed, in which epoch. */
    private final Told told = new Told();
    /** The newest there was. */
    private long knownEpoch;

    private boolean awaitsListings;
    private boolean inGap;
    private long gapNanos;
    /** When anything was read that counts. */
    private long heardNanos;

    private long youngNanos;
    /** Of the log, when it was last joined, and since when it is that. */
    private long end = -1;

    private long endNanos;
    private String trouble = "has not joined yet";

    /** @param speaking null for a node that only reads */
    NodeLoop(String name, long spreadNanos, @Nullable Speaking speaking, Out out, JournalMeters meters, long nowNanos) {
        this.name = name;
        this.spreadNanos = spreadNanos;
        this.speaking = speaking;
        this.out = out;
        this.meters = meters;
        this.youngNanos = nowNanos - STALE_NANOS;
        this.heardNanos = nowNanos;
    }

    /**
     * Begins to follow, anew if it did before.
     *
     * @param kept states by their keys
     * @return offset of the record to read next, negative if there is nothing to begin with
     */
    long join(JournalReader.Kept.States kept, long nowNanos) {
        if (kept.end() != end) {
            end = kept.end();
            endNanos = nowNanos;
        }
        Joining joining = Joining.of(kept, nowNanos - endNanos >= SILENCE_NANOS, knownEpoch);
        if (joining instanceof Joining.NotYet notYet) {
            trouble(notYet.reason());
            return -1;
        }
        Follower begun = new Follower(name, kept.log(), spreadNanos, heardNanos, joining);
        follower = begun;
        speaker =
                speaking == null ? null : speaking.speaker(begun, kept.states().keySet());
        mustRenew = true;
        inGap = false;
        meters.joined();
        LOG.info("joins the log at {}, of {} to {}", begun.offset(), kept.oldest(), kept.end());
        return begun.offset();
    }

    /** There is nobody to read from. */
    void unreachable(String reason) {
        trouble(reason);
    }

    private void trouble(String reason) {
        if (!reason.equals(trouble)) {
            LOG.warn("cannot follow the log: {}", reason);
        }
        trouble = reason;
    }

    /** Takes in what was read. */
    Next take(Polled polled, long nowNanos) {
        if (polled instanceof Polled.Unreachable unreachable) {
            trouble(unreachable.reason());
            return Next.READ;
        }
        if (polled instanceof Polled.Lost lost) {
            return rejoin("its place in the log is gone: " + lost.reason(), Next.JOIN);
        }
        Polled.Records records = (Polled.Records) polled;
        int left = records.records().size();
        if (left == 0 && records.atEnd() && speaker != null) {
            speaker.quiet(nowNanos);
        }
        for (LogRecord record : records.records()) {
            left--;
            Next next = take(record, records.atEnd() && left == 0, nowNanos);
            if (next != Next.READ) {
                return next;
            }
        }
        return Next.READ;
    }

    private Next take(LogRecord record, boolean atEnd, long nowNanos) {
        Follower reading = Objects.requireNonNull(follower);
        long createdNanos = ages.createdNanos(record.appendMillis(), nowNanos, atEnd);
        Follower.Outcome outcome = reading.read(record, createdNanos, nowNanos);
        if (speaker != null) {
            speaker.read(outcome, nowNanos);
        }
        meters.read(reading.place().term(), speaker != null && speaker.isSpeaking());
        switch (outcome) {
            case APPLIED -> applied(reading, createdNanos, nowNanos);
            case CLAIM -> {
                inGap = false;
                heardNanos = nowNanos;
                knownEpoch = Math.max(knownEpoch, reading.place().epoch());
                LOG.info(
                        "the feed of {} speaks from now on, term {}",
                        reading.place().writer(),
                        reading.place().term());
            }
            case PROVED -> meters.proof("proved");
            case DISPROVED -> {
                meters.proof("disproved");
                return rejoin(reading.reason(), Next.JOIN);
            }
            case UNKNOWN_VERSION -> {
                meters.ignored("unknown-version");
                return rejoin(reading.reason(), Next.JOIN_LATER);
            }
            case OTHER_LOG -> {
                meters.ignored("other-log");
                return rejoin(reading.reason(), Next.JOIN_LATER);
            }
            case GAP -> {
                return gap(reading, nowNanos);
            }
            case CORRUPT -> {
                meters.ignored("corrupt");
                LOG.error("{}", reading.reason());
            }
            case HELD -> meters.ignored("held");
            case LOWER_TERM -> meters.ignored("lower-term");
            case FAREWELL -> LOG.info("the feed of {} ends", reading.place().writer());
            case NOTE -> {}
        }
        return Next.READ;
    }

    /** Its writer says anew what is missing, and if not, somebody succeeds it; unless it is missing here alone. */
    private Next gap(Follower reading, long nowNanos) {
        meters.ignored("gap");
        if (!inGap) {
            inGap = true;
            gapNanos = nowNanos;
            trouble = "rows are missing in the log: " + reading.reason();
            LOG.error("{}", trouble);
        }
        boolean mayRejoin = speaker == null || !speaker.hasSpoken();
        return mayRejoin && nowNanos - gapNanos > GAP_NANOS ? rejoin(reading.reason(), Next.JOIN_LATER) : Next.READ;
    }

    private void applied(Follower reading, long createdNanos, long nowNanos) {
        inGap = false;
        heardNanos = nowNanos;
        youngNanos = createdNanos;
        meters.young(createdNanos);
        boolean isYoung = nowNanos - createdNanos < BEHIND_NANOS;
        if (!reading.isWhole() || !isYoung || !out.keepsUp()) {
            return;
        }
        Books books = Objects.requireNonNull(reading.books());
        knownEpoch = Math.max(knownEpoch, books.epoch());
        awaitsListings = told.awaits(books, nowNanos);
        if (awaitsListings) {
            return;
        }
        trouble = "";
        mustRenew |= told.tell(books);
        if (mustRenew) {
            mustRenew = false;
            out.renew();
        }
        out.publish(Objects.requireNonNull(reading.newest()));
    }

    /** A feed that speaks cannot: what it has said stands or falls with the place that it has read to. */
    private Next rejoin(String reason, Next how) {
        LOG.error("joins anew: {}", reason);
        trouble = reason;
        if (speaker != null) {
            speaker.lost(reason);
        }
        return how;
    }

    /** All that is known now; null while that is not all there is. */
    @Nullable
    FeedSnapshot snapshot() {
        Follower reading = follower;
        Books books = reading == null ? null : reading.books();
        return reading == null || books == null || !reading.isWhole() ? null : books.snapshot();
    }

    /** What keeps clients from being sent here; empty if nothing does. */
    String hindrance(long nowNanos) {
        Follower reading = follower;
        if (reading == null || !reading.isWhole()) {
            return trouble.isEmpty() ? "has not read all yet" : trouble;
        }
        if (nowNanos - youngNanos >= STALE_NANOS) {
            String age = "the newest batch is " + TimeUnit.NANOSECONDS.toMillis(nowNanos - youngNanos) + " ms old";
            return trouble.isEmpty() ? age : trouble + "; " + age;
        }
        if (awaitsListings) {
            return "a new epoch has begun, in which not all is listed yet that was before";
        }
        return reading.isProved() ? "" : "the books have not been proved yet";
    }

    /** For whoever wants to know where it stands. */
    String describe() {
        Follower reading = follower;
        return name
                + (reading == null
                        ? " has not joined"
                        : " " + reading.candidacy().state() + " at " + reading.place());
    }

    /** Null for a node that only reads, and before it has joined. */
    @Nullable
    Speaker speaker() {
        return speaker;
    }
}
