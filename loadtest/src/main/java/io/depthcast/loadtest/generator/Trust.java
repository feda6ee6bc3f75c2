package io.depthcast.loadtest.generator;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The one certificate that clients over TLS trust: that of the gateway which was started for them. */
public final class Trust {
    private static final String HOST = "127.0.0.1";

    private final SslContext netty;
    private final SSLContext jdk;

    private Trust(SslContext netty, SSLContext jdk) {
        this.netty = netty;
        this.jdk = jdk;
    }

    /** @param file the certificate in PEM */
    public static Trust in(Path file) throws IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "gateway", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext jdk = SSLContext.getInstance("TLS");
            jdk.init(null, managers.getTrustManagers(), null);
            return new Trust(
                    SslContextBuilder.forClient().trustManager(managers).build(), jdk);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot trust " + file, e);
        }
    }

    SslContext netty() {
        return netty;
    }

    SslHandler handler(Channel channel, int port) {
        return netty.newHandler(channel.alloc(), HOST, port);
    }

    HttpClient http() {
        return HttpClient.newBuilder().sslContext(jdk).build();
    }
}
