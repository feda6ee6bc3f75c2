package io.depthcast.loadtest.generator;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What clients over TLS trust: one certificate, such as that of a gateway which was started for them, or the platform's. */
public final class Trust {
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

    /** What the platform trusts. */
    static Trust ofPlatform() throws IOException {
        try {
            return new Trust(SslContextBuilder.forClient().build(), SSLContext.getDefault());
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot speak TLS", e);
        }
    }

    SslContext netty() {
        return netty;
    }

    SslHandler handler(Channel channel, Target target) {
        return netty.newHandler(channel.alloc(), target.host(), target.port());
    }

    SSLContext jdk() {
        return jdk;
    }
}
