package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.config.Catalogue;
import io.depthcast.config.Configuration;
import io.depthcast.config.Environment;
import io.depthcast.config.Given;
import io.depthcast.config.Key;
import io.depthcast.config.Kind;
import io.depthcast.config.Reading;
import io.depthcast.config.Setting;
import io.depthcast.config.Source;
import io.depthcast.config.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    private static final Catalogue CATALOGUE = new Catalogue(Keys.ALL);
    private static final String FLAG = "--set";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "5, 5001, --set",
        "4, 4001, -Ddepthcast.http.port",
        "3, 3001, DEPTHCAST_HTTP_PORT",
        "2, 2001, FILE",
        "1, 8080, default"
    })
    void shouldTakeTheStrongestOfFiveSources(int sources, long port, String origin) throws Exception {
        Path file = file("http:\n  port: 2001\n");
        Source flag = new Source(List.of(Given.text("http.port", "5001", FLAG)), List.of());
        Source property = Environment.properties(Map.of("depthcast.http.port", "4001", "java.version", "17"));
        Source variable = Environment.variables(Map.of("DEPTHCAST_HTTP_PORT", "3001", "PATH", "/bin"), CATALOGUE);
        List<Source> all = List.of(flag, property, variable, YamlFile.read(file, CATALOGUE));

        Reading reading = Configuration.read(CATALOGUE, all.subList(5 - sources, 4), Rules.ALL);

        assertThat(settings(reading))
                .filteredOn(setting -> setting.key().name().equals("http.port"))
                .containsExactly(new Setting(key("http.port"), port, origin.replace("FILE", file.toString())));
    }

    @Test
    void shouldFillEveryRecordWithItsDefaultsWhenNothingIsGiven() {
        Settings settings = Settings.of(settings(Configuration.read(CATALOGUE, List.of(), Rules.ALL)));

        assertThat(settings).hasToString("""
                Settings[http=HttpSettings[host=0.0.0.0, port=8080], \
                tls=TlsSettings[certificate=none, privateKey=none], \
                transport=TransportSettings[transport=auto, proxyProtocol=false], \
                pages=PageSettings[origins=same, pages=none], binance=BinanceAccess[enabled=true], \
                management=HttpSettings[host=127.0.0.1, port=8081], access=ManagementAccess[token=none, hosts=none], \
                node=NodeSettings[role=all], ingest=IngestSettings[host=127.0.0.1, port=8082], \
                feed=FeedSettings[kind=simulated, seed=1, eventsPerSecond=2000, instruments=24], \
                sources=SourceSettings[recording=RecordingSettings[files=none, speed=1, loop=false, times=shifted], \
                binance=BinanceSettings[rest=https://api.binance.com, stream=wss://stream.binance.com:9443, \
                symbols=BTCUSDT,ETHUSDT], kafka=KafkaFeedSettings[topic=none, from=newest], own=[]], \
                kafka=KafkaSettings[bootstrap=none, properties=none], journal=JournalSettings[name=depthcast], \
                record=RecordSettings[directory=none, fileBytes=268435456, reserveBytes=1073741824], \
                fanout=FanoutSettings[flushMillis=20, shards=1, history=false], \
                limits=LimitSettings[requestHeadBytes=8192, requestHeadSeconds=5, frameBytes=4096, messageBytes=16384, \
                fragments=64, commandsPerSecond=10, commandBurst=20, pingsPerSecond=20, pingBurst=200, \
                subscriptions=1024, unsubscribedSeconds=30, pingSeconds=20, pongSeconds=10, stalledSeconds=10], \
                pace=PaceSettings[bytesPerSecond=4194304, pendingBytes=1048576, ackMillis=500, slowSeconds=5, \
                slowCloseSeconds=5, snapshotsPerSecond=20, snapshotBurst=100, lifetimeSeconds=86400, \
                sendBufferBytes=32768], \
                admission=AdmissionSettings[connections=0, connectionsPerAddress=50, socketsPerAddress=200, connectionsPerSubject=10, handshakesPerSecond=8, \
                handshakeBurst=20, nodeHandshakesPerSecond=0, loopbackExempt=true, trustedProxies=none], \
                drain=DrainSettings[seconds=20, reconnectMillis=5000], log=LogSettings[format=auto, level=info, addresses=masked], \
                auth=AuthSettings[keys=none, issuer=any, audience=depthcast, leewaySeconds=5]]""");
    }

    @Test
    void shouldNameAllMistakesOfAllSourcesAtOnce() throws Exception {
        Path file = file("""
                http:
                  port: abc
                  prot: 1
                management: 8081
                feed:
                  kind: kraken
                  seed: 99999999999999999999
                  eventsPerSecond: [1]
                fanout:
                  flushMillis:
                  shards: 0x10
                  shards: 2
                limits:
                colour: red
                eventsPerSecond: 5
                """);
        Source flag = new Source(
                List.of(
                        Given.text("fanout.flushMillis", "0", FLAG),
                        Given.text("fanout.flushMilis", "5", FLAG),
                        Given.text("http.host", "", FLAG)),
                List.of());
        Source property = Environment.properties(Map.of("depthcast.limits.fragmnets", "1"));
        Source variables = Environment.variables(
                Map.of("DEPTHCAST_HTTP_PORT", "65536", "DEPTHCAST_HTP_PORT", "1", "DEPTHCAST_X", "1"), CATALOGUE);

        Reading reading = Configuration.read(
                CATALOGUE, List.of(flag, property, variables, YamlFile.read(file, CATALOGUE)), Rules.ALL);

        assertThat(mistakes(reading)).isEqualTo("""
                --set: fanout.flushMillis: expected a whole number from 1 to 1000, got "0"
                --set: fanout.flushMilis: unknown key; did you mean fanout.flushMillis?
                --set: http.host: expected a word without spaces, got ""
                -Ddepthcast.limits.fragmnets: limits.fragmnets: unknown key; did you mean limits.fragments?
                DEPTHCAST_HTP_PORT: unknown variable; did you mean DEPTHCAST_HTTP_PORT?
                DEPTHCAST_X: unknown variable; --help lists all
                DEPTHCAST_HTTP_PORT: http.port: expected a whole number from 0 to 65535, got "65536"
                FILE: fanout.shards: given twice
                FILE: http.port: expected a whole number from 0 to 65535, got "abc"
                FILE: http.prot: unknown key; did you mean http.port?
                FILE: management: expected the keys management.host, management.port, management.token, management.hosts, got "8081"
                FILE: feed.kind: expected none, or one or more of simulated, recording, binance, kafka with commas between, got "kraken"
                FILE: feed.seed: expected a whole number of 64 bits, got "99999999999999999999"
                FILE: feed.eventsPerSecond: expected a whole number from 1 to 1000000, got a list
                FILE: fanout.flushMillis: expected a whole number from 1 to 1000, got nothing
                FILE: fanout.shards: expected a whole number from 1 to 64, got "0x10"
                FILE: colour: unknown key; --help lists all
                FILE: eventsPerSecond: unknown key; did you mean feed.eventsPerSecond?""".replace("FILE", file.toString()));
    }

    @Test
    void shouldRefuseOnePortForBothServersAndMessagesSmallerThanFrames() {
        Source flags = new Source(
                List.of(Given.text("http.port", "8081", FLAG), Given.text("limits.messageBytes", "4095", FLAG)),
                List.of());

        assertThat(mistakes(Configuration.read(CATALOGUE, List.of(flags), Rules.ALL)))
                .isEqualTo("""
                default: management.port: expected a port other than http.port (8081, --set), got "8081"
                --set: limits.messageBytes: expected at least limits.frameBytes (4096, default), got "4095\"""");
    }

    @Test
    void shouldLetBothServersTakeFreePorts() {
        Source flags = new Source(
                List.of(Given.text("http.port", "0", FLAG), Given.text("management.port", "0", FLAG)), List.of());

        assertThat(Configuration.read(CATALOGUE, List.of(flags), Rules.ALL)).isInstanceOf(Reading.Accepted.class);
    }

    @Test
    void shouldNotShowASecretInAMistake() {
        Key token = new Key("auth.pin", new Kind.WholeNumber(1, 9), 1L, "a number", false).asSecret();
        Source flags = new Source(List.of(Given.text("auth.pin", "hunter2", FLAG)), List.of());

        assertThat(mistakes(Configuration.read(new Catalogue(List.of(token)), List.of(flags), List.of())))
                .isEqualTo("--set: auth.pin: expected a whole number from 1 to 9, got ****");
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("gateway.yaml"), text);
    }

    private static Key key(String name) {
        return Keys.ALL.stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Setting> settings(Reading reading) {
        return new ArrayList<>(((Reading.Accepted) reading).settings());
    }

    private static String mistakes(Reading reading) {
        return String.join("\n", ((Reading.Refused) reading).mistakes());
    }
}
