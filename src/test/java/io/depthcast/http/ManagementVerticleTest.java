package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.depthcast.NeedsSockets;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.PrometheusRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@NeedsSockets
@ExtendWith(VertxExtension.class)
@Timeout(300)
class ManagementVerticleTest extends ManagementRequests {
    private static final HealthCheck FEED = check("feed", () -> health(true, "live"));

    private final PrometheusMeterRegistry registry = PrometheusRegistry.create();
    private final Meters meters = new Meters(registry, "1.2.3");

    @Test
    void shouldAnswerMetricsAsPrometheusTextUnlessOpenMetricsIsAsked(Vertx vertx) throws Exception {
        meters.connected();
        int port = deploy(vertx, List.of(), List.of());

        HttpResponse<String> plain = get(port, "/metrics", "text/html,*/*;q=0.8");
        assertThat(contentType(plain)).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(plain.body()).contains("\ndepthcast_connections 1.0\n").doesNotContain("# EOF");

        HttpResponse<String> open = get(port, "/metrics", "application/openmetrics-text;version=1.0.0,*/*;q=0.1");
        assertThat(contentType(open)).isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.body()).contains("\ndepthcast_connections 1.0\n").endsWith("# EOF\n");
    }

    /** So what a scrape takes, however many clients there are, nobody on a loop waits for. */
    @Test
    void shouldAddMetricsUpOnNoEventLoop(Vertx vertx) throws Exception {
        List<Boolean> onLoop = new ArrayList<>();
        Gauge.builder("asked", () -> {
                    onLoop.add(Context.isOnEventLoopThread());
                    return 1;
                })
                .register(registry);
        int port = deploy(vertx, List.of(), List.of());

        assertThat(get(port, "/metrics", "*/*").body()).contains("\nasked 1.0\n");
        assertThat(onLoop).isNotEmpty().containsOnly(false);
    }

    @Test
    void shouldBeReadyWhenEveryCheckIs(Vertx vertx) throws Exception {
        int port = deploy(vertx, List.of(), List.of(FEED));

        assertThat(answer(get(port, "/livez", "*/*")))
                .isEqualTo("200 application/json " + "{\"status\":\"up\",\"failed\":[],\"checks\":[]}");
        assertThat(answer(get(port, "/readyz", "*/*")))
                .isEqualTo(
                        "200 application/json "
                                + "{\"status\":\"up\",\"failed\":[],\"checks\":[{\"name\":\"feed\",\"status\":\"up\",\"detail\":\"live\"}]}");
    }

    @Test
    void shouldNameTheChecksThatFail(Vertx vertx) throws Exception {
        HealthCheck stale = check("books", () -> health(false, "3 books stale"));
        HealthCheck broken = check("cluster", () -> {
            throw new IllegalStateException("not joined");
        });
        int port = deploy(vertx, List.of(), List.of(FEED, stale, broken));

        assertThat(answer(get(port, "/readyz", "*/*")))
                .isEqualTo(
                        "503 application/json "
                                + "{\"status\":\"down\",\"failed\":[\"books\",\"cluster\"],\"checks\":["
                                + "{\"name\":\"feed\",\"status\":\"up\",\"detail\":\"live\"},"
                                + "{\"name\":\"books\",\"status\":\"down\",\"detail\":\"3 books stale\"},"
                                + "{\"name\":\"cluster\",\"status\":\"down\",\"detail\":\"java.lang.IllegalStateException: not joined\"}]}");
    }

    @Test
    void shouldNoticeALoopThatDoesNotTurn(Vertx vertx) throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        Context shard = vertx.getOrCreateContext();
        int port = deploy(vertx, List.of(HealthCheck.ofLoop("shard-0", shard)), List.of());
        // One that takes its time on a busy machine is none that stands.
        while (!answer(get(port, "/livez", "*/*")).startsWith("200 ")) {
            ReaderOfBooks.heedTimeout();
        }

        shard.runOnContext(turn -> awaitUnchecked(stuck));

        assertThat(answer(get(port, "/livez", "*/*")))
                .isEqualTo("503 application/json "
                        + "{\"status\":\"down\",\"failed\":[\"shard-0\"],\"checks\":["
                        + "{\"name\":\"shard-0\",\"status\":\"down\",\"detail\":\"no answer within 500 ms\"}]}");
        stuck.countDown();
    }

    @Test
    void shouldTakeAnAnswerThatComesLaterFromAnotherLoop(Vertx vertx) throws Exception {
        int port = deploy(vertx, List.of(), List.of(check("feed", () -> {
            Promise<Health> later = Promise.promise();
            vertx.createSharedWorkerExecutor("other").executeBlocking(() -> {
                later.complete(new Health(true, "came later"));
                return null;
            });
            return later.future();
        })));

        // On a busy machine it may come too late.
        while (!get(port, "/readyz", "*/*").body().contains("came later")) {
            ReaderOfBooks.heedTimeout();
        }
    }

    @Test
    void shouldRefuseOtherPathsAndMethodsInJson(Vertx vertx) throws Exception {
        int port = deploy(vertx, List.of(), List.of());

        assertThat(answer(get(port, "/v1/stream", "*/*")))
                .isEqualTo("404 application/json {\"error\":{\"code\":\"not-found\","
                        + "\"reason\":\"nothing is here; there are /, /metrics, /livez, /readyz, /connections, "
                        + "/connections/counts, /streams, /blocks and /drain\"}}");
        HttpRequest post = request(port, "/livez")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(answer(send(post)))
                .isEqualTo("405 application/json {\"error\":{\"code\":\"method-not-allowed\","
                        + "\"reason\":\"this path takes another method; see operations.md\"}}");
    }

    @Test
    void shouldSayWhichAddressAndWhichKeysWhenThePortIsTaken(Vertx vertx) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpSettings settings = new HttpSettings("127.0.0.1", taken.getLocalPort());
            Throwable failure = catchThrowable(() ->
                    done(vertx.deployVerticle(verticle(settings, ManagementAccess.DEFAULT, List.of(), List.of()))));

            assertThat(failure)
                    .hasRootCauseMessage("Address already in use")
                    .cause()
                    .isInstanceOf(CannotListen.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + " (management.host, management.port): Address already in use");
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

    private static HealthCheck check(String name, Supplier<Future<Health>> ask) {
        return new HealthCheck(name, ask);
    }

    private static Future<Health> health(boolean healthy, String detail) {
        return Future.succeededFuture(new Health(healthy, detail));
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String contentType(HttpResponse<String> response) {
        return response.headers().firstValue("content-type").orElse("none");
    }

    private static String answer(HttpResponse<String> response) {
        return response.statusCode() + " " + contentType(response) + " " + response.body();
    }
}
