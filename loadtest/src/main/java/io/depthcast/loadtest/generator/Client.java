package io.depthcast.loadtest.generator;

import java.util.List;

/**
 * One simulated client, which may have several connections one after the other.
 *
 * @param symbols it watches
 * @param books what it holds, over all its connections; null if it only counts
 */
record Client(int number, Behaviour behaviour, List<String> symbols, BookReader books) {
    boolean isProved() {
        return books != null;
    }
}
