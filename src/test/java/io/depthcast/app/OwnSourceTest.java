package io.depthcast.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.TestJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of a source of one's own, built as the page says and loaded from a jar of its own. */
@NeedsProcesses
@NeedsSockets
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OwnSourceTest {
    private static final Path EXAMPLE = Path.of("src/examples/source");

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private Path jar;

    @BeforeEach
    void build() throws IOException {
        Path classes = folder.resolve("classes");
        List<String> arguments = new ArrayList<>(List.of(
                "-Xlint:all,-classfile,-processing",
                "-Werror",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
        files(EXAMPLE).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        jar = folder.resolve("mine.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            add(out, classes, ".class");
            add(out, EXAMPLE, "SourceKind");
        }
    }

    @AfterEach
    void endWhatAFailureLeftRunning() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldServeWhatASourceFromAnotherJarTells() throws Exception {
        int port = freePort();
        Process gateway = start("feed.kind=datagrams", "feed.datagrams.port=" + port);
        String line = gateway.inputReader().readLine();
        assertThat(line).as(() -> complaints(gateway)).startsWith("depthcast");
        String base = line.replaceAll(".*(http://localhost:[0-9]+)/.*", "$1");

        assertThat(get(base + "/v1/instruments"))
                .contains("\"symbol\":\"ACME\",")
                .contains("\"tickSize\":\"0.01\"");
        send(port, "1 book ACME 1000x5,999x3 1002x7");
        awaitBook(base, "[\"10.00\",\"5\"]");
        send(port, "2 change ACME 1000x6 -");
        awaitBook(base, "[\"10.00\",\"6\"]");
        send(port, "4 change ACME 1000x7 -");
        while (!get(base + "/v1/instruments").contains("\"status\":\"stale\"")) {
            Thread.onSpinWait();
        }
        send(port, "5 book ACME 1000x8 1002x7");
        awaitBook(base, "[\"10.00\",\"8\"]");
    }

    @Test
    void shouldShowItsKeysAndRefuseWhatItRefusesBeforeAnythingStarts() throws Exception {
        assertThat(said(start("--help"))).contains("feed.datagrams.port").contains("UDP port on this machine");
        assertThat(said(start("feed.kind=datagrams", "feed.datagrams.port=none", "--check-config")))
                .isEqualTo("feed.datagrams: port: expected a whole number from 1 to 65535, got \"none\"\n");
        assertThat(said(start("feed.kind=datagrams", "feed.datagrams.prot=1", "--check-config")))
                .isEqualTo("--set: feed.datagrams.prot: unknown key; did you mean feed.datagrams.port?\n");
        assertThat(said(start("feed.kind=datagram", "--check-config")))
                .contains("simulated, recording, binance, kafka, datagrams with commas between, got \"datagram\"");
    }

    private void awaitBook(String base, String level) throws Exception {
        while (!get(base + "/v1/book/ACME").contains(level)) {
            Thread.onSpinWait();
        }
    }

    private String get(String address) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                .body();
    }

    private static void send(int port, String text) throws IOException {
        byte[] bytes = text.getBytes(US_ASCII);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }

    /** @param arguments {@code key=value}, or options */
    private Process start(String... arguments) throws IOException {
        List<String> command = TestJvm.command(
                "-cp",
                System.getProperty("java.class.path") + java.io.File.pathSeparator + jar,
                Main.class.getName(),
                "--port=0",
                "--set=management.port=0",
                "--set=ingest.port=none");
        for (String argument : arguments) {
            command.add(argument.startsWith("--") ? argument : "--set=" + argument);
        }
        Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
        started.add(process);
        return process;
    }

    private static String said(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), US_ASCII);
        return out + complaints(process);
    }

    private static String complaints(Process process) {
        try (BufferedReader reader = process.errorReader()) {
            return String.join("", reader.lines().map(line -> line + "\n").toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(JarOutputStream out, Path root, String ending) throws IOException {
        for (String name : files(root).filter(file -> file.endsWith(ending)).toList()) {
            out.putNextEntry(new JarEntry(root.relativize(Path.of(name)).toString()));
            out.write(Files.readAllBytes(Path.of(name)));
            out.closeEntry();
        }
    }

    private static Stream<String> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList().stream();
        }
    }
}
