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
        return new Settings(
                usual.http(),
                usual.tls(),
                transport,
                usual.pages(),
                usual.binance(),
                usual.management(),
                usual.access(),
                usual.ingest(),
                usual.feed(),
                usual.sources(),
                usual.kafka(),
                usual.fanout(),
                usual.limits(),
                usual.pace(),
                usual.admission(),
                usual.drain(),
                usual.log(),
                auth);
    }

    static Settings with(Settings usual, PageSettings pages) {
        return new Settings(
                usual.http(),
                usual.tls(),
                usual.transport(),
                pages,
                usual.binance(),
                usual.management(),
                usual.access(),
                usual.ingest(),
                usual.feed(),
                usual.sources(),
                usual.kafka(),
                usual.fanout(),
                usual.limits(),
                usual.pace(),
                usual.admission(),
                usual.drain(),
                usual.log(),
                usual.auth());
    }

    static Settings with(Settings usual, HttpSettings management) {
        return new Settings(
                usual.http(),
                usual.tls(),
                usual.transport(),
                usual.pages(),
                management,
                usual.access(),
                usual.ingest(),
                usual.feed(),
                usual.sources(),
                usual.kafka(),
                usual.fanout(),
                usual.limits(),
                usual.pace(),
                usual.admission(),
                usual.drain(),
                usual.log(),
                usual.auth());
    }

    /** The same but for some components, by name. */
    static <R extends Record> R changed(R settings, Map<String, Integer> changes) throws ReflectiveOperationException {
        @SuppressWarnings("unchecked")
        Class<R> type = (Class<R>) settings.getClass();
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            Object usual = components[i].getAccessor().invoke(settings);
            values[i] = changes.containsKey(components[i].getName()) ? changes.get(components[i].getName()) : usual;
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return type.getDeclaredConstructor(types).newInstance(values);
    }
}
