package io.depthcast.session;

import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What of too much goes into the next message: the streams served longest ago come first. */
final class FairShare {
    private FairShare() {}

    /**
     * Keeps as much as fits, at least one stream, and leaves the others out. The frames of one stream stay together.
     *
     * @param due the subscription of each frame; those of one subscription lie together
     */
    static void keep(List<Subscription> due, List<Frame> frames, Form form, int allowanceBytes) {
        List<Subscription> subscriptions = List.copyOf(due);
        List<Frame> all = List.copyOf(frames);
        due.clear();
        frames.clear();
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, all.size()).boxed().toList());
        order.sort(Comparator.comparingInt(i -> subscriptions.get(i).servedTurn()));
        long bytes = 0;
        boolean full = false;
        for (int i : order) {
            Subscription subscription = subscriptions.get(i);
            boolean begun = !due.isEmpty() && due.get(due.size() - 1) == subscription;
            bytes += all.get(i).bytes(form).readableBytes();
            full |= !begun && !due.isEmpty() && bytes > allowanceBytes;
            if (full) {
                subscription.leaveOut();
            } else {
                due.add(subscription);
                frames.add(all.get(i));
            }
        }
    }
}
