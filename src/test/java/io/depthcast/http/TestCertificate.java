package io.depthcast.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate of localhost and its key, made by the JDK's keytool, as PEM files. */
public final class TestCertificate {
    private static final char[] PASSWORD = "only for tests".toCharArray();
    private static final int READ_MILLIS = 60_000;

    private final Path chain;
    private final Path key;
    private final KeyStore store;

    private TestCertificate(Path chain, Path key, KeyStore store) {
        this.chain = chain;
        this.key = key;
        this.store = store;
    }

    /** @param more of keytool's options: {@code -validity 5} */
    public static TestCertificate create(Path folder, String name, String... more) throws Exception {
        Path file = folder.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                "test",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keyalg"));
        command.addAll(more.length == 0 ? List.of("EC") : List.of(more));
        Process keytool = new ProcessBuilder(command).inheritIO().start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            keytool.destroyForcibly();
            throw new IllegalStateException("failed: " + command);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        Path chain = folder.resolve(name + ".crt");
        Path key = folder.resolve(name + ".key");
        Files.writeString(chain, pem("CERTIFICATE", store.getCertificate("test").getEncoded()));
        Files.writeString(key, pem("PRIVATE KEY", store.getKey("test", PASSWORD).getEncoded()));
        return new TestCertificate(chain, key, store);
    }

    private static String pem(String type, byte[] content) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }

    public TlsSettings files() {
        return new TlsSettings(chain.toString(), key.toString());
    }

    /** Has the files of another hold this certificate, and this key. */
    void replaceIn(TestCertificate other) throws IOException {
        replaceChainIn(other);
        Files.copy(key, other.key, StandardCopyOption.REPLACE_EXISTING);
    }

    void replaceChainIn(TestCertificate other) throws IOException {
        Files.copy(chain, other.chain, StandardCopyOption.REPLACE_EXISTING);
    }

    X509Certificate certificate() throws Exception {
        return (X509Certificate) store.getCertificate("test");
    }

    /** For clients on Netty that trust this certificate and no other. */
    public SslContext forNetty() throws Exception {
        return SslContextBuilder.forClient()
                .trustManager(Collections.singletonList(certificate()))
                .build();
    }

    /** For other clients that trust this certificate and no other. */
    SSLContext forJdk() throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("test", certificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /**
     * A socket before its TLS handshake.
     *
     * @param receiveBufferBytes what the kernel takes in advance; 0 leaves that to it
     */
    SSLSocket connect(int port, int receiveBufferBytes) throws Exception {
        // It takes long the first time, and whoever has connected is expected to speak.
        SSLContext tls = forJdk();
        Socket tcp = new Socket();
        if (receiveBufferBytes > 0) {
            tcp.setReceiveBufferSize(receiveBufferBytes);
        }
        tcp.setTcpNoDelay(true);
        tcp.setSoTimeout(READ_MILLIS);
        tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return over(tls, tcp, port);
    }

    /** TLS on a connection to somebody who has this certificate. */
    public SSLSocket over(Socket tcp, int port) throws Exception {
        return over(forJdk(), tcp, port);
    }

    private static SSLSocket over(SSLContext tls, Socket tcp, int port) throws IOException {
        return (SSLSocket) tls.getSocketFactory().createSocket(tcp, "localhost", port, true);
    }
}
