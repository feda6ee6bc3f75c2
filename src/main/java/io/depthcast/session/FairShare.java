package io.depthcast.session;

import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of too much goes into the next message: in half of it the small, in the rest what comes, each time the streams first
 * that were served longest ago. So a best bid and offer does not wait for its turn behind tapes.
 */
final class FairShare {
    /** Bytes of what is small. */
    static final int SMALL_BYTES = 1_024;

    private final List<Subscription> due;
    private final List<Frame> frames;
    private final Form form;
    private long bytes;

    private FairShare(List<Subscription> due, List<Frame> frames, Form form) {
        this.due = due;
        this.frames = frames;
        this.form = form;
    }

    /**
     * Keeps as much as fits, at least one stream, and leaves the others out. The frames of one stream stay together.
     *
     * @param due the subscription of each frame
     */
    static void keep(List<Subscription> due, List<Frame> frames, Form form, int allowanceBytes) {
        Map<Subscription, List<Frame>> byStream = new LinkedHashMap<>();
        for (int i = 0; i < due.size(); i++) {
            byStream.computeIfAbsent(due.get(i), absent -> new ArrayList<>()).add(frames.get(i));
        }
        due.clear();
        frames.clear();
        List<Subscription> byTurn = new ArrayList<>(byStream.keySet());
        byTurn.sort(Comparator.comparingInt(Subscription::servedTurn));
        new FairShare(due, frames, form).take(byTurn, byStream, allowanceBytes);
    }

    private void take(List<Subscription> byTurn, Map<Subscription, List<Frame>> byStream, int allowanceBytes) {
        for (Subscription small : byTurn) {
            long size = size(byStream.get(small));
            if (size <= SMALL_BYTES && bytes + size <= allowanceBytes / 2) {
                take(small, byStream);
            }
        }
        boolean first = true;
        for (Subscription each : byTurn) {
            if (byStream.containsKey(each)) {
                if (first || bytes + size(byStream.get(each)) <= allowanceBytes) {
                    take(each, byStream);
                } else {
                    each.leaveOut();
                }
                first = false;
            }
        }
    }

    private void take(Subscription subscription, Map<Subscription, List<Frame>> from) {
        for (Frame frame : from.remove(subscription)) {
            due.add(subscription);
            frames.add(frame);
            bytes += frame.bytes(form).readableBytes();
        }
    }

    private long size(List<Frame> some) {
        long sum = 0;
        for (Frame frame : some) {
            sum += frame.bytes(form).readableBytes();
        }
        return sum;
    }
}
