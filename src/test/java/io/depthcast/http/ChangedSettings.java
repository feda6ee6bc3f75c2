package io.depthcast.http;

import io.depthcast.admission.AdmissionSettings;
import io.depthcast.app.Gateway;
import io.depthcast.app.LogSettings;
import io.depthcast.app.NodeSettings;
import io.depthcast.app.Settings;
import io.depthcast.app.TransportSettings;
import io.depthcast.auth.AuthSettings;
import io.depthcast.fanout.FanoutSettings;
import io.depthcast.journal.JournalSettings;
import io.depthcast.kafka.KafkaSettings;
import io.depthcast.market.FeedSettings;
import io.depthcast.recording.RecordSettings;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
import io.depthcast.source.SourceSettings;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;

/** Settings as those of another gateway, but for a part. */
final class ChangedSettings {
    private static final HttpSettings FREE_PORT = new HttpSettings("127.0.0.1", 0);
    /** {@code mvn test -Dtransport=io_uring} runs all tests of the wire on that one. */
    static final TransportSettings TRANSPORT =
            new TransportSettings(System.getProperty("transport", TransportSettings.AUTO));

    private static final LogSettings LOG =
            new LogSettings(LogSettings.AUTO, LogSettings.DEFAULT_LEVEL, LogSettings.DEFAULT_ADDRESSES);

    private ChangedSettings() {}

    /** Those of a gateway for tests, on free ports. */
    static Settings settings(
            int eventsPerSecond,
            LimitSettings limits,
            PaceSettings pace,
            AdmissionSettings admission,
            DrainSettings drain,
            TlsSettings tls) {
        FeedSettings feed = new FeedSettings(FeedSettings.SIMULATED, FeedSettings.DEFAULT_SEED, eventsPerSecond);
        FanoutSettings fanout =
                new FanoutSettings(FanoutSettings.DEFAULT_FLUSH_MILLIS, FanoutSettings.DEFAULT_SHARDS, true);
        return new Settings(
                FREE_PORT,
                tls,
                TRANSPORT,
                PageSettings.DEFAULT,
                BinanceAccess.DEFAULT,
                FREE_PORT,
                ManagementAccess.DEFAULT,
                NodeSettings.DEFAULT,
                new IngestSettings("127.0.0.1", "0"),
                feed,
                SourceSettings.DEFAULT,
                KafkaSettings.OFF,
                JournalSettings.DEFAULT,
                RecordSettings.OFF,
                fanout,
                limits,
                pace,
                admission,
                drain,
                LOG,
                AuthSettings.OFF);
    }

    static Settings with(Settings usual, TransportSettings transport, AuthSettings auth) {
        return changed(usual, Map.of("transport", transport, "auth", auth));
    }

    /** As when its file was changed. */
    static void take(Gateway gateway, Map<String, Record> parts) throws ReflectiveOperationException {
        Method settings = Gateway.class.getDeclaredMethod("settings");
        Method take = Gateway.class.getDeclaredMethod("take", Settings.class);
        settings.setAccessible(true);
        take.setAccessible(true);
        take.invoke(gateway, changed((Settings) settings.invoke(gateway), parts));
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
