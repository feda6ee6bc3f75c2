package io.depthcast.app;

import io.depthcast.auth.AuthSettings;
import io.depthcast.fanout.FanoutSettings;
import io.depthcast.feed.FeedSettings;
import io.depthcast.http.DrainSettings;
import io.depthcast.http.HttpSettings;
import io.depthcast.http.PageSettings;
import io.depthcast.http.TlsSettings;
import io.depthcast.limit.AdmissionSettings;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
import java.util.List;
import java.util.stream.Collectors;

/** The whole configuration. The path of a component is its key: {@code http.port}. */
public record Settings(
        HttpSettings http,
        @Section("http") TlsSettings tls,
        @Section("http") TransportSettings transport,
        @Section("http") PageSettings pages,
        HttpSettings management,
        FeedSettings feed,
        FanoutSettings fanout,
        LimitSettings limits,
        @Section("limits") PaceSettings pace,
        @Section("limits") AdmissionSettings admission,
        DrainSettings drain,
        LogSettings log,
        AuthSettings auth) {

    static Settings of(List<Setting> settings) {
        return Records.fill(
                Settings.class,
                "",
                settings.stream()
                        .collect(Collectors.toMap(setting -> setting.key().name(), Setting::value)));
    }
}
