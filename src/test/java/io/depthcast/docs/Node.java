package io.depthcast.docs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A place in one of the YAML documents, with its references followed.
 *
 * @param file name of the document below {@code /docs/}
 */
record Node(String file, Object value) {
    private static final Map<String, Node> LOADED = new ConcurrentHashMap<>();

    /** The document itself; each is read once. */
    static Node of(String file) {
        return LOADED.computeIfAbsent(file, name -> new Node(name, load(name)));
    }

    private static Object load(String file) {
        return new Load(LoadSettings.builder().build()).loadFromString(Documents.text(file));
    }

    /** The value under a key, which must be there. */
    Node at(String key) {
        Object found = map().get(key);
        if (found == null) {
            throw new IllegalArgumentException(file + " has no " + key + " in " + map().keySet());
        }
        return new Node(file, found).followed();
    }

    boolean has(String key) {
        return map().containsKey(key);
    }

    Map<?, ?> map() {
        return (Map<?, ?>) value;
    }

    List<String> keys() {
        return map().keySet().stream().map(String::valueOf).toList();
    }

    List<Node> children() {
        return keys().stream().map(this::at).toList();
    }

    List<Node> items() {
        return ((List<?>) value)
                .stream().map(item -> new Node(file, item).followed()).toList();
    }

    String text() {
        return (String) value;
    }

    private Node followed() {
        if (!(value instanceof Map<?, ?> map) || !(map.get("$ref") instanceof String reference)) {
            return this;
        }
        int hash = reference.indexOf('#');
        Node found = hash == 0 ? of(file) : of(reference.substring(0, hash));
        for (String step : reference.substring(hash + 2).split("/", -1)) {
            found = found.at(step.replace("~1", "/"));
        }
        return found;
    }
}
