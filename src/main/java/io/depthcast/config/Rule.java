package io.depthcast.config;

import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** What must hold between values, each of which is good by itself. */
@FunctionalInterface
public interface Rule {
    /**
     * What is wrong, in lines as {@link Setting#mistake} makes them; none if it holds.
     *
     * @param settings every key of the catalogue by its name
     */
    List<String> mistakes(Map<String, Setting> settings);

    /**
     * Between two numbers; nothing where the catalogue lacks one of them.
     *
     * @param key the one that a mistake is blamed on
     * @param expectation what is wanted of it, said before the name of the other
     */
    static Rule between(String key, String other, BiPredicate<Long, Long> holds, String expectation) {
        return settings -> {
            Setting one = settings.get(key);
            Setting two = settings.get(other);
            if (one == null || two == null || holds.test((Long) one.value(), (Long) two.value())) {
                return List.of();
            }
            return List.of(one.mistake("expected %s %s (%s, %s), got \"%s\""
                    .formatted(expectation, other, two.value(), two.origin(), one.value())));
        };
    }
}
