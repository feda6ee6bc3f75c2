package io.depthcast.loadtest.rehearsal;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the clients saw during one act. Owned by the event loop; a copy belongs to whoever asked. */
final class Findings {
    /** A client may be without data for so much longer than it was told to wait, or drew. */
    static final long PATIENCE_MILLIS = 2_000;

    private static final int MAX_COMPLAINTS = 10;

    /** The close code that clients must expect; 0 for none, all are to stay. */
    private int expectedCode;

    private long patienceMillis = PATIENCE_MILLIS;
    private long begunNanos = System.nanoTime();
    private boolean over;
    private int complaints;
    private Set<Integer> late = new HashSet<>();
    long welcomed;
    long lost;
    long updates;
    long snapshots;
    long wrongBooks;
    long errors;
    long longestMillis;
    /** The longest silence less the wait that belongs to it. */
    long longestBeyondMillis;
    /** Changes of the feed's epoch. */
    long epochs;
    /** Until the first client was told that the feed is stale; -1 if none was. */
    long staleAfterMillis = -1;
    /** Of the oldest price that came while the feed was said to be live. */
    long oldestLiveMillis;

    /**
     * Begins anew.
     *
     * @param code with which clients may lose their connection
     * @param patience of clients, milliseconds beyond their wait
     */
    void act(int code, long patience) {
        expectedCode = code;
        patienceMillis = patience;
        begunNanos = System.nanoTime();
        epochs = 0;
        staleAfterMillis = -1;
        oldestLiveMillis = 0;
        late = new HashSet<>();
        welcomed = 0;
        lost = 0;
        updates = 0;
        snapshots = 0;
        wrongBooks = 0;
        errors = 0;
        longestMillis = 0;
        longestBeyondMillis = 0;
    }

    /** What follows is of our own doing. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    boolean mayLose(int code) {
        return code == expectedCode;
    }

    void silence(int client, long nanos, long waitMillis) {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        long beyondMillis = millis - waitMillis;
        longestMillis = Math.max(longestMillis, millis);
        longestBeyondMillis = Math.max(longestBeyondMillis, beyondMillis);
        if (beyondMillis > patienceMillis && late.add(client)) {
            complain(client, "without data for " + millis + " ms, of which " + waitMillis + " as told or drawn");
        }
    }

    void toldStale() {
        if (staleAfterMillis < 0) {
            staleAfterMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
        }
    }

    int lateClients() {
        return late.size();
    }

    void error(int client, String what) {
        errors++;
        complain(client, what);
    }

    /** The first few tell enough. */
    void complain(int client, String what) {
        if (complaints++ < MAX_COMPLAINTS) {
            System.err.println("client " + client + ": " + what);
        }
    }

    boolean isGood() {
        return wrongBooks == 0 && errors == 0 && late.isEmpty();
    }

    Findings copy() {
        Findings copy = new Findings();
        copy.late = new HashSet<>(late);
        copy.welcomed = welcomed;
        copy.lost = lost;
        copy.updates = updates;
        copy.snapshots = snapshots;
        copy.wrongBooks = wrongBooks;
        copy.errors = errors;
        copy.longestMillis = longestMillis;
        copy.longestBeyondMillis = longestBeyondMillis;
        copy.epochs = epochs;
        copy.staleAfterMillis = staleAfterMillis;
        copy.oldestLiveMillis = oldestLiveMillis;
        return copy;
    }
}
