package io.depthcast;

import io.depthcast.http.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * Two more listeners of a {@link KafkaBroker}, which want to know who comes: one with TLS and a salted password, one with a
 * plain one. Any thread.
 */
public final class BrokerSecurity {
    private static final String USER = "depthcast";
    private static final String LOGIN = "org.apache.kafka.common.security.";
    private static final int SCRAM_ITERATIONS = 4_096;
    private static final int READY_SECONDS = 60;

    private final String plainPassword;
    private final Path certificate;
    private final Path keyStore;
    private final int tlsPort;
    private final int plainPort;

    /** Ways in. */
    public enum Way {
        SASL_SSL("SCRAM-SHA-512", "scram.ScramLoginModule"),
        SASL_PLAINTEXT("PLAIN", "plain.PlainLoginModule");

        private final String mechanism;
        private final String module;

        Way(String mechanism, String module) {
            this.mechanism = mechanism;
            this.module = module;
        }
    }

    /**
     * @param folder for the certificate
     * @param plainPassword the one that {@link Way#SASL_PLAINTEXT} takes
     */
    BrokerSecurity(Path folder, String plainPassword, int tlsPort, int plainPort) throws IOException {
        this.plainPassword = plainPassword;
        this.tlsPort = tlsPort;
        this.plainPort = plainPort;
        try {
            TestCertificate made = TestCertificate.create(folder, "broker");
            this.certificate = Path.of(made.files().certificate());
            this.keyStore = folder.resolve("broker.pem");
            Files.writeString(
                    keyStore, Files.readString(Path.of(made.files().privateKey())) + Files.readString(certificate));
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("no certificate for the broker", e);
        }
    }

    /** For {@code server.properties}, instead of the listeners there. */
    List<String> settings(int port, int controllerPort) {
        String ours = "PLAINTEXT://127.0.0.1:" + port + ",SASL_SSL://127.0.0.1:" + tlsPort
                + ",SASL_PLAINTEXT://127.0.0.1:" + plainPort;
        return List.of(
                "listeners=" + ours + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners=" + ours,
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL,"
                        + "SASL_PLAINTEXT:SASL_PLAINTEXT",
                "ssl.keystore.type=PEM",
                "ssl.keystore.location=" + keyStore,
                "listener.name.sasl_ssl.sasl.enabled.mechanisms=" + Way.SASL_SSL.mechanism,
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=" + LOGIN + Way.SASL_SSL.module + " required;",
                "listener.name.sasl_plaintext.sasl.enabled.mechanisms=" + Way.SASL_PLAINTEXT.mechanism,
                "listener.name.sasl_plaintext.plain.sasl.jaas.config=" + LOGIN + Way.SASL_PLAINTEXT.module
                        + " required user_" + USER + "=\"" + plainPassword + "\";");
    }

    /** Makes that the password of the user, by whom it is known already. */
    public void setPassword(Admin admin, String password) throws Exception {
        ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, SCRAM_ITERATIONS);
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(USER, info, password)))
                .all()
                .get(READY_SECONDS, TimeUnit.SECONDS);
    }

    /** {@code host:port}. */
    public String bootstrap(Way way) {
        return "127.0.0.1:" + (way == Way.SASL_SSL ? tlsPort : plainPort);
    }

    /** What a client has to say, as lines of {@code kafka.properties}. */
    public String properties(Way way, String password) {
        StringBuilder lines = new StringBuilder();
        Map.of(
                        "security.protocol",
                        way.name(),
                        "sasl.mechanism",
                        way.mechanism,
                        "sasl.jaas.config",
                        LOGIN + way.module + " required username=\"" + USER + "\" password=\"" + password + "\";",
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.location",
                        certificate.toString())
                .forEach((name, value) ->
                        lines.append(name).append('=').append(value).append('\n'));
        return lines.toString();
    }
}
