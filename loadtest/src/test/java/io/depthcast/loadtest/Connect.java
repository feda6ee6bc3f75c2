package io.depthcast.loadtest;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;

/** Users connect, subscribe, see their books stand, and go: what it takes to let people in. */
public class Connect extends Simulation {
    private final Users users = new Users();

    {
        setUp(scenario("connect")
                        .exec(users.arrive(), users.connect(), users.follow(), users.leave())
                        .injectOpen(rampUsers(Parameters.USERS).during(Parameters.RAMP_SECONDS)))
                .protocols(users.protocol())
                .assertions(
                        global().failedRequests().count().is(0L),
                        details(Users.OLDEST).successfulRequests().count().is((long) Parameters.USERS),
                        details(Users.CONNECT).responseTime().percentile(99).lt(Parameters.MAX_AGE_MILLIS),
                        details(Users.SUBSCRIBE).responseTime().percentile(99).lt(Parameters.MAX_AGE_MILLIS));
    }

    @Override
    public void after() {
        users.proof().print();
    }
}
