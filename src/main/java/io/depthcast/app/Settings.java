package io.depthcast.app;

import io.depthcast.admission.AdmissionSettings;
import io.depthcast.auth.AuthSettings;
import io.depthcast.config.Records;
import io.depthcast.config.Section;
import io.depthcast.config.Setting;
import io.depthcast.fanout.FanoutSettings;
import io.depthcast.http.BinanceAccess;
import io.depthcast.http.DrainSettings;
import io.depthcast.http.HttpSettings;
import io.depthcast.http.IngestSettings;
import io.depthcast.http.ManagementAccess;
import io.depthcast.http.PageSettings;
import io.depthcast.http.TlsSettings;
import io.depthcast.journal.JournalSettings;
import io.depthcast.kafka.KafkaSettings;
import io.depthcast.market.FeedSettings;
import io.depthcast.recording.RecordSettings;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
import io.depthcast.source.SourceSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The whole configuration. The path of a component is its key: {@code http.port}. */
public record Settings(
        HttpSettings http,
        @Section("http") TlsSettings tls,
        @Section("http") TransportSettings transport,
        @Section("http") PageSettings pages,
        BinanceAccess binance,
        HttpSettings management,
        @Section("management") ManagementAccess access,
        NodeSettings node,
        IngestSettings ingest,
        FeedSettings feed,
        @Section("feed") SourceSettings sources,
        KafkaSettings kafka,
        @Section("kafka") JournalSettings journal,
        RecordSettings record,
        FanoutSettings fanout,
        LimitSettings limits,
        @Section("limits") PaceSettings pace,
        @Section("limits") AdmissionSettings admission,
        DrainSettings drain,
        LogSettings log,
        AuthSettings auth) {

    /** Whether the feed goes by a log, which other processes may share. */
    public boolean hasLog() {
        return kafka.isOn() && journal.isOn();
    }

    public static Settings of(List<Setting> settings) {
        Map<String, Object> values = new HashMap<>();
        settings.forEach(setting -> values.put(setting.key().name(), setting.value()));
        values.put("feed.own", OwnSources.FOUND.values(settings));
        return Records.fill(Settings.class, "", values);
    }
}
