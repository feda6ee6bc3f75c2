package io.depthcast.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.depthcast.bus.VertxInternals;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * A certificate and the private key that it was made for, as texts in PEM: what was checked is what is served, whatever
 * becomes of the files.
 *
 * @param expires when the first certificate of the chain to expire does
 */
public record CertifiedKey(String chain, String privateKey, Instant expires) implements CertifiedKeyReading {
    private static final String CHAIN = "a readable file with a certificate chain in PEM, the server's own first";
    private static final String KEY = "a readable file with a private key in PEM, RSA or EC, without a password";
    private static final byte[] SAMPLE = {42};
    private static final int MIN_RSA_BITS = 2_048;
    private static final int MIN_EC_BITS = 256;

    /** @throws IllegalArgumentException if the files are not what they have to be, which a good configuration rules out */
    public static CertifiedKey require(TlsSettings settings, Instant now) {
        CertifiedKeyReading reading = read(settings, now);
        if (reading instanceof CertifiedKey read) {
            return read;
        }
        throw new IllegalArgumentException(reading.toString());
    }

    /** Reads both files, and does not return them unless they can be served at that time. */
    public static CertifiedKeyReading read(TlsSettings files, Instant now) {
        String chain;
        List<X509Certificate> certificates;
        try {
            chain = text(files.certificate());
            certificates = certificates(chain);
        } catch (IOException | CertificateException | InvalidPathException e) {
            return new Wrong(Wrong.CERTIFICATE, CHAIN, reason(e));
        }
        String pem;
        PrivateKey key;
        try {
            pem = text(files.privateKey());
            key = privateKey(pem, chain);
        } catch (Exception e) {
            return new Wrong(Wrong.PRIVATE_KEY, KEY, reason(e));
        }
        return check(new CertifiedKey(chain, pem, expiry(certificates)), certificates.get(0), key, now);
    }

    private static String text(String file) throws IOException {
        Path path = Path.of(file);
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("no regular file");
        }
        return Files.readString(path, ISO_8859_1);
    }

    private static List<X509Certificate> certificates(String pem) throws CertificateException {
        Collection<?> found = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(ISO_8859_1)));
        if (found.isEmpty()) {
            throw new CertificateException("no certificate in it");
        }
        return found.stream().map(X509Certificate.class::cast).toList();
    }

    /** By the reader that serves it in the end. */
    private static PrivateKey privateKey(String pem, String chain) throws Exception {
        return VertxInternals.privateKey(pem, chain);
    }

    private static Instant expiry(List<X509Certificate> chain) {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private static CertifiedKeyReading check(CertifiedKey read, X509Certificate own, PrivateKey key, Instant now) {
        Instant begins = own.getNotBefore().toInstant();
        if (!now.isBefore(read.expires())) {
            return new Wrong(Wrong.CERTIFICATE, "a certificate that is valid now", "expired on " + read.expires());
        }
        if (now.isBefore(begins)) {
            return new Wrong(Wrong.CERTIFICATE, "a certificate that is valid now", "not valid before " + begins);
        }
        if (isWeak(own.getPublicKey())) {
            return new Wrong(
                    Wrong.CERTIFICATE,
                    "a certificate with an RSA key of " + MIN_RSA_BITS + " bits or more, or an EC key of "
                            + MIN_EC_BITS,
                    "a key that can be broken");
        }
        if (!fit(own.getPublicKey(), key)) {
            String owner = own.getSubjectX500Principal().getName();
            return new Wrong(
                    Wrong.PRIVATE_KEY,
                    "the key of the first certificate in http.certificate (" + owner + ")",
                    "another one");
        }
        return read;
    }

    private static boolean isWeak(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() < MIN_RSA_BITS;
        }
        return key instanceof ECPublicKey curve && curve.getParams().getOrder().bitLength() < MIN_EC_BITS;
    }

    private static boolean fit(PublicKey ofCertificate, PrivateKey key) {
        try {
            String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(ofCertificate);
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }

    private static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    PemKeyCertOptions options() {
        return new PemKeyCertOptions().addCertValue(buffer(chain)).addKeyValue(buffer(privateKey));
    }

    private static Buffer buffer(String pem) {
        return Buffer.buffer(pem.getBytes(ISO_8859_1));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "CertifiedKey[expires " + expires + "]";
    }
}
