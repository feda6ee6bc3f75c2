package io.depthcast.wire;

import java.util.List;

/**
 * What a client asks for by the names of streams.
 *
 * @param id to be repeated in the answer, as JSON text; {@code null} if it had none
 * @param names empty for a question
 */
public record StreamCommand(String id, Method method, List<String> names) implements ParsedCommand {
    /** The verbs. */
    public enum Method {
        SUBSCRIBE,
        UNSUBSCRIBE,
        LIST_SUBSCRIPTIONS
    }
}
