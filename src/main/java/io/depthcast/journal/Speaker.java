package io.depthcast.journal;

import io.depthcast.feed.BatchEncoder;
import io.depthcast.feed.Books;
import io.depthcast.feed.EventBatch;
import io.depthcast.feed.FeedLoop;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import io.depthcast.feed.LogNote;
import io.depthcast.feed.LogPlace;
import io.depthcast.feed.Source;
import io.depthcast.metrics.JournalMeters;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A feed's side of the log: waits until nobody speaks, claims, and then says what its sources tell, until somebody succeeds
 * it. What it has said and not read back it says anew if it has to claim again, so nothing is left out. Feed loop.
 */
final class Speaker {
    /** A writer with nothing to say says so this often. */
    static final int HEARTBEAT_MILLIS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(Speaker.class);
    private static final long PROOF_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Until a claim that was not read back is put anew. */
    private static final long CLAIM_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** Batches on their way; beyond, sources wait. */
    private static final int MAX_UNREAD = 400;

    /** What it needs of the outside. */
    interface Surroundings {
        /** Makes the sources of that epoch and has them open what they need; then {@link Speaker#add} is called for each. */
        void start(long epoch);

        /** Somebody else speaks, or this one can no longer be believed: the process must end. */
        void end(String reason);

        /** Runs something on the feed loop, soon. */
        void later(Runnable action);
    }

    private final Follower follower;
    private final Journal journal;
    private final Clock clock;
    private final IntakeListener listener;
    private final JournalMeters meters;
    private final Surroundings surroundings;
    private final BatchEncoder encoder = new BatchEncoder();
    private final Keeper keeper;
    /** Said, and not read back. */
    private final Deque<EventBatch> unread = new ArrayDeque<>();

    private @Nullable FeedLoop loop;
    private @Nullable Intake intake;
    private boolean mustClaim;
    private boolean leaving;
    private boolean ended;
    private long claimedNanos;
    private long provedNanos;

    Speaker(
            Follower follower,
            Journal journal,
            Keeper keeper,
            Clock clock,
            IntakeListener listener,
            JournalMeters meters,
            Surroundings surroundings) {
        this.follower = follower;
        this.journal = journal;
        this.keeper = keeper;
        this.clock = clock;
        this.listener = listener;
        this.meters = meters;
        this.surroundings = surroundings;
    }

    /** Whether what it says counts, as far as it has read. */
    boolean isSpeaking() {
        return follower.candidacy().state() == Candidacy.State.SPEAKING;
    }

    /** Whether it ever did: then nobody but itself can say what it has said. */
    boolean hasSpoken() {
        return loop != null;
    }

    /** A source has opened what it needs. */
    void add(Source source) {
        if (loop != null) {
            loop.add(source);
        }
    }

    /** Nothing new is in the log: whoever keeps it has said so just now. */
    void quiet(long nowNanos) {
        if (!leaving && follower.candidacy().shouldClaim(true, nowNanos)) {
            claim(nowNanos);
        }
    }

    private void claim(long nowNanos) {
        mustClaim = false;
        claimedNanos = nowNanos;
        Entry claim = follower.candidacy().claim();
        Books books = follower.books();
        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        long epoch = books == null ? Math.max(nowMicros, follower.leastEpoch()) : books.epoch();
        LOG.info("claims to speak: term {}, behind {}", claim.term(), claim.last());
        EventBatch batch = new EventBatch.Builder(epoch, claim.last(), claim.last() + 1).build(nowMicros, nowNanos);
        append(encoder.encode(batch, claim.term(), claim.writer()));
    }

    private void append(byte[] bytes) {
        meters.appended(bytes.length);
        journal.append(bytes, failure -> {
            if (failure != null) {
                surroundings.later(() -> failed(failure));
            }
        });
    }

    private void failed(String failure) {
        meters.failed();
        if (!mustClaim && !ended) {
            LOG.warn("a batch may not have been appended, what follows is said anew: {}", failure);
        }
        mustClaim = true;
    }

