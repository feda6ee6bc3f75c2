package io.depthcast.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A log in memory that does to its writers what a real one may, and somewhat more: it loses records with and without saying
 * so, says that it has lost what it has not, appends late, twice, in another order and damaged, and forgets what is old. All
 * by a seed, and on one thread.
 */
final class MemoryJournal {
    /** One in so many reads of another log in the place of the one joined shows that it is another. */
    private static final int NOTICED = 50;

    /** How often a fault comes, in thousandths of the appends, each kind. */
    private final int faults;

    private final Random random;
    private final List<LogRecord> records = new ArrayList<>();
    private final Map<String, byte[]> states = new HashMap<>();
    private final List<byte[]> late = new ArrayList<>();
    private long oldest;
    /** Which of those that stood in this place it is. */
    private int log = 1;

    private boolean faulty;
    private boolean losesStates;
    /** By its own clock, which nobody else has. */
    private long nowMillis = 7_000_000;

    MemoryJournal(Random random, int faults) {
        this.random = random;
        this.faults = faults;
        this.faulty = faults > 0;
    }

    void pass(long millis) {
        nowMillis += millis;
        if (!late.isEmpty() && random.nextInt(50) == 0) {
            add(late.remove(random.nextInt(late.size())));
        }
    }

    /** From now on it does what it should; what is late by then is lost. */
    void heal() {
        faulty = false;
        late.clear();
    }

    /** Forgets all but the newest records. */
    void keepOnly(int newest) {
        oldest = Math.max(oldest, end() - newest);
    }

    /** Another log stands in its place, which begins anew; the states stay. Whoever reads may notice late. */
    void replaceLog() {
        log++;
        records.clear();
        late.clear();
        oldest = 0;
        readTo = -1;
    }

    void forgetStates() {
        states.clear();
    }

    /** Whether none can be written. */
    void loseStates(boolean loses) {
        losesStates = loses;
    }

    long end() {
        return records.size();
    }

    List<LogRecord> records() {
        return records;
    }

    /** One of ours that somebody else wrote. */
    void add(byte[] bytes) {
        records.add(new LogRecord(records.size(), nowMillis, bytes));
    }

    private boolean happens() {
        return faulty && random.nextInt(1_000) < faults;
    }

    private void append(byte[] bytes, Journal.Outcome outcome) {
        if (happens()) {
            // Lost, and told so or not.
            if (random.nextBoolean()) {
                outcome.done("lost");
            }
            return;
        }
        if (happens()) {
            late.add(bytes);
            outcome.done(random.nextBoolean() ? "timed out" : null);
            return;
        }
        byte[] written = bytes;
        if (happens()) {
            written = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        } else if (happens()) {
            written = bytes.clone();
            written[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        add(written);
        if (happens()) {
            add(written);
        }
        if (happens() && records.size() > 1) {
            swapNewest();
        }
        outcome.done(happens() ? "not heard" : null);
    }

    /** Of two that nobody has read yet, or the fault would be a log that changes. */
    private void swapNewest() {
        int last = records.size() - 1;
        if (readTo < last - 1) {
            byte[] newest = records.get(last).bytes();
            records.set(
                    last, new LogRecord(last, nowMillis, records.get(last - 1).bytes()));
            records.set(last - 1, new LogRecord(last - 1, nowMillis, newest));
        }
    }

    private long readTo = -1;

    /** A node's way to it. */
    final class Link implements Journal, JournalReader {
        /** Whether nothing comes through, either way. */
        boolean cut;
        /** What comes of each record, here and nowhere else. */
        UnaryOperator<LogRecord> memory = UnaryOperator.identity();

        private long place;
        private int joined;

        @Override
        public void append(byte[] bytes, Outcome outcome) {
            if (cut) {
                outcome.done("cut off");
            } else {
                MemoryJournal.this.append(bytes, outcome);
            }
        }

        @Override
        public void keep(String key, byte @Nullable [] state, Outcome outcome) {
            if (cut || losesStates || happens()) {
                outcome.done("lost");
                return;
            }
            if (state == null) {
                states.remove(key);
            } else {
                states.put(key, state);
            }
            outcome.done(null);
        }

        @Override
        public JournalReader reader() {
            return this;
        }

        @Override
        public Kept kept() {
            if (cut) {
                return new Kept.Unreachable("cut off");
            }
            joined = log;
            return new Kept.States("log-" + log, new HashMap<>(states), oldest, records.size());
        }

        @Override
        public void seek(long offset) {
            place = offset;
        }

        @Override
        public Polled poll(int waitMillis) {
            if (cut) {
                return new Polled.Unreachable("cut off");
            }
            if (joined != log && random.nextInt(NOTICED) == 0) {
                return new Polled.Lost("another log");
            }
            if (place < oldest || place > records.size()) {
                return new Polled.Lost(place + " is not between " + oldest + " and " + records.size());
            }
            int until = (int) Math.min(records.size(), place + 1 + random.nextInt(20));
            List<LogRecord> found =
                    records.subList((int) place, until).stream().map(memory).toList();
            place = until;
            readTo = Math.max(readTo, place - 1);
            return new Polled.Records(found, place == records.size());
        }

        @Override
        public void close() {}
    }
}
