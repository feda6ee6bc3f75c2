package io.depthcast.feed;

import java.util.List;
import java.util.Map;

/**
 * A kind of source that comes in a jar of its own, beside the gateway's on the class path. The jar names its class in
 * {@code META-INF/services/io.depthcast.feed.SourceKind}; {@code feed.kind} then may name the kind.
 */
public interface SourceKind {
    /** As {@code feed.kind} names it: 1 to 32 lower-case letters and digits, the first a letter. */
    String name();

    /** What an operator may set. */
    List<SourceKey> keys();

    /**
     * Makes a source. Called for a mere check of the configuration too, so what it needs it opens in {@link Source#start}.
     *
     * @param values of all keys, as given or by default
     * @throws IllegalArgumentException if they are wrong; its message is told as it is, so it names key, expectation and value:
     *     {@code port: expected a port, got "x"}
     */
    Source create(Map<String, String> values);
}
