package io.depthcast.loadtest.rehearsal;

import java.util.ArrayList;
import java.util.List;

/** Whether an act came out as it had to; what did not is kept in words. */
final class Verdict {
    private final List<String> complaints = new ArrayList<>();
    private final List<String> figures = new ArrayList<>();

    void holds(String what, boolean isSo) {
        if (!isSo) {
            complaints.add("expected: " + what);
        }
    }

    void atMost(String what, long most, long was) {
        figures.add(what + " " + was);
        holds(what + " at most " + most + ", was " + was, was <= most);
    }

    void equal(String what, long expected, long was) {
        holds(what + " " + expected + ", was " + was, was == expected);
    }

    /** What is worth telling beside the table. */
    void figure(String what) {
        figures.add(what);
    }

    /** What no drill may ever show: a wrong book, a book from a feed that began anew. */
    void unharmed(Findings seen) {
        equal("wrong books", 0, seen.wrongBooks);
        equal("changes of epoch", 0, seen.epochs);
    }

    /** Besides, that clients came to no error and were never without data for too long. */
    void undisturbed(Findings seen) {
        unharmed(seen);
        equal("errors", 0, seen.errors);
        equal("clients without data for too long", 0, seen.lateClients());
    }

    /** Besides, that they got deltas only. */
    void seamless(Findings seen) {
        undisturbed(seen);
        equal("snapshots", 0, seen.snapshots);
    }

    /**
     * Where clients may get a snapshot because it is smaller than what has changed: at most one each. Another feed of ours
     * has another made-up market, so what changes with it is everything; and much changes in a minute.
     */
    void oneSnapshotEach(Findings seen, int clients) {
        atMost("snapshots", clients, seen.snapshots);
    }

    boolean isGood() {
        return complaints.isEmpty();
    }

    List<String> complaints() {
        return complaints;
    }

    List<String> figures() {
        return figures;
    }
}
