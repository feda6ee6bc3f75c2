package io.depthcast.feed;

import java.util.ArrayList;
import java.util.List;

/** A source as the rules have it: when it spoke last, and the second that its clock is in, never ahead of ours. */
final class NaiveSource {
    private static final long SECOND = 1_000_000;

    final Door door;
    final List<String> symbols = new ArrayList<>();
    long heardMicros;
    boolean gone = true;
    boolean timeless;
    long toldSecondMicros;

    NaiveSource(Door door) {
        this.door = door;
    }

    void heard(long nowMicros) {
        heardMicros = nowMicros;
        gone = false;
    }

    void clock(long timeMicros, long nowMicros) {
        long clock = Math.min(timeMicros, nowMicros);
        toldSecondMicros = Math.max(toldSecondMicros, clock - clock % SECOND);
    }
}
