package io.depthcast.http;

import io.depthcast.session.SessionView;
import io.vertx.core.Future;
import java.util.List;

/** The clients of one gateway loop, for an operator. Any thread may ask. */
public interface Connections {
    /**
     * Some of the clients, the oldest first.
     *
     * @param total how many there are
     */
    record Page(int total, List<SessionView> clients) {}

    /**
     * @param offset clients to pass over
     * @param limit clients to tell of at most
     */
    Future<Page> page(int offset, int limit);

    /** Closes the client of that id; completes with whether there is one. */
    Future<Boolean> close(String id);
}
