package io.depthcast.app;

import static io.depthcast.config.Key.number;
import static io.depthcast.config.Key.word;
import static io.depthcast.config.Key.words;
import static io.depthcast.http.HttpSettings.MAX_PORT;

import io.depthcast.config.Key;
import io.depthcast.http.HostNames;
import io.depthcast.http.HttpSettings;
import io.depthcast.http.ManagementAccess;
import java.util.List;

/** The keys of the management port; see {@link Keys}. */
final class ManagementKeys {
    static final List<Key> ALL = List.of(
            word("management.host", ManagementAccess.DEFAULT_HOST, "address of the management port"),
            number(
                    "management.port",
                    0,
                    MAX_PORT,
                    HttpSettings.DEFAULT_MANAGEMENT_PORT,
                    "management port: metrics, probes, clients; 0 takes a free one"),
            word(
                            "management.token",
                            ManagementAccess.NONE,
                            "what changes on the management port ask for; none: this machine only")
                    .asSecret(),
            words(
                    "management.hosts",
                    HostNames.NONE,
                    "none, or names such as gw-1.example.com,gw-2.example.com",
                    HostNames::parse,
                    "names it may be asked by, besides addresses and private names"));

    private ManagementKeys() {}
}
