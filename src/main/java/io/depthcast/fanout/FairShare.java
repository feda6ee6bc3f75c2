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
    private final List<FrameBatch.Answer> answers;
    private final List<Frame> frames;
    private final List<Share> others = new ArrayList<>();
    private long bytes;

    /** What of one stream was due. */
    record Share(Subscription subscription, FrameBatch.Answer answer, long bytes) {}

    private FairShare(List<Subscription> due, List<FrameBatch.Answer> answers, List<Frame> frames) {
        this.due = due;
        this.answers = answers;
        this.frames = frames;
    }

    /**
     * Keeps as much as fits, at least one stream; returns the others. The frames of one stream stay together.
     *
     * @param due the subscription of each frame
     * @param answers what each frame belongs to
     */
    static List<Share> keep(
            List<Subscription> due,
            List<FrameBatch.Answer> answers,
            List<Frame> frames,
            Form form,
            int allowanceBytes) {
        Map<Subscription, Share> byStream = new LinkedHashMap<>();
        for (int i = 0; i < due.size(); i++) {
            FrameBatch.Answer answer = answers.get(i);
            byStream.computeIfAbsent(
                    due.get(i),
                    subscription -> new Share(subscription, answer, Frame.mostBytes(answer.frames(), form)));
        }
        due.clear();
        answers.clear();
        frames.clear();
        List<Share> byTurn = new ArrayList<>(byStream.values());
        byTurn.sort(Comparator.comparingInt(share -> share.subscription.servedTurn()));
        FairShare kept = new FairShare(due, answers, frames);
        kept.take(byTurn, allowanceBytes);
        return kept.others;
    }

    private void take(List<Share> byTurn, int allowanceBytes) {
        List<Share> large = new ArrayList<>();
        for (Share share : byTurn) {
            if (share.bytes <= SMALL_BYTES && bytes + share.bytes <= allowanceBytes / 2) {
                take(share);
            } else {
                large.add(share);
            }
        }
        for (int i = 0; i < large.size(); i++) {
            Share share = large.get(i);
            if (i == 0 || bytes + share.bytes <= allowanceBytes) {
                take(share);
            } else {
                others.add(share);
            }
        }
    }

    private void take(Share share) {
        for (Frame frame : share.answer.frames()) {
            due.add(share.subscription);
            answers.add(share.answer);
            frames.add(frame);
        }
        bytes += share.bytes;
    }
}
