package io.depthcast.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Feeds and gateways at one log, in orders and with faults that a seed chooses. */
class ManyNodesTest {
    private static final long SEED = Long.getLong("seed", 20261129);
    private static final int SEEDS = Integer.getInteger("seeds", 10);
    private static final int STEPS = 5_000;

    private LogCluster cluster;

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>();
        for (int i = 0; i < SEEDS; i++) {
            seeds.add(SEED + i);
        }
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldAgreeWhateverHappens(long seed) {
        cluster = new LogCluster(seed, 4);
        cluster.start(true);
        cluster.start(true, TimeUnit.HOURS.toMicros(seed % 3 - 1));
        cluster.start(false);
        cluster.start(false);
        for (int i = 0; i < STEPS; i++) {
            cluster.step(5 + cluster.random.nextInt(10));
            if (cluster.random.nextInt(150) == 0) {
                disturb();
            }
        }
        // Those there were may have succeeded each other.
        cluster.start(true);
        cluster.settle();
        cluster.checkAgreement("seed " + seed);
    }

    private void disturb() {
        LogNode node = cluster.nodes.isEmpty()
                ? cluster.start(true)
                : cluster.nodes.get(cluster.random.nextInt(cluster.nodes.size()));
        switch (cluster.random.nextInt(9)) {
            case 0 -> node.isPaused = !node.isPaused;
            case 1 -> node.link.cut = !node.link.cut;
            case 2 -> node.isSlow = !node.isSlow;
            case 3 -> cluster.nodes.remove(node);
            case 4, 5 -> {
                if (cluster.nodes.size() < 6) {
                    cluster.start(cluster.random.nextBoolean());
                }
            }
            case 6 -> cluster.journal.keepOnly(200 + cluster.random.nextInt(2_000));
            case 7 -> {
                cluster.journal.replaceLog();
                if (cluster.random.nextBoolean()) {
                    cluster.journal.forgetStates();
                }
            }
            default -> cluster.nodes.forEach(each -> each.isPaused = false);
        }
    }
}
