package io.depthcast.loadtest.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Which instruments a client watches. */
public enum Profile {
    /** The most active one, the same for all. */
    ONE,
    /** The twenty most active ones, the same for all. */
    WATCHLIST,
    /** Twenty of all at random, each client its own; the n-th is chosen n times as seldom as the first (Zipf). */
    RANDOM,
    /** Such twenty, the same for ten clients each. */
    GROUPS,
    /** All. */
    EVERYTHING;

    static final int WATCHED = 20;
    private static final int GROUP = 10;

    /**
     * @param symbols all there are, the most active first
     * @param client its number
     */
    public List<String> choose(List<String> symbols, int client, SplittableRandom random) {
        return switch (this) {
            case ONE -> symbols.subList(0, 1);
            case WATCHLIST -> symbols.subList(0, Math.min(WATCHED, symbols.size()));
            case RANDOM -> zipf(symbols, Math.min(WATCHED, symbols.size()), random);
            case GROUPS -> zipf(symbols, Math.min(WATCHED, symbols.size()), new SplittableRandom(client / GROUP));
            case EVERYTHING -> List.of("*");
        };
    }

    private static List<String> zipf(List<String> symbols, int count, SplittableRandom random) {
        List<Integer> left = new ArrayList<>();
        for (int rank = 1; rank <= symbols.size(); rank++) {
            left.add(rank);
        }
        List<String> chosen = new ArrayList<>();
        while (chosen.size() < count) {
            double at = random.nextDouble()
                    * left.stream().mapToDouble(rank -> 1.0 / rank).sum();
            int index = 0;
            while (index < left.size() - 1 && (at -= 1.0 / left.get(index)) > 0) {
                index++;
            }
            chosen.add(symbols.get(left.remove(index) - 1));
        }
        return chosen;
    }
}
