package io.depthcast.loadtest;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.tryMax;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/**
 * The gateway is restarted under its users ({@code loadtest/run} does that); they come back by themselves, and nobody ever
 * has a wrong book. Attempts that meet no gateway fail and are no fault; what must not fail is asserted.
 */
public class RollingRestart extends Simulation {
    private static final int ATTEMPTS = 60;
    private static final Duration MIN_WAIT = Duration.ofMillis(200);
    private static final Duration MAX_WAIT = Duration.ofMillis(1_500);
    private static final String BACK = "came back";

    private final Users users = new Users();

    {
        setUp(scenario("through restarts")
                        .exec(users.arrive(), users.connect())
                        .exec(during(Parameters.SECONDS).on(users.follow(), knock(), comeBack()))
                        .exec(users.leave())
                        .injectOpen(rampUsers(Parameters.USERS).during(Parameters.RAMP_SECONDS)))
                .protocols(users.protocol())
                .assertions(
                        details(Users.OLDEST).failedRequests().count().is(0L),
                        details(BACK).failedRequests().count().is(0L),
                        details(BACK).successfulRequests().count().gte((long) Parameters.USERS));
    }

    /** Gatling tells of a connection that has ended when something is sent on it, which is then counted as failed. */
    private static ChainBuilder knock() {
        return doIf(session -> !Users.reader(session).hasUpdates())
                .then(ws("knock").wsName(Users::socket).sendText("{\"op\":\"ping\"}"));
    }

    private ChainBuilder comeBack() {
        return doIf(Session::isFailed)
                .then(
                        exec(Session::markAsSucceeded),
                        tryMax(ATTEMPTS).on(pause(MIN_WAIT, MAX_WAIT), users.connect()),
                        dummy(BACK, 0).withSuccess(session -> !session.isFailed()));
    }

    @Override
    public void after() {
        users.proof().print();
    }
}
