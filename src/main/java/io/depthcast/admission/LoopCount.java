package io.depthcast.admission;

import java.util.Arrays;

/** How many connections somebody has on each loop. */
final class LoopCount {
    private int[] byLoop = {};
    private int total;

    int total() {
        return total;
    }

    int of(int loop) {
        return loop < byLoop.length ? byLoop[loop] : 0;
    }

    void add(int loop, int change) {
        if (loop >= byLoop.length) {
            byLoop = Arrays.copyOf(byLoop, loop + 1);
        }
        byLoop[loop] += change;
        total += change;
    }
}
