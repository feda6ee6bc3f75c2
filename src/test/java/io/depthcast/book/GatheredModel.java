package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Two nodes that read the same feed, with its gaps, its changes of steps and its new epochs, the second having joined the first;
 * and holders of gathered books who ask either of them, seldom or often, and are proved each time to hold what they should.
 */
final class GatheredModel {
    private static final int HOLDERS = 40;
    private static final List<Integer> GROUPS = BookShapes.GROUPS.subList(1, BookShapes.GROUPS.size());

    private final long seed;
    private final Instrument[] definitions;
    private final SplittableRandom random;
    private final GatheredBookTest.RandomLevels levels;
    /** What the intake knows, and two nodes. */
    private final InstrumentState source;

    private final InstrumentState[] nodes = new InstrumentState[2];
    private final List<Holder> holders = new ArrayList<>();
    private int definition;
    private long epoch = 1_000;
    private long sequence = 1;
    private int heard;

    GatheredModel(long seed, Instrument... definitions) {
        this.seed = seed;
        this.definitions = definitions;
        random = new SplittableRandom(seed);
        levels = new GatheredBookTest.RandomLevels(seed + 1, 1 << random.nextInt(3, 13), 500);
        source = new InstrumentState(definitions[0], false);
        source.startFrom(definitions[0], epoch, sequence, sequence, 0);
        nodes[0] = joined();
        nodes[1] = joined();
        for (int i = 0; i < HOLDERS; i++) {
            holders.add(
                    new Holder(BookShapes.DEPTHS.get(i % BookShapes.DEPTHS.size()), GROUPS.get(i / 4 % GROUPS.size())));
        }
    }

    void step() {
        sequence += 1 + random.nextInt(3);
        int what = random.nextInt(300);
        if (what == 0) {
            define();
        } else if (what == 1) {
            epoch++;
            source.startFrom(definitions[definition], epoch, sequence, sequence, 0);
            nodes[0] = joined();
            nodes[1].replace(epoch, sequence, source.snapshot());
        } else if (what < 6) {
            gap(nodes[random.nextInt(2)]);
        } else if (what < 8) {
            nodes[1] = joined();
        } else if (what < 12) {
            nodes[random.nextInt(2)].forgetGathered(GROUPS.get(random.nextInt(GROUPS.size())));
        } else {
            change();
        }
        holders.get(random.nextInt(HOLDERS)).ask(nodes[random.nextInt(2)]);
    }

    private InstrumentState joined() {
        InstrumentState state = new InstrumentState(source.instrument());
        state.replace(epoch, sequence, source.snapshot());
        return state;
    }

    private void define() {
        definition = 1 - definition;
        source.startFrom(definitions[definition], epoch, sequence, sequence, 0);
        for (InstrumentState node : nodes) {
            node.startFrom(definitions[definition], epoch, sequence, sequence, 0);
        }
    }

    private void change() {
        levels.next();
        apply(source);
        apply(nodes[0]);
        apply(nodes[1]);
    }

    private void apply(InstrumentState state) {
        state.applyLevel(levels.side, levels.priceTicks, levels.sizeLots, sequence, sequence);
    }

    /** One node misses some events, and takes the feed's state. */
    private void gap(InstrumentState missing) {
        for (int i = random.nextInt(1, 40); i > 0; i--) {
            levels.next();
            apply(source);
            apply(missing == nodes[0] ? nodes[1] : nodes[0]);
            holders.get(random.nextInt(HOLDERS)).ask(missing == nodes[0] ? nodes[1] : nodes[0]);
            sequence += random.nextInt(1, 3);
        }
        missing.replace(epoch, sequence, source.snapshot());
    }

    /** Snapshots and deltas, as often as the steps were. */
    void shouldHaveHeardEverything() {
        assertThat(heard).as("seed %d", seed).isGreaterThan(500);
        assertThat(holders).as("seed %d", seed).allMatch(holder -> holder.deltas > 0 && holder.snapshots > 0);
    }

    /** Somebody with a copy of one book. */
    private final class Holder {
        private final int depth;
        private final int group;
        private final Map<Long, Long> bids = new TreeMap<>();
        private final Map<Long, Long> asks = new TreeMap<>();
        private long heldEpoch;
        private long held;
        private int deltas;
        private int snapshots;

        Holder(int depth, int group) {
            this.depth = depth;
            this.group = group;
        }

        /** A node is asked once it has come as far as any other, as a shard that is behind waits. */
        void ask(InstrumentState node) {
            Versioned<BookUpdate> view = node.book(depth, group);
            boolean ahead = heldEpoch == view.epoch() && held > view.version();
            BookUpdate told = ahead ? null : view.since(heldEpoch, held);
            if (told != null) {
                take(told);
                heard++;
            }
            if (!ahead && told == null) {
                assertThat(List.of(heldEpoch, held)).as(name()).isEqualTo(List.of(view.epoch(), view.version()));
            }
            NaiveGathered now = new NaiveGathered(node);
            assertThat(NaiveSide.levels(sorted(Side.BID, bids))).as(name()).isEqualTo(best(now, Side.BID));
            assertThat(NaiveSide.levels(sorted(Side.ASK, asks))).as(name()).isEqualTo(best(now, Side.ASK));
            checkSum(told, now);
        }

        private void checkSum(@Nullable BookUpdate told, NaiveGathered now) {
            if (told != null) {
                assertThat(told.checksum())
                        .as(name())
                        .isEqualTo(BookChecksum.of(now.gathered(Side.ASK, group), now.gathered(Side.BID, group)));
            }
        }

        private void take(BookUpdate told) {
            if (told.isSnapshot()) {
                bids.clear();
                asks.clear();
                snapshots++;
            } else {
                assertThat(List.of(told.epoch(), told.previous())).as(name()).isEqualTo(List.of(heldEpoch, held));
                deltas++;
            }
            assertThat(List.of(told.depth(), told.group())).isEqualTo(List.of(depth, group));
            put(told.bids(), bids);
            put(told.asks(), asks);
            heldEpoch = told.epoch();
            held = told.sequence();
        }

        private void put(Levels changes, Map<Long, Long> side) {
            for (int i = 0; i < changes.count(); i++) {
                if (changes.sizeLots(i) == 0) {
                    side.remove(changes.priceTicks(i));
                } else {
                    side.put(changes.priceTicks(i), changes.sizeLots(i));
                }
            }
        }

        private SortedMap<Long, Long> sorted(Side side, Map<Long, Long> levels) {
            SortedMap<Long, Long> sorted =
                    side == Side.BID ? new TreeMap<>(Comparator.reverseOrder()) : new TreeMap<>();
            sorted.putAll(levels);
            return sorted;
        }

        private Levels best(NaiveGathered now, Side side) {
            Levels all = now.gathered(side, group);
            int count = Math.min(depth, all.count());
            long[] prices = new long[count];
            long[] sizes = new long[count];
            for (int i = 0; i < count; i++) {
                prices[i] = all.priceTicks(i);
                sizes[i] = all.sizeLots(i);
            }
            return new Levels(prices, sizes);
        }

        private String name() {
            return "seed %d, group %d, depth %d, version %d:%d".formatted(seed, group, depth, heldEpoch, held);
        }
    }
}
