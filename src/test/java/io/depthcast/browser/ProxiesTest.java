package io.depthcast.browser;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.docs.Markdown;
import io.depthcast.http.ProxiedGateway;
import io.depthcast.http.RunningGateway;
import io.depthcast.http.TestCertificate;
import io.depthcast.interop.Programs;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard, the documents and events behind nginx and HAProxy as the documents have them configured. */
@NeedsBrowser
@NeedsProcesses
@NeedsSockets
@Timeout(120)
class ProxiesTest {
    private static final int EVENTS_PER_SECOND = 2_000;
    /** On the loopback as well, so that the client's address is not the proxy's. */
    private static final String CLIENT = "127.0.0.77";

    private static final String EVENTS = """
            () => new Promise((resolve, reject) => {
              const source = new EventSource('v1/sse?channel=book&symbol=BTC-USD&depth=10&group=10');
              source.onmessage = ({ data }) => {
                const { channel, group } = JSON.parse(data);
                // A heartbeat may come before.
                if (channel !== 'book') return;
                source.close();
                resolve(group);
              };
              source.onerror = reject;
            })
            """;

    @TempDir
    Path folder;

    @Test
    void shouldServeEverythingBelowAPathOfNginx() throws Exception {
        Programs.require("nginx", List.of("nginx", "-v"));
        int port = freePort();
        try (RunningGateway gateway = ProxiedGateway.start(EVENTS_PER_SECOND, false);
                Chromium chromium = Chromium.launch()) {
            Process nginx = start(port, List.of("nginx", "-c", nginxConfiguration(port, gateway.port())), Map.of());
            try {
                String site = "http://localhost:" + port + "/depthcast/";
                shouldWork(chromium, site);
                assertThat(addressOf(
                                gateway,
                                new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(CLIENT), 0),
                                "/depthcast"))
                        .isEqualTo(CLIENT);
            } finally {
                end(nginx);
            }
        }
    }

    private String nginxConfiguration(int port, int gatewayPort) throws IOException {
        String recipe = Markdown.of("operations.md").fenced("nginx").get(0);
        assertThat(recipe).contains("listen 8000;", "http://127.0.0.1:8080/");
        StringBuilder temporary = new StringBuilder();
        for (String each : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            temporary.append(each + "_temp_path " + folder.resolve(each) + ";\n");
        }
        String configuration = "daemon off;\npid " + folder.resolve("nginx.pid") + ";\nerror_log stderr;\nevents {}\n"
                + "http {\naccess_log off;\n" + temporary
                + recipe.replace("listen 8000;", "listen 127.0.0.1:" + port + ";")
                        .replace(":8080/", ":" + gatewayPort + "/")
                + "}\n";
        return Files.writeString(folder.resolve("nginx.conf"), configuration).toString();
    }

    @Test
    void shouldServeEverythingThroughTlsAndHttp2OfHaproxyWhichSaysWhoseItIs() throws Exception {
        Programs.require("haproxy", List.of("haproxy", "-v"));
        TestCertificate certificate = TestCertificate.create(folder, "proxy");
        Path pem = folder.resolve("both.pem");
        Files.writeString(
                pem, Files.readString(folder.resolve("proxy.crt")) + Files.readString(folder.resolve("proxy.key")));
        int port = freePort();
        try (RunningGateway gateway = ProxiedGateway.start(EVENTS_PER_SECOND, true);
                Chromium chromium = Chromium.launch("--ignore-certificate-errors")) {
            Process haproxy =
                    start(port, List.of("haproxy", "-f", haproxyConfiguration(pem)), environment(port, gateway));
            try {
                List<String> protocols = shouldWork(chromium, "https://localhost:" + port + "/");
                assertThat(protocols).contains("h2");
                Socket plain = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(CLIENT), 0);
                assertThat(addressOf(gateway, certificate.over(plain, port), ""))
                        .isEqualTo(CLIENT);
            } finally {
                end(haproxy);
            }
        }
    }

    /**
     * The one that is shipped, with TLS, HTTP/2 and the PROXY protocol in place of a header. It takes no gateway for dead that
     * this machine lets wait: in the middle of a page that would be the end of the page.
     */
    private String haproxyConfiguration(Path pem) throws IOException {
        String shipped = Files.readString(Path.of("conf/haproxy.cfg"));
        String changed = shipped.replace(
                        "bind \"${PUBLIC-127.0.0.1:8000}\"",
                        "bind \"${PUBLIC-127.0.0.1:8000}\" ssl crt " + pem + " alpn h2,http/1.1")
                .replace("  option forwardfor\n", "")
                .replace("default-server check", "default-server send-proxy-v2 check")
                .replace("timeout connect 300ms", "timeout connect 60s")
                .replace("timeout http-request 5s", "timeout http-request 60s")
                .replace("inter 500ms fall 2 rise 1 observe layer4 error-limit 1 on-error mark-down", "inter 60s");
        assertThat(changed)
                .contains("alpn h2", "send-proxy-v2", "connect 60s", "http-request 60s", "inter 60s\n")
                .doesNotContain("option forwardfor");
        return Files.writeString(folder.resolve("haproxy.cfg"), changed).toString();
    }

    private static Map<String, String> environment(int port, RunningGateway gateway) {
        String there = "127.0.0.1:" + gateway.port();
        String management = String.valueOf(gateway.managementPort());
        return Map.of(
                "PUBLIC",
                "127.0.0.1:" + port,
                "GATEWAY_A",
                there,
                "GATEWAY_B",
                there,
                "MANAGEMENT_A",
                management,
                "MANAGEMENT_B",
                management);
    }

    /** Returns the protocols by which the parts of the page came. */
    private static List<String> shouldWork(Chromium chromium, String site) {
        List<String> complaints = new ArrayList<>();
        List<String> sockets = new ArrayList<>();
        Page page = chromium.open();
        page.onPageError(complaints::add);
        page.onWebSocket(socket -> sockets.add(socket.url()));
        page.navigate(site + "#BTC-USD");
        page.waitForSelector("#ladder[data-symbol=BTC-USD][data-proved=true] tr[data-price]");
        assertThat(page.evaluate(EVENTS)).isEqualTo("10");
        assertThat(sockets).isNotEmpty().allMatch(url -> url.startsWith(site.replace("http", "ws") + "v1/stream"));
        @SuppressWarnings("unchecked") // what the script returns
        List<String> protocols = (List<String>)
                page.evaluate("() => performance.getEntriesByType('resource').map(entry => entry.nextHopProtocol)");

        page.navigate(site + "docs");
        page.waitForSelector("main h1");
        assertThat(page.url()).isEqualTo(site + "docs/");
        page.click("nav a[href='client.html']");
        page.waitForURL(site + "docs/client.html");
        page.waitForSelector("main h1");
        assertThat(complaints).isEmpty();
        return protocols;
    }

    /** By which a WebSocket on that connection is counted. */
    private static String addressOf(RunningGateway gateway, Socket connected, String prefix) throws IOException {
        try (Socket socket = connected) {
            socket.setSoTimeout(20_000);
            String handshake = "GET " + prefix + "/v1/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
            socket.getOutputStream().write(handshake.getBytes(US_ASCII));
            StringBuilder heard = new StringBuilder();
            while (heard.indexOf("\"session\":\"") < 0 || heard.indexOf("\",\"server\"") < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as("%s", heard).isNotNegative();
                heard.append((char) next);
            }
            String session = heard.toString().replaceAll("(?s).*\"session\":\"([^\"]*)\".*", "$1");
            return gateway.connections("?addresses=full").getJsonArray("connections").stream()
                    .map(JsonObject.class::cast)
                    .filter(each -> session.equals(each.getString("id")))
                    .map(each -> each.getString("address"))
                    .findFirst()
                    .orElse("none");
        }
    }

    private Process start(int port, List<String> command, Map<String, String> environment) throws Exception {
        Path output = folder.resolve("proxy.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        while (!isListening(port)) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new AssertionError(Files.readString(output));
            }
        }
        return process;
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
