package io.depthcast.fanout;

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
public final class FairShare {
    /** Bytes of what is small. */
    public static final int SMALL_BYTES = 1_024;

    private final List<Subscription> due;
    private final List<Frame> frames;
    private long bytes;

    private record Share(Subscription subscription, List<Frame> frames, long bytes) {}

    private FairShare(List<Subscription> due, List<Frame> frames) {
        this.due = due;
        this.frames = frames;
    }

    /**
     * Keeps as much as fits, at least one stream; the others give back what they took. The frames of one stream stay together.
     *
     * @param due the subscription of each frame
     */
    public static void keep(List<Subscription> due, List<Frame> frames, Form form, int allowanceBytes) {
        Map<Subscription, List<Frame>> byStream = new LinkedHashMap<>();
        for (int i = 0; i < due.size(); i++) {
            byStream.computeIfAbsent(due.get(i), absent -> new ArrayList<>()).add(frames.get(i));
        }
        due.clear();
        frames.clear();
        List<Share> byTurn = new ArrayList<>();
        byStream.forEach((subscription, some) -> byTurn.add(new Share(subscription, some, bytes(some, form))));
        byTurn.sort(Comparator.comparingInt(share -> share.subscription.servedTurn()));
        new FairShare(due, frames).take(byTurn, allowanceBytes);
    }

    private static long bytes(List<Frame> frames, Form form) {
        long sum = 0;
        for (Frame frame : frames) {
            sum += frame.bytes(form).readableBytes();
        }
        return sum;
    }

    private void take(List<Share> byTurn, int allowanceBytes) {
        List<Share> others = new ArrayList<>();
        for (Share share : byTurn) {
            if (share.bytes <= SMALL_BYTES && bytes + share.bytes <= allowanceBytes / 2) {
                take(share);
            } else {
                others.add(share);
            }
        }
        for (int i = 0; i < others.size(); i++) {
            Share share = others.get(i);
            if (i == 0 || bytes + share.bytes <= allowanceBytes) {
                take(share);
            } else {
                share.subscription.giveBack();
            }
        }
    }

    private void take(Share share) {
        for (Frame frame : share.frames) {
            due.add(share.subscription);
            frames.add(frame);
        }
        bytes += share.bytes;
    }
}
