package io.depthcast.app;

import static io.depthcast.config.Key.flag;
import static io.depthcast.config.Key.number;
import static io.depthcast.config.Key.oneOf;
import static io.depthcast.config.Key.word;
import static io.depthcast.config.Key.words;
import static io.depthcast.http.HttpSettings.MAX_PORT;

import io.depthcast.config.Key;
import io.depthcast.http.BinanceAccess;
import io.depthcast.http.HttpSettings;
import io.depthcast.http.Origins;
import io.depthcast.http.PageSettings;
import io.depthcast.http.TlsSettings;
import java.util.List;

/** The keys of the public port; see {@link Keys}. */
final class HttpKeys {
    static final List<Key> ALL = List.of(
            word("http.host", HttpSettings.DEFAULT_HOST, "address of the public port"),
            number(
                    "http.port",
                    0,
                    MAX_PORT,
                    HttpSettings.DEFAULT_PUBLIC_PORT,
                    "public port: stream, REST, pages; 0 takes a free one"),
            word(
                    "http.certificate",
                    TlsSettings.NONE,
                    "file with the certificate chain of the public port in PEM; none is no TLS"),
            word("http.privateKey", TlsSettings.NONE, "file with the key of that certificate in PEM"),
            oneOf(
                    "http.transport",
                    TransportSettings.NAMES,
                    TransportSettings.AUTO,
                    "how to speak to the kernel; auto: epoll, else nio"),
            flag(
                    "http.proxyProtocol",
                    false,
                    "whether limits.trustedProxies say whose a connection is: PROXY protocol"),
            words(
                    "http.origins",
                    Origins.SAME,
                    "any, same, or origins such as https://app.example.com,https://*.example.com:8443",
                    Origins::parse,
                    "whose pages may open a WebSocket; same: those of this host and port"),
            word("http.pages", PageSettings.NO_PAGES, "folder of pages of your own, served under /pages/"),
            flag(
                    "binance.enabled",
                    BinanceAccess.DEFAULT.enabled(),
                    "whether programs that speak as Binance spot does are served"));

    private HttpKeys() {}
}
