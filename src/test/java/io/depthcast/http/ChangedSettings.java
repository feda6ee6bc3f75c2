package io.depthcast.http;

import io.depthcast.app.Settings;
import io.depthcast.app.TransportSettings;
import io.depthcast.auth.AuthSettings;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;

/** Settings as those of another gateway, but for a part. */
final class ChangedSettings {
    private ChangedSettings() {}

    static Settings with(Settings usual, TransportSettings transport, AuthSettings auth) {
        return changed(usual, Map.of("transport", transport, "auth", auth));
    }

    static Settings with(Settings usual, PageSettings pages) {
        return changed(usual, Map.of("pages", pages));
    }

    static Settings with(Settings usual, HttpSettings management) {
        return changed(usual, Map.of("management", management));
    }

    /** The same but for some components, by name. */
    static <R extends Record> R changed(R settings, Map<String, ?> changes) {
        @SuppressWarnings("unchecked")
        Class<R> type = (Class<R>) settings.getClass();
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < values.length; i++) {
                String name = components[i].getName();
                values[i] = changes.containsKey(name)
                        ? changes.get(name)
                        : components[i].getAccessor().invoke(settings);
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
