package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.config.Key;
import io.depthcast.config.KeyTable;
import io.depthcast.config.Setting;
import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@NeedsSockets
@Timeout(300)
class GatewayCommandTest {
    private static final String HINT = "depthcast --help says what there is.\n";

    /** Exit code and all that was printed. */
    private record Outcome(int exitCode, String out, String err) {}

    @TempDir
    Path folder;

    @Test
    void shouldSayItsVersion() {
        assertThat(run("--version")).isEqualTo(new Outcome(0, "depthcast 1.0.0\n", ""));
    }

    @Test
    void shouldExplainEveryOptionAndKey() {
        Outcome help = run("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .contains("--config=FILE", "--set=KEY=VALUE", "--port=PORT", "--check-config", "--print-config")
                .contains("-h, --help", "-V, --version", "DEPTHCAST_HTTP_PORT=9000", "2 wrong configuration or usage");
        assertThat(Keys.ALL).allSatisfy(key -> assertThat(help.out())
                .containsPattern("\n  " + key.name() + " +" + key.fallback() + " +" + key.description() + "\n"));
    }

    @Test
    void shouldRefuseWrongUsageWithAHint() {
        assertThat(run("--check"))
                .isEqualTo(
                        new Outcome(2, "", "Unknown option: '--check'\nPossible solutions: --check-config\n" + HINT));
        assertThat(run("--set", "abc"))
                .isEqualTo(new Outcome(
                        2,
                        "",
                        "Value for option option '--set' (KEY=VALUE) should be in KEY=VALUE format but was abc\n"
                                + HINT));
        assertThat(run("--config"))
                .isEqualTo(new Outcome(2, "", "Missing required parameter for option '--config' (FILE)\n" + HINT));
    }

    @Test
    void shouldNotStartWithoutTheKeysThatTokensAreSignedWith() {
        String missing = folder.resolve("keys.json").toString();
        String complaint = "auth.keys: " + missing + ": expected a file that can be read, got NoSuchFileException\n";
        assertThat(run("--check-config", "--set", "auth.keys=" + missing)).isEqualTo(new Outcome(2, "", complaint));
        assertThat(run("--set", "auth.keys=" + missing)).isEqualTo(new Outcome(2, "", complaint));
    }

    @Test
    void shouldCheckTheConfigurationAndEnd() throws Exception {
        assertThat(run("--check-config")).isEqualTo(new Outcome(0, "The configuration is good.\n", ""));

        Path file = file("http:\n  port: 70000\nfede:\n  seed: 1\n");
        assertThat(run("--check-config", "--config", file.toString(), "-p", "http"))
                .isEqualTo(new Outcome(2, "", """
                        --port: http.port: expected a whole number from 0 to 65535, got "http"
                        FILE: http.port: expected a whole number from 0 to 65535, got "70000"
                        FILE: fede: unknown key; did you mean feed?
                        """.replace("FILE", file.toString())));
    }

    @Test
    void shouldNotStartWithAFileThatIsMissing() {
        String file = folder.resolve("none.yaml").toString();

        assertThat(run("-c", file)).isEqualTo(new Outcome(2, "", file + ": no such file\n"));
    }

    @Test
    void shouldPrintEachValueWithItsOriginAsAFileThatGivesTheSame() throws Exception {
        Path file = file("feed: {seed: -7}\n");
        Outcome printed = run(
                Map.of("DEPTHCAST_FANOUT_SHARDS", "4"),
                Map.of("depthcast.fanout.flushMillis", "50"),
                "--print-config",
                "--config",
                file.toString(),
                "-p",
                "9000",
                "--set",
                "http.host=::1");

        assertThat(printed.exitCode()).isZero();
        assertThat(printed.out().lines().limit(37))
                .containsExactly(
                        "http.host: '::1'                                    # --set",
                        "http.port: 9000                                     # --port",
                        "http.certificate: none                              # default",
                        "http.privateKey: none                               # default",
                        "http.transport: auto                                # default",
                        "http.proxyProtocol: false                           # default",
                        "http.origins: same                                  # default",
                        "http.pages: none                                    # default",
                        "binance.enabled: true                               # default",
                        "management.host: 127.0.0.1                          # default",
                        "management.port: 8081                               # default",
                        "management.token: '****'                            # default",
                        "management.hosts: none                              # default",
                        "node.role: all                                      # default",
                        "ingest.host: 127.0.0.1                              # default",
                        "ingest.port: 8082                                   # default",
                        "feed.kind: simulated                                # default",
                        "feed.seed: -7                                       # " + file,
                        "feed.eventsPerSecond: 2000                          # default",
                        "feed.instruments: 24                                # default",
                        "feed.recording.files: none                          # default",
                        "feed.recording.speed: 1                             # default",
                        "feed.recording.loop: false                          # default",
                        "feed.recording.times: shifted                       # default",
                        "feed.binance.rest: https://api.binance.com          # default",
                        "feed.binance.stream: wss://stream.binance.com:9443  # default",
                        "feed.binance.symbols: 'BTCUSDT,ETHUSDT'             # default",
                        "feed.kafka.topic: none                              # default",
                        "feed.kafka.from: newest                             # default",
                        "kafka.bootstrap: none                               # default",
                        "kafka.properties: none                              # default",
                        "kafka.name: depthcast                               # default",
                        "record.directory: none                              # default",
                        "record.fileBytes: 268435456                         # default",
                        "record.reserveBytes: 1073741824                     # default",
                        "fanout.flushMillis: 50                              # -Ddepthcast.fanout.flushMillis",
                        "fanout.shards: 4                                    # DEPTHCAST_FANOUT_SHARDS");
        Outcome again = run("--print-config", "--config", file(printed.out()).toString());
        assertThat(withoutOrigins(again)).isEqualTo(withoutOrigins(printed));
    }

    @Test
    void shouldMaskASecretThatItPrints() {
        Key token = Key.word("auth.token", "none", "a token").asSecret();

        assertThat(KeyTable.forPrint(List.of(new Setting(token, "hunter2", "--set"))))
                .containsExactly("auth.token: '****'  # --set");
    }

    @Test
    void shouldEndWithOneLineWhenAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThat(run(
                            "--set",
                            "management.host=127.0.0.1",
                            "--set",
                            "management.port=" + port,
                            "-p",
                            "0",
                            "--set",
                            "ingest.port=none"))
                    .isEqualTo(new Outcome(
                            1,
                            "",
                            "depthcast: cannot listen on 127.0.0.1:" + port
                                    + " (management.host, management.port): Address already in use\n"));
        }
    }

    @Test
    void shouldServeUntilItIsInterrupted() throws Exception {
        PipedWriter pipe = new PipedWriter();
        BufferedReader out = new BufferedReader(new PipedReader(pipe));
        FutureTask<Integer> running = new FutureTask<>(() -> GatewayCommand.commandLine(Map.of(), Map.of())
                .setOut(new PrintWriter(pipe))
                .execute("-p", "0", "--set", "management.port=0", "--set", "ingest.port=0"));
        Thread main = new Thread(running, "main-of-test");
        main.start();

        assertThat(out.readLine())
                .matches("depthcast 1\\.0\\.0 listening on http://localhost:\\d+/ \\(management [1-9]\\d+\\), by \\w+");

        main.interrupt();
        assertThat(running.get(60, TimeUnit.SECONDS)).isZero();
    }

    /** What a JVM that writes a class-data archive has to have done. */
    @Test
    void shouldServeItsFirstBookToItselfAndEnd() {
        assertThat(run("--train")).isEqualTo(new Outcome(0, "The first book was served.\n", ""));
    }

    private Path file(String text) throws Exception {
        return Files.writeString(Files.createTempFile(folder, "gateway", ".yaml"), text);
    }

    private static List<String> withoutOrigins(Outcome printed) {
        return printed.out()
                .lines()
                .map(line -> line.replaceFirst("  # .*", ""))
                .toList();
    }

    private static Outcome run(String... arguments) {
        return run(Map.of(), Map.of(), arguments);
    }

    private static Outcome run(Map<String, String> environment, Map<String, String> properties, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = GatewayCommand.commandLine(environment, properties)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return new Outcome(command.execute(arguments), out.toString(), err.toString());
    }
}
