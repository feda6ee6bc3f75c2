package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.config.Catalogue;
import io.depthcast.config.Configuration;
import io.depthcast.config.Given;
import io.depthcast.config.Reading;
import io.depthcast.config.Source;
import io.depthcast.http.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a certificate and a key that cannot be served. */
@NeedsProcesses
@NeedsSockets
@Timeout(300)
class TlsConfigurationTest {
    @TempDir
    Path folder;

    @Test
    void shouldAcceptWhatFits() throws Exception {
        for (String algorithm : List.of("EC", "RSA")) {
            TestCertificate good = TestCertificate.create(folder, "good" + algorithm, algorithm);
            assertThat(read(good.files().certificate(), good.files().privateKey()))
                    .isInstanceOf(Reading.Accepted.class);
        }
        assertThat(read("none", "none")).isInstanceOf(Reading.Accepted.class);
    }

    @Test
    void shouldRefuseOneWithoutTheOther() {
        assertThat(mistakes("a.pem", "none"))
                .containsExactly(
                        "test: http.privateKey: expected a file, as for http.certificate (a.pem, test), got \"none\"");
        assertThat(mistakes("none", "a.pem"))
                .containsExactly(
                        "test: http.certificate: expected a file, as for http.privateKey (a.pem, test), got \"none\"");
    }

    @Test
    void shouldNameAFileThatCannotBeRead() throws Exception {
        TestCertificate good = TestCertificate.create(folder, "good");
        String nonsense =
                Files.writeString(folder.resolve("nonsense.pem"), "nonsense\n").toString();
        String missing = folder.resolve("missing.pem").toString();
        String aCertificate = "expected a readable file with a certificate chain in PEM, the server's own first, got ";
        String aKey = "expected a readable file with a private key in PEM, RSA or EC, without a password, got ";

        assertThat(mistakes(missing, good.files().privateKey()))
                .containsExactly("test: http.certificate: " + aCertificate + '"' + missing + "\": no such file");
        assertThat(mistakes(nonsense, good.files().privateKey()))
                .singleElement()
                .asString()
                .startsWith("test: http.certificate: " + aCertificate + '"' + nonsense + "\": ");
        assertThat(mistakes(good.files().certificate(), missing))
                .containsExactly("test: http.privateKey: " + aKey + '"' + missing + "\": no such file");
        assertThat(mistakes(good.files().certificate(), nonsense))
                .singleElement()
                .asString()
                .startsWith("test: http.privateKey: " + aKey + '"' + nonsense + "\": ");
    }

    @Test
    void shouldNameWhatDoesNotFitOrIsNotValid() throws Exception {
        TestCertificate one = TestCertificate.create(folder, "one");
        TestCertificate old = TestCertificate.create(folder, "old", "EC", "-startdate", "-10d", "-validity", "5");
        TestCertificate early = TestCertificate.create(folder, "early", "EC", "-startdate", "+10d");
        TestCertificate weak = TestCertificate.create(folder, "weak", "RSA", "-keysize", "1024");
        String another = TestCertificate.create(folder, "another").files().privateKey();
        String otherKind =
                TestCertificate.create(folder, "otherKind", "RSA").files().privateKey();
        assertThat(mistakes(one.files().certificate(), another))
                .containsExactly("test: http.privateKey: expected the key of the first certificate in http.certificate"
                        + " (CN=one), got \"" + another + "\": another one");
        assertThat(mistakes(one.files().certificate(), otherKind))
                .singleElement()
                .asString()
                .startsWith("test: http.privateKey: ")
                .endsWith(
                        "got \"" + otherKind + "\": private key algorithm does not match algorithm of public key in end"
                                + " entity certificate (at index 0)");
        assertThat(mistakes(old.files().certificate(), old.files().privateKey()))
                .singleElement()
                .asString()
                .startsWith("test: http.certificate: expected a certificate that is valid now, got \""
                        + old.files().certificate() + "\": expired on ");
        assertThat(mistakes(early.files().certificate(), early.files().privateKey()))
                .singleElement()
                .asString()
                .contains("\": not valid before ");
        assertThat(mistakes(weak.files().certificate(), weak.files().privateKey()))
                .containsExactly(
                        "test: http.certificate: expected a certificate with an RSA key of 2048 bits or more, or an"
                                + " EC key of 256, got \"" + weak.files().certificate()
                                + "\": a key that can be broken");
    }

    private static List<String> mistakes(String certificate, String privateKey) {
        return ((Reading.Refused) read(certificate, privateKey)).mistakes();
    }

    private static Reading read(String certificate, String privateKey) {
        List<Given> given = Stream.of(
                        Given.text("http.certificate", certificate, "test"),
                        Given.text("http.privateKey", privateKey, "test"))
                .toList();
        return Configuration.read(new Catalogue(Keys.ALL), List.of(new Source(given, List.of())), Rules.ALL);
    }
}
