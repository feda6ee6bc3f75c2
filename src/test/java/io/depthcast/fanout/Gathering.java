package io.depthcast.fanout;

import io.depthcast.book.Levels;
import java.util.ArrayList;
import java.util.List;

/** Gathers the prices of a whole side, as plainly as can be. */
final class Gathering {
    private Gathering() {}

    static Levels bids(Levels side, int group) {
        return gathered(side, group, 0);
    }

    static Levels asks(Levels side, int group) {
        return gathered(side, group, group - 1);
    }

    private static Levels gathered(Levels side, int group, int above) {
        List<Long> prices = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < side.count(); i++) {
            long price = Math.floorDiv(side.priceTicks(i) + above, group) * group;
            int last = prices.size() - 1;
            if (last >= 0 && prices.get(last) == price) {
                sizes.set(last, sizes.get(last) + side.sizeLots(i));
            } else {
                prices.add(price);
                sizes.add(side.sizeLots(i));
            }
        }
        return new Levels(
                prices.stream().mapToLong(Long::longValue).toArray(),
                sizes.stream().mapToLong(Long::longValue).toArray());
    }
}
