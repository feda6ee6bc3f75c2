package io.depthcast.loadtest.generator;

import java.util.List;

/**
 * A client that counts what it gets, over one connection or several one after the other.
 *
 * @param symbols it watches; none with a peer
 * @param books that read a peer's messages for their ages; null if the client only counts
 */
record Client(int number, Behaviour behaviour, List<String> symbols, BookReader books) {
    boolean reads() {
        return books != null;
    }
}
