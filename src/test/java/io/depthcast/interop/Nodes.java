package io.depthcast.interop;

import java.util.List;

/** The Node versions that the client is tried on: that of the machine, or those of {@code -Dnodes=/path/to/node:…}. */
public final class Nodes {
    private Nodes() {}

    /** What to run, which has to be there. */
    public static List<String> all() throws InterruptedException {
        List<String> nodes = List.of(System.getProperty("nodes", "node").split(":", -1));
        for (String node : nodes) {
            Programs.require("nodejs", List.of(node, "--version"));
        }
        return nodes;
    }
}