    /** A record has been read. */
    void read(Follower.Outcome outcome, long nowNanos) {
        if (follower.candidacy().state() == Candidacy.State.ENDED) {
            // Who leaves has asked for that, and ends as it is.
            if (!ended && !leaving) {
                ended = true;
                surroundings.end("another feed speaks: " + follower.place().writer() + ", term "
                        + follower.place().term());
            }
            return;
        }
        long readTo = follower.place().sequence();
        while (!unread.isEmpty() && unread.element().lastSequence() <= readTo) {
            unread.remove();
        }
        if (intake != null) {
            intake.settled(readTo);
        }
        if (!isSpeaking()) {
            return;
        }
        if (outcome == Follower.Outcome.CLAIM) {
            speak(nowNanos);
        } else if (outcome == Follower.Outcome.GAP) {
            failed(follower.reason());
        }
    }

    /** From exactly where the log is. */
    private void speak(long nowNanos) {
        LogPlace place = follower.place();
        LOG.info("speaks: term {}, behind {} of the epoch {}", place.term(), place.sequence(), place.epoch());
        if (loop != null) {
            unread.forEach(this::say);
            return;
        }
        Books books = Objects.requireNonNull(follower.books());
        Intake begun = new Intake(books.snapshot(), listener, nowNanos);
        begun.settled(place.sequence());
        intake = begun;
        loop = new FeedLoop(begun, clock, HEARTBEAT_MILLIS, this::take);
        surroundings.start(place.epoch());
    }

    private void take(EventBatch batch) {
        if (batch.count() > 0) {
            unread.add(batch);
        }
        say(batch);
    }

    private void say(EventBatch batch) {
        Entry entry = follower.candidacy().say(batch.count());
        append(encoder.encode(batch, entry.term(), entry.writer()));
    }

    /** Every few milliseconds: says what is due. */
    void tick(long nowNanos) {
        if (ended || leaving) {
            return;
        }
        Candidacy.State state = follower.candidacy().state();
        boolean isLate = nowNanos - claimedNanos >= CLAIM_NANOS;
        boolean isClaiming = state == Candidacy.State.CLAIMING;
        boolean isSpeaking = state == Candidacy.State.SPEAKING;
        if (isLate && (isClaiming || (isSpeaking && mustClaim))) {
            claim(nowNanos);
            return;
        }
        if (!isSpeaking || mustClaim || loop == null || unread.size() >= MAX_UNREAD) {
            return;
        }
        loop.poll(nowNanos);
        prove(nowNanos);
        keeper.tick(nowNanos);
    }

    /** Right behind the rows that it is about. */
    private void prove(long nowNanos) {
        if (intake == null || nowNanos - provedNanos < PROOF_NANOS) {
            return;
        }
        provedNanos = nowNanos;
        LogPlace place = follower.place();
        append(new LogNote(
                        LogNote.Kind.PROOF, place.term(), place.writer(), place.epoch(), said(), intake.fingerprint())
                .encode());
    }

    /** Number of the last row that it has said. */
    long said() {
        return follower.candidacy().saidSequence();
    }

    /** Says that it says nothing more; then that is appended, or cannot be. */
    void leave(Consumer<@Nullable String> left) {
        boolean spoke = isSpeaking() && !mustClaim;
        leaving = true;
        if (!spoke) {
            left.accept(null);
            return;
        }
        LogPlace place = follower.place();
        LogNote farewell = new LogNote(LogNote.Kind.FAREWELL, place.term(), place.writer(), place.epoch(), said(), 0);
        journal.append(farewell.encode(), failure -> surroundings.later(() -> left.accept(failure)));
    }

    /** What this one has read is not what is in the log, or not all of it: who speaks cannot go on from that. */
    void lost(String reason) {
        if (loop != null && !ended && !leaving) {
            ended = true;
            surroundings.end(reason);
        }
    }
}
