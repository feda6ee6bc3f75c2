package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.depthcast.admission.AdmissionSettings;
import io.depthcast.app.Gateway;
import io.depthcast.app.Settings;
import io.depthcast.app.TransportSettings;
import io.depthcast.auth.AuthSettings;
import io.depthcast.book.Instrument;
import io.depthcast.client.InstrumentList;
import io.depthcast.fanout.WorkMeter;
import io.depthcast.feed.Source;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A whole gateway in this process, on free ports of the loopback interface, for the tests of one class. */
public final class RunningGateway implements AutoCloseable {
    /** Events a second that change every book often. */
    public static final int BUSY = 20_000;
    /** Events a second that leave most books alone. */
    public static final int QUIET = 1;

    private static final int READ_MILLIS = 100_000;
    private static final int PATIENCE_SECONDS = 600;

    /** The defaults, but nobody is sent away because a busy machine stood still for a while. */
    public static final LimitSettings LIMITS = ChangedSettings.changed(
            LimitSettings.DEFAULT,
            Map.of(
                    "requestHeadSeconds", PATIENCE_SECONDS,
                    "unsubscribedSeconds", PATIENCE_SECONDS,
                    "pongSeconds", PATIENCE_SECONDS,
                    "stalledSeconds", PATIENCE_SECONDS));
    /** The same for what is sent. */
    public static final PaceSettings PACE = ChangedSettings.changed(
            PaceSettings.DEFAULT, Map.of("slowSeconds", PATIENCE_SECONDS, "slowCloseSeconds", PATIENCE_SECONDS));

    private static final List<String> LATE = List.of("\"code\":\"stale\"", "\"code\":-1001");

    /** An HTTP answer: its head as it came, and its body. */
    record HttpAnswer(int status, String head, String body) {
        JsonObject json() {
            return new JsonObject(body);
        }

        /** Whether a loop did not answer in time, as on a busy machine: nobody is asked to take that for an answer. */
        boolean isLate() {
            return status == 503 && LATE.stream().anyMatch(body::contains);
        }
    }

    private final Gateway gateway;
    private @Nullable TestCertificate trusted;
    private boolean closed;

    private RunningGateway(Gateway gateway, @Nullable TestCertificate trusted) {
        this.gateway = gateway;
        this.trusted = trusted;
    }

    /** With TLS on the public port. */
    public static RunningGateway start(
            int eventsPerSecond, LimitSettings limits, PaceSettings pace, TestCertificate certificate) {
        Settings settings = ChangedSettings.settings(
                eventsPerSecond, limits, pace, AdmissionSettings.DEFAULT, DrainSettings.DEFAULT, certificate.files());
        return new RunningGateway(await(Gateway.start(settings, new PlayedWork())), certificate);
    }

    public static RunningGateway start(int eventsPerSecond, LimitSettings limits) {
        return start(eventsPerSecond, limits, PACE);
    }

    public static RunningGateway start(int eventsPerSecond, LimitSettings limits, PaceSettings pace) {
        return start(eventsPerSecond, limits, pace, AdmissionSettings.DEFAULT, DrainSettings.DEFAULT, new PlayedWork());
    }

    static RunningGateway start(
            int eventsPerSecond, LimitSettings limits, AdmissionSettings admission, DrainSettings drain) {
        return start(eventsPerSecond, limits, PACE, admission, drain, new PlayedWork());
    }

    static RunningGateway start(int eventsPerSecond, PaceSettings pace, AdmissionSettings admission) {
        return start(eventsPerSecond, LIMITS, pace, admission, DrainSettings.DEFAULT, new PlayedWork());
    }

    /** The same for clients who may be slower than usual. */
    static RunningGateway start(int eventsPerSecond, PaceSettings pace, WorkMeter work) {
        return start(eventsPerSecond, LIMITS, pace, AdmissionSettings.DEFAULT, DrainSettings.DEFAULT, work);
    }

    /** With a measure of what flushes cost that a test plays. */
    public static RunningGateway start(int eventsPerSecond, WorkMeter work) {
        return start(eventsPerSecond, LIMITS, PACE, AdmissionSettings.DEFAULT, DrainSettings.DEFAULT, work);
    }

    private static RunningGateway start(
            int eventsPerSecond,
            LimitSettings limits,
            PaceSettings pace,
            AdmissionSettings admission,
            DrainSettings drain,
            WorkMeter work) {
        Settings settings = ChangedSettings.settings(eventsPerSecond, limits, pace, admission, drain, TlsSettings.OFF);
        return new RunningGateway(await(Gateway.start(settings, work)), null);
    }

    /** By one transport, whatever the others take. */
    static RunningGateway on(String transport, LimitSettings limits, PaceSettings pace) {
        Settings usual = ChangedSettings.settings(
                BUSY, limits, pace, AdmissionSettings.DEFAULT, DrainSettings.DEFAULT, TlsSettings.OFF);
        Settings settings = ChangedSettings.with(usual, new TransportSettings(transport), AuthSettings.OFF);
        return new RunningGateway(await(Gateway.start(settings, new PlayedWork())), null);
    }

    /** With a clock that may step and a source that may restart. */
    public static RunningGateway start(Clock clock, LongFunction<? extends Source> sources) {
        Settings settings = ChangedSettings.settings(
                QUIET, LIMITS, PACE, AdmissionSettings.DEFAULT, DrainSettings.DEFAULT, TlsSettings.OFF);
        return new RunningGateway(await(Gateway.start(settings, clock, sources, new PlayedWork())), null);
    }

