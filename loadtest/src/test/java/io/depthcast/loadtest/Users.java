package io.depthcast.loadtest;

import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.http.HttpDsl.Proxy;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.depthcast.loadtest.generator.Market;
import io.depthcast.loadtest.generator.Requests;
import io.depthcast.loadtest.generator.Target;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** What users of all simulations do. */
final class Users {
    /** Request in the report whose response time is the age of the oldest update that a user got within a second. */
    static final String OLDEST = "age of the oldest update";

    static final String CONNECT = "connect";
    static final String SUBSCRIBE = "subscribe";

    private static final int WAIT_SECONDS = 30;
    private static final int BUFFERED = 20_000;
    private static final String READER = "reader";
    private static final String SYMBOLS = "symbols";
    private static final String SOCKET = "socket";
    /** Gatling never gives up the name of a connection that the server has ended, so each connection has a new one. */
    private static final AtomicLong NAMES = new AtomicLong();

    private final Proof proof = new Proof();
    private final Market market;

    Users() {
        try {
            market = Market.of(Parameters.TARGET);
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Proof proof() {
        return proof;
    }

    Market market() {
        return market;
    }

    HttpProtocolBuilder protocol() {
        Target target = Parameters.TARGET;
        HttpProtocolBuilder protocol = http.wsBaseUrl(
                        target.uri().getScheme() + "://" + target.uri().getAuthority())
                .wsUnmatchedInboundMessageBufferSize(BUFFERED);
        if (!target.tokens().isEmpty()) {
            protocol = protocol.authorizationHeader(session -> "Bearer "
                    + target.tokens()
                            .get((int) (session.userId() % target.tokens().size())));
        }
        return target.proxy() == null
                ? protocol
                : protocol.proxy(
                        Proxy(target.proxy().getHostString(), target.proxy().getPort()));
    }

    /** Gives the user its books to keep. */
    ChainBuilder arrive() {
        return exec(session -> session.set(READER, new Reader(proof, market))
                .set(
                        SYMBOLS,
                        Parameters.PROFILE.choose(
                                market.ranked(), (int) session.userId(), new SplittableRandom(session.userId()))));
    }

    /** Connects and subscribes, from the versions that the user has. */
    ChainBuilder connect() {
        return exec(session -> session.set(SOCKET, "socket-" + NAMES.getAndIncrement()))
                .exec(ws(CONNECT)
                        .wsName(Users::socket)
                        .connect(Parameters.TARGET.uri().getRawPath())
                        .subprotocol("depthcast.v1." + Parameters.ENCODING))
                .exec(ws(SUBSCRIBE)
                        .wsName(Users::socket)
                        .sendText(Users::subscribe)
                        .await(WAIT_SECONDS)
                        .on(ws.checkTextMessage("subscribed").matching(regex("\"op\":\"subscribed\""))));
    }

    private static String subscribe(Session session) {
        return Requests.subscribe(
                session.getList(SYMBOLS),
                Parameters.DEPTH,
                Parameters.INTERVAL_MILLIS,
                reader(session).resume());
    }

    /** Waits a second, then reads and proves what has come; whatever is wrong fails the request {@link #OLDEST}. */
    ChainBuilder follow() {
        return pause(1).exec(session -> {
                    reader(session).read(List.of());
                    return session;
                })
                .exec(ws.processUnmatchedMessages(Users::socket, (messages, session) -> {
                    reader(session).read(messages);
                    return session;
                }))
                .doIf(session ->
                        reader(session).hasUpdates() || !reader(session).isFaultless())
                .then(dummy(OLDEST, session -> reader(session).oldestMillis())
                        .withSuccess(session -> reader(session).isFaultless()));
    }

    ChainBuilder leave() {
        return exec(ws("close").wsName(Users::socket).close());
    }

    static String socket(Session session) {
        return session.getString(SOCKET);
    }

    static Reader reader(Session session) {
        return session.get(READER);
    }
}
