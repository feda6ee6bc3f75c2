package io.depthcast.app;

import io.depthcast.config.Key;
import io.depthcast.config.Setting;
import io.depthcast.feed.Source;
import io.depthcast.feed.SourceKey;
import io.depthcast.feed.SourceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** The kinds of source that come in jars of their own. Immutable. */
final class OwnSources {
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9]{0,31}");
    private static final Pattern KEY = Pattern.compile("[a-z][A-Za-z0-9]{0,31}");

    /** Those on the class path. */
    static final OwnSources FOUND = find();

    private final Map<String, SourceKind> kinds = new LinkedHashMap<>();
    private final List<String> mistakes = new ArrayList<>();

    private OwnSources() {}

    private static OwnSources find() {
        OwnSources found = new OwnSources();
        try {
            for (SourceKind kind : ServiceLoader.load(SourceKind.class)) {
                found.add(kind);
            }
        } catch (ServiceConfigurationError e) {
            found.mistakes.add("class path: " + e.getMessage());
        }
        return found;
    }

    private void add(SourceKind kind) {
        String name = kind.name();
        boolean isTaken = FeedKinds.BUILT_IN.contains(name) || name.equals(FeedKinds.NONE) || kinds.containsKey(name);
        if (!KIND.matcher(name).matches() || isTaken) {
            mistakes.add("class path: " + kind.getClass().getName()
                    + ": expected a kind of lower-case letters and digits that nobody has yet, got \"" + name + "\"");
        } else if (!kind.keys().stream().allMatch(key -> KEY.matcher(key.name()).matches())) {
            mistakes.add("class path: " + kind.getClass().getName() + ": expected keys of letters and digits, got "
                    + kind.keys());
        } else {
            kinds.put(name, kind);
        }
    }

    Collection<String> names() {
        return kinds.keySet();
    }

    /** Their keys, as those of the gateway itself. */
    List<Key> keys() {
        return kinds.values().stream()
                .flatMap(kind -> kind.keys().stream().map(key -> key(kind, key)))
                .toList();
    }

    private static Key key(SourceKind kind, SourceKey key) {
        Key plain = Key.words(
                "feed." + kind.name() + "." + key.name(), key.fallback(), "a text", text -> text, key.description());
        return key.isSecret() ? plain.asSecret() : plain;
    }

    /** What is wrong with a jar, or with the values of a kind that is to run. */
    List<String> mistakes(Map<String, Setting> settings) {
        Setting kind = settings.get("feed.kind");
        if (!mistakes.isEmpty() || kind == null) {
            return mistakes;
        }
        Map<String, String> values = values(settings.values());
        List<String> wrong = new ArrayList<>();
        for (String name : kinds.keySet()) {
            if (FeedKinds.names((String) kind.value(), name)) {
                try {
                    Objects.requireNonNull(create(name, values), "no source was made");
                } catch (RuntimeException | LinkageError e) {
                    wrong.add("feed." + name + ": " + e.getMessage());
                }
            }
        }
        return wrong;
    }

    /** The values of their keys, by full name. */
    Map<String, String> values(Collection<Setting> settings) {
        List<String> names = keys().stream().map(Key::name).toList();
        Map<String, String> values = new LinkedHashMap<>();
        for (Setting setting : settings) {
            if (names.contains(setting.key().name())) {
                values.put(setting.key().name(), (String) setting.value());
            }
        }
        return values;
    }

    /** @param values by full name */
    Source create(String name, Map<String, String> values) {
        SourceKind kind = Objects.requireNonNull(kinds.get(name));
        Map<String, String> own = new LinkedHashMap<>();
        for (SourceKey key : kind.keys()) {
            own.put(key.name(), values.getOrDefault("feed." + name + "." + key.name(), key.fallback()));
        }
        return kind.create(own);
    }
}
