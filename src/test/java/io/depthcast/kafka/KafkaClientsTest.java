package io.depthcast.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of Kafka's own settings. */
class KafkaClientsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldPassOnWhatTheFileSaysButForWhatIsOurs() throws Exception {
        KafkaSettings settings = file("sasl.mechanism=PLAIN\nlinger.ms=7\nx.unknown=as it is\n");

        assertThat(KafkaClients.mistake(settings)).isNull();
        assertThat(KafkaClients.with(settings, Map.of("linger.ms", 0)))
                .isEqualTo(Map.of(
                        "bootstrap.servers", "one:9092,two:9092",
                        "sasl.mechanism", "PLAIN",
                        "linger.ms", 0,
                        "x.unknown", "as it is"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bootstrap.servers=x:1 | FILE: expected no bootstrap.servers, which the gateway says itself; kafka.bootstrap has the brokers",
                "group.id=mine | FILE: expected no group.id, which the gateway says itself",
                "retry.backoff.ms=-1 | FILE: Invalid value -1 for configuration retry.backoff.ms: Value must be at least 0",
                "fetch.max.bytes=lots | FILE: Invalid value lots for configuration fetch.max.bytes: Not a number of type INT",
                "sasl.jaas.config=\\uSECRET | FILE: expected a file of lines such as security.protocol=SASL_SSL, got IllegalArgumentException",
            })
    void shouldSayWhatIsWrongInOneLine(String line, String mistake) throws Exception {
        KafkaSettings settings = file(line + "\n");

        assertThat(KafkaClients.mistake(settings)).isEqualTo(mistake.replace("FILE", settings.properties()));
    }

    @Test
    void shouldSayThatThereIsNoSuchFileOrThatItIsAFolder() {
        String expected = ": expected a file of lines such as security.protocol=SASL_SSL, got ";
        assertThat(KafkaClients.mistake(new KafkaSettings("one:9092", "/no/such")))
                .isEqualTo("/no/such" + expected + "NoSuchFileException");
        assertThat(KafkaClients.mistake(new KafkaSettings("one:9092", folder.toString())))
                .startsWith(folder + expected + "a folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"one:9092", "one:9092,two.example.com:1", "[::1]:9092", "127.0.0.1:9092", "none"})
    void shouldTakeBrokers(String text) {
        assertThat(KafkaSettings.parseBootstrap(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"one", "one:", "one:99999", "one:9092,", "http://one:9092", "one:9092;two:9092", "none,none"})
    void shouldRefuseWhatNamesNoBrokers(String text) {
        assertThat(KafkaSettings.parseBootstrap(text)).isNull();
    }

    private KafkaSettings file(String content) throws Exception {
        Path file = folder.resolve("kafka.properties");
        Files.writeString(file, content);
        return new KafkaSettings("one:9092,two:9092", file.toString());
    }
}
