package io.depthcast.http;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How the public port speaks TLS: as Mozilla's intermediate level has it, by the TLS of the JDK. */
final class Tls {
    /** Must be there before the JDK makes its first handshake as a server: a client that starts over costs us a handshake. */
    private static final String REFUSE_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    /** Without those of finite fields (DHE), whose key exchange costs the server most and which no client needs. */
    private static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final int handshakeSeconds;

    Tls(int handshakeSeconds) {
        this.handshakeSeconds = handshakeSeconds;
    }

    /** Makes a server speak TLS and nothing else. HTTP/1.1 only, because a WebSocket over HTTP/2 is not spoken. */
    HttpServerOptions on(HttpServerOptions server, CertifiedKey key) {
        System.setProperty(REFUSE_RENEGOTIATION, "true");
        server.setSsl(true)
                .setKeyCertOptions(key.options())
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
                // A gateway loop has clients to serve while a signature is worked out.
                .setSslEngineOptions(new JdkSSLEngineOptions().setUseWorkerThread(true));
        fill(server.getSslOptions(), key);
        return server;
    }

    ServerSSLOptions options(CertifiedKey key) {
        ServerSSLOptions options = new ServerSSLOptions();
        fill(options, key);
        return options;
    }

    private void fill(ServerSSLOptions options, CertifiedKey key) {
        options.setKeyCertOptions(key.options())
                .setUseAlpn(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setSslHandshakeTimeout(handshakeSeconds)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
        SUITES.forEach(options::addEnabledCipherSuite);
        // Its contexts are kept without a bound in this version (CVE-2026-6860), and one certificate needs none.
        options.setSni(false);
    }
}
