package io.depthcast.loadtest;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rendezVous;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;

/** All users come at once, go at once and come back at once, several times, each with the versions it has. */
public class ReconnectStorm extends Simulation {
    private final Users users = new Users();

    {
        setUp(scenario("storm")
                        .exec(users.arrive())
                        .exec(repeat(Parameters.STORMS)
                                .on(
                                        rendezVous(Parameters.USERS),
                                        users.connect(),
                                        during(Parameters.SECONDS / Parameters.STORMS)
                                                .on(users.follow()),
                                        users.leave()))
                        .injectOpen(atOnceUsers(Parameters.USERS)))
                .protocols(users.protocol())
                .assertions(
                        global().failedRequests().count().is(0L),
                        details(Users.SUBSCRIBE)
                                .successfulRequests()
                                .count()
                                .is((long) Parameters.USERS * Parameters.STORMS),
                        details(Users.OLDEST).responseTime().percentile(99).lt(Parameters.MAX_AGE_MILLIS));
    }

    @Override
    public void after() {
        users.proof().print();
    }
}
