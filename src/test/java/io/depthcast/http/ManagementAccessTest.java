package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.metrics.PrometheusRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may ask the management port, and who may change something by it. */
@ExtendWith(VertxExtension.class)
@Timeout(300)
@NeedsSockets
class ManagementAccessTest extends ManagementRequests {
    private final PrometheusMeterRegistry registry = PrometheusRegistry.create();

    /** Whoever has a name of his own point at this machine sends that name along. */
    @Test
    void shouldRefuseToBeAskedByTheNameOfAStranger(Vertx vertx) throws Exception {
        int port = deploy(vertx, List.of(), List.of());

        for (String host : List.of("evil.example.com", "evil.example.com:" + port, "127.0.0.1.evil.example", "")) {
            assertThat(raw(port, "GET", "/connections", host)).as(host).startsWith("HTTP/1.1 403");
        }
        for (String host :
                List.of("127.0.0.1:" + port, "[::1]:8081", "localhost", "gateway:8081", "gw.depthcast.svc")) {
            assertThat(raw(port, "GET", "/connections", host)).as(host).startsWith("HTTP/1.1 200");
        }
        assertThat(HostNames.parse("gw-1.example.com"))
                .satisfies(
                        names -> assertThat(names.allow("GW-1.example.com:81")).isTrue());
    }

    /** HAProxy's checks are such; a browser's requests never are. */
    @Test
    void shouldAnswerAProbeThatIsTooOldToSayANameAndNoNewerOne(Vertx vertx) throws Exception {
        int port = deploy(vertx, List.of(), List.of());

        assertThat(exchange(port, "GET /readyz HTTP/1.0\r\n\r\n")).contains(" 200 ");
        assertThat(exchange(port, "GET /readyz HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .contains(" 400 ");
    }

    @Test
    void shouldLetNoPageFromElsewhereChangeAnything(Vertx vertx) throws Exception {
        int port = deploy(vertx, List.of(), List.of());

        HttpRequest foreign = request(port, "/drain")
                .header("Origin", "https://evil.example.com")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(send(foreign).statusCode()).isEqualTo(403);
        assertThat(get(port, "/drain", "*/*").body()).isEqualTo("{\"draining\":false}");
    }

    @Test
    void shouldAskForTheTokenOfWhoeverChangesSomething(Vertx vertx) throws Exception {
        ManagementVerticle verticle = verticle(
                new HttpSettings("127.0.0.1", 0), new ManagementAccess("s3cret", HostNames.NONE), List.of(), List.of());
        done(vertx.deployVerticle(verticle));

        assertThat(drain(verticle.port(), "Bearer wrong")).isEqualTo(401);
        assertThat(drain(verticle.port(), "Basic s3cret")).isEqualTo(401);
        assertThat(get(verticle.port(), "/drain", "*/*").body()).isEqualTo("{\"draining\":false}");
        assertThat(drain(verticle.port(), "Bearer s3cret")).isEqualTo(202);
        assertThat(get(verticle.port(), "/drain", "*/*").body()).isEqualTo("{\"draining\":true}");
        assertThat(new ManagementAccess("s3cret", HostNames.NONE).toString()).doesNotContain("s3cret");
    }

    @Test
    void shouldShowAPageThatLoadsNothingFromElsewhere(Vertx vertx) throws Exception {
        int port = deploy(vertx, List.of(), List.of());

        HttpResponse<String> page = get(port, "/", "text/html");
        assertThat(page.body()).contains("<h1>This gateway</h1>").doesNotContain("http://", "https://");
        assertThat(page.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self'"));
        for (String file : List.of("/management.js", "/management.css")) {
            assertThat(get(port, file, "*/*").statusCode()).isEqualTo(200);
        }
    }

    private static int drain(int port, String authorization) throws Exception {
        return send(request(port, "/drain")
                        .header("Authorization", authorization)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .statusCode();
    }

    /** The answer to a request with a Host that a decent client does not send. */
    private static String raw(int port, String method, String path, String host) throws Exception {
        return exchange(port, method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    private static String exchange(int port, String request) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private ManagementVerticle verticle(
            HttpSettings settings, ManagementAccess access, List<HealthCheck> live, List<HealthCheck> ready) {
        return new ManagementVerticle(new ManagementSetup(
                settings, access, registry, () -> live, () -> ready, List.of(), new IdleOperator()));
    }

    private int deploy(Vertx vertx, List<HealthCheck> live, List<HealthCheck> ready) throws Exception {
        ManagementVerticle verticle = verticle(new HttpSettings("127.0.0.1", 0), ManagementAccess.DEFAULT, live, ready);
        done(vertx.deployVerticle(verticle));
        return verticle.port();
    }
}