    /** That asks its clients for tokens. */
    public static RunningGateway start(int eventsPerSecond, AuthSettings auth) {
        return start(eventsPerSecond, Map.of("auth", auth));
    }

    /** That serves pages of one's own. */
    public static RunningGateway start(int eventsPerSecond, PageSettings pages) {
        return start(eventsPerSecond, Map.of("pages", pages));
    }

    /** In place of one that is gone. */
    static RunningGateway restart(int managementPort) {
        return start(QUIET, Map.of("management", new HttpSettings("127.0.0.1", managementPort)));
    }

    /** With other settings for some parts, by the name of the part. */
    static RunningGateway start(int eventsPerSecond, Map<String, Record> parts) {
        Settings settings = ChangedSettings.changed(usual(eventsPerSecond), parts);
        return new RunningGateway(await(Gateway.start(settings, new PlayedWork())), null);
    }

    private static Settings usual(int eventsPerSecond) {
        return ChangedSettings.settings(
                eventsPerSecond, LIMITS, PACE, AdmissionSettings.DEFAULT, DrainSettings.DEFAULT, TlsSettings.OFF);
    }

    /**
     * Who takes nothing is cut after 2 s, whatever it says meanwhile, and not for a pong that it does not send either: a shard
     * may stand for a while.
     */
    static LimitSettings soonStalled() {
        Map<String, Integer> cut = Map.of("stalledSeconds", 2, "pingSeconds", 1, "pongSeconds", 60);
        return ChangedSettings.changed(limits(cut), Map.of("commandsPerSecond", 1_000, "commandBurst", 100_000));
    }

    /** Whoever comes from now on has these limits, and the usual pace; the others keep theirs. */
    void limit(LimitSettings limits) throws ReflectiveOperationException, IOException {
        limit(limits, PaceSettings.DEFAULT);
    }

    /** The same with another pace. */
    void limit(LimitSettings limits, PaceSettings pace) throws ReflectiveOperationException, IOException {
        ChangedSettings.take(gateway, Map.of("limits", limits, "pace", pace));
        // Which loop the next client comes to nobody knows; each hears of the limits before it is asked this.
        connections("");
    }

    /** Patient limits but for some, by name. */
    public static LimitSettings limits(Map<String, Integer> changes) {
        return ChangedSettings.changed(LIMITS, changes);
    }

    /** The patient pace but for some limits, by name. */
    public static PaceSettings pace(Map<String, Integer> changes) {
        return ChangedSettings.changed(PACE, changes);
    }

    /** From now on the gateway must have this certificate. */
    void trust(TestCertificate renewed) {
        trusted = renewed;
    }

    public int port() {
        return gateway.httpPort();
    }

    /** What the public port answers: each loop the same. */
    List<Route> routes() throws ReflectiveOperationException {
        Field loops = Gateway.class.getDeclaredField("loops");
        loops.setAccessible(true);
        return ((GatewayVerticle) ((List<?>) loops.get(gateway)).get(0)).routes();
    }

    /** Where publishers connect. */
    public int ingestPort() {
        return gateway.ingestPort();
    }

    public int managementPort() {
        return gateway.managementPort();
    }

    String transport() {
        return gateway.transport();
    }

    /** All metrics, as the management port tells them. */
    public String metrics() throws IOException {
        return get(managementPort(), "/metrics").body();
    }

    /** The value of a metric without labels, or with them as they stand in the text, as the management port tells it. */
    public double metric(String name) throws IOException {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** Who is connected, as the management port tells it once no loop is held up by a busy machine. */
    public JsonObject connections(String query) throws IOException {
        JsonObject told = connectionsNow(query);
        while (told.containsKey("unanswered")) {
            ReaderOfBooks.heedTimeout();
            told = connectionsNow(query);
        }
        return told;
    }

    /** The same of those loops that answer. */
    JsonObject connectionsNow(String query) throws IOException {
        return get(managementPort(), "/connections" + query).json();
    }

    /** The instruments by symbol, as REST lists them. */
    public Map<String, Instrument> instruments() throws IOException {
        return InstrumentList.parse(get("/v1/instruments").body());
    }

    HttpAnswer get(String target) throws IOException {
        return trusted == null ? get(port(), target) : exchange(connect(trusted), getRequest(target));
    }

    private Socket connect(TestCertificate certificate) throws IOException {
        try {
            return certificate.connect(port(), 0);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpAnswer get(int port, String target) throws IOException {
        return exchange(port, getRequest(target));
    }

    private static String getRequest(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    /** Sends a request as it is and reads until the gateway ends the connection, which it has to. */
    static HttpAnswer exchange(int port, String request) throws IOException {
        HttpAnswer answer;
        do {
            answer = exchange(new Socket(InetAddress.getLoopbackAddress(), port), request);
        } while (answer.isLate());
        return answer;
    }

    private static HttpAnswer exchange(Socket connected, String request) throws IOException {
        ReaderOfBooks.heedTimeout();
        try (Socket socket = connected) {
            socket.setSoTimeout(READ_MILLIS);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), UTF_8);
            int headEnd = answer.indexOf("\r\n\r\n");
            int status = Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
            return new HttpAnswer(status, answer.substring(0, headEnd), answer.substring(headEnd + 4));
        }
    }

    /** Starts to send the clients away; completes when none is left. */
    CompletableFuture<Void> drain() {
        return gateway.drain().toCompletionStage().toCompletableFuture();
    }

    /** What becomes of {@code /readyz}. */
    HttpAnswer ready() throws IOException {
        return get(managementPort(), "/readyz");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            await(gateway.stop());
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(100, TimeUnit.SECONDS)
                .join();
    }
}
