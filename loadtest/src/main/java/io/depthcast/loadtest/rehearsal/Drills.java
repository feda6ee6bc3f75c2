package io.depthcast.loadtest.rehearsal;

import java.util.List;
import java.util.stream.Stream;

/** All drills, in the order in which they run: those that a cluster does not outlive come last. */
final class Drills {
    static final List<Drill> ALL = Stream.of(GatewayDrills.ALL, FeedDrills.ALL, BrokerDrills.ALL, LogDrills.ALL)
            .flatMap(List::stream)
            .toList();

    private Drills() {}
}
