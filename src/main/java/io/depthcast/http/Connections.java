package io.depthcast.http;

import io.depthcast.limit.Address;
import io.depthcast.session.CloseReason;
import io.depthcast.session.SessionView;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** The clients of one gateway loop, for an operator. Any thread may ask; the answer comes on that loop, and late if it is busy. */
public interface Connections {
    /** What the loop is called in threads, metrics and probes: {@code gateway-0}. */
    String loop();

    /**
     * The first of the clients that are asked for, in the order that is asked for.
     *
     * @param total how many are like what is asked for
     */
    record Page(int total, List<SessionView> clients) {}

    Future<Page> page(ConnectionQuery query);

    /** A client as far as it matters for who may stay. */
    interface Which {
        boolean isMeant(String id, Address address, String subject);
    }

    /** Closes some clients; completes with how many. */
    Future<Integer> close(Which which, CloseReason reason);

    /** How many subscriptions follow each stream, by its name. */
    Future<Map<StreamName, Integer>> followers();
}
