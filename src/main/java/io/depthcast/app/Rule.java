package io.depthcast.app;

import java.util.List;
import java.util.function.BiPredicate;

/**
 * What must hold between two numbers.
 *
 * @param key the one that a mistake is blamed on
 * @param expectation what is wanted of it, said before the name of the other
 */
record Rule(String key, String other, BiPredicate<Long, Long> holds, String expectation) {
    static final List<Rule> ALL = List.of(
            // Vert.x shares a port between two of its servers, and would show metrics on the public one at random.
            new Rule("management.port", "http.port", (a, b) -> !a.equals(b) || a == 0, "a port other than"),
            new Rule("limits.messageBytes", "limits.frameBytes", (a, b) -> a >= b, "at least"));
}
