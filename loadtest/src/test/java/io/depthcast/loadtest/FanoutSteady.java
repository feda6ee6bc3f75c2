package io.depthcast.loadtest;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;

/** Users come and stay, and everybody gets every update in time. */
public class FanoutSteady extends Simulation {
    private final Users users = new Users();

    {
        setUp(scenario("steady")
                        .exec(users.arrive(), users.connect())
                        .exec(during(Parameters.SECONDS).on(users.follow()))
                        .exec(users.leave())
                        .injectOpen(rampUsers(Parameters.USERS).during(Parameters.RAMP_SECONDS)))
                .protocols(users.protocol())
                .assertions(
                        global().failedRequests().count().is(0L),
                        details(Users.OLDEST).successfulRequests().count().gte((long) Parameters.USERS),
                        details(Users.OLDEST).responseTime().percentile(99).lt(Parameters.MAX_AGE_MILLIS));
    }

    @Override
    public void after() {
        users.proof().print();
    }
}
