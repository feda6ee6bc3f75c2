package io.depthcast.loadtest.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said, in one line, where nothing can be measured. */
@Timeout(60)
class GeneratorTest {
    private static final String INSTRUMENTS =
            "{\"instruments\":[{\"id\":1,\"symbol\":\"ACME\",\"tickSize\":\"0.01\",\"lotSize\":\"1\"}]}";

    @TempDir
    Path folder;

    private HttpServer server;

    /** Knows instruments at the path of a gateway, and asks for a token. */
    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/instruments", exchange -> {
            boolean isKnown = "Bearer good".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = INSTRUMENTS.getBytes(UTF_8);
            exchange.sendResponseHeaders(isKnown ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/drained", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldSayThatAllIsThere() throws IOException {
        assertThat(said(0, "--check", "--url", url("/v1/stream"), "--tokens", tokens("good\n")))
                .isEmpty();
    }

    @Test
    void shouldSayThatNobodyIsThere() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        String nobody = "generate: no gateway answers at http://127.0.0.1:" + port + "/v1/instruments: ";
        assertThat(said(2, "--port", String.valueOf(port)))
                .startsWith(nobody + "nobody listens there")
                .hasLineCount(1);
        assertThat(said(2, "--url", "ws://nobody.invalid"))
                .contains("unknown host")
                .hasLineCount(1);
        assertThat(said(2, "--url", url("/drained/v1/stream")))
                .contains("got 503: no gateway is ready behind it")
                .hasLineCount(1);
        assertThat(said(2, "--url", url("/v1/stream"), "--proxy", "127.0.0.1:" + port))
                .contains(" by the proxy 127.0.0.1:" + port + ": nobody listens there")
                .hasLineCount(1);
        assertThat(said(2, "--url", "wss://127.0.0.1:" + port))
                .startsWith(nobody.replace("http:", "https:"))
                .hasLineCount(1);
    }

    @Test
    void shouldSayThatThePathIsWrong() throws IOException {
        assertThat(said(2, "--url", url("/api/v1/stream")))
                .contains("/api/v1/instruments, got 404: is this the path of a gateway")
                .hasLineCount(1);
        assertThat(said(2, "--url", url("/stream")))
                .contains("expected a path that ends with /v1/stream")
                .hasLineCount(1);
        for (String wrong :
                new String[] {"localhost:8080", "ftp://localhost/v1/stream", "ws://a b/", "ws:///v1/stream"}) {
            assertThat(said(2, "--url", wrong))
                    .as(wrong)
                    .contains("expected ws://host:port/v1/stream or wss://")
                    .hasLineCount(1);
        }
    }

    @Test
    void shouldSayThatATokenIsMissingOrBad() throws IOException {
        assertThat(said(2, "--url", url("/v1/stream"))).contains("got 401").hasLineCount(1);
        assertThat(said(2, "--url", url("/v1/stream"), "--tokens", tokens("bad\n")))
                .contains("and the token one that it takes?")
                .hasLineCount(1);
        assertThat(said(2, "--url", url("/v1/stream"), "--tokens", tokens("\n")))
                .contains("expected a token a line in ")
                .hasLineCount(1);
        assertThat(said(
                        2,
                        "--url",
                        url("/v1/stream"),
                        "--tokens",
                        folder.resolve("none").toString()))
                .contains("no file ")
                .hasLineCount(1);
    }

    @Test
    void shouldSayThatDescriptorsAreTooFew() throws IOException {
        assertThat(said(2, "--connections", "2000000000"))
                .contains("2,000,000,000 connections need as many descriptors and 100 more", "ulimit -n ")
                .hasLineCount(1);
    }

    private String url(String path) {
        return "ws://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private String tokens(String lines) throws IOException {
        return Files.writeString(folder.resolve("tokens.txt"), lines).toString();
    }

    private static String said(int exitCode, String... arguments) {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, UTF_8));
        try {
            assertThat(Generator.commandLine().execute(arguments)).isEqualTo(exitCode);
        } finally {
            System.setErr(before);
        }
        return said.toString(UTF_8).strip();
    }
}
