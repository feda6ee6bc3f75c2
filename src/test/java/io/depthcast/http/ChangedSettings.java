package io.depthcast.http;

import io.depthcast.app.Settings;
import io.depthcast.app.TransportSettings;
import io.depthcast.auth.AuthSettings;

/** Settings as those of another gateway, but for a part. */
final class ChangedSettings {
    private ChangedSettings() {}

    static Settings with(Settings usual, TransportSettings transport, AuthSettings auth) {
        return new Settings(
                usual.http(),
                usual.tls(),
                transport,
                usual.pages(),
                usual.management(),
                usual.access(),
                usual.ingest(),
                usual.feed(),
                usual.sources(),
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
                usual.management(),
                usual.access(),
                usual.ingest(),
                usual.feed(),
                usual.sources(),
                usual.fanout(),
                usual.limits(),
                usual.pace(),
                usual.admission(),
                usual.drain(),
                usual.log(),
                usual.auth());
    }
}
