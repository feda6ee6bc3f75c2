package io.depthcast.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys by name, and what to say of a name that is none. */
public final class Catalogue {
    private final Map<String, Key> byName = new LinkedHashMap<>();
    private final Map<String, Key> byVariable = new LinkedHashMap<>();

    public Catalogue(List<Key> keys) {
        for (Key key : keys) {
            byName.put(key.name(), key);
            byVariable.put(key.environmentName(), key);
        }
    }

    List<Key> keys() {
        return List.copyOf(byName.values());
    }

    @Nullable
    Key named(String name) {
        return byName.get(name);
    }

    @Nullable
    Key ofVariable(String variable) {
        return byVariable.get(variable);
    }

    /** Whether keys stand below this path. */
    boolean isSection(String path) {
        return byName.keySet().stream().anyMatch(name -> name.startsWith(path + "."));
    }

    String complaintAbout(String name) {
        if (isSection(name)) {
            return "expected the keys " + below(name);
        }
        TreeSet<String> known = new TreeSet<>(byName.keySet());
        byName.keySet().forEach(key -> known.add(key.substring(0, key.indexOf('.'))));
        Optional<String> sectionForgotten =
                byName.keySet().stream().filter(key -> key.endsWith("." + name)).findFirst();
        return "unknown key; " + advice(sectionForgotten.or(() -> Suggestion.nearest(name, known)));
    }

    String complaintAboutVariable(String variable) {
        return "unknown variable; " + advice(Suggestion.nearest(variable, byVariable.keySet()));
    }

    private String below(String section) {
        return byName.keySet().stream()
                .filter(name -> name.startsWith(section + "."))
                .collect(Collectors.joining(", "));
    }

    private static String advice(Optional<String> nearest) {
        return nearest.map(name -> "did you mean " + name + "?").orElse("--help lists all");
    }
}
