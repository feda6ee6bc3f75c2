package io.depthcast.app;

import static io.depthcast.config.Key.oneOf;

import io.depthcast.config.Key;
import java.util.List;

/** What this node is for, among many that share one log; see {@link Keys}. */
final class NodeKeys {
    static final List<Key> ALL = List.of(oneOf(
            "node.role", NodeSettings.ROLES, NodeSettings.ALL, "feed has sources, gateway has clients, all has both"));

    private NodeKeys() {}
}
