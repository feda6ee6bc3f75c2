package io.depthcast.loadtest;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.depthcast.loadtest.generator.LoadSettings;
import io.depthcast.loadtest.generator.Population;
import io.gatling.javaapi.core.Simulation;

/** Beside users who keep up there are clients that hardly read; the users must not notice. */
public class SlowConsumers extends Simulation {
    private final Users users = new Users();
    private Population slow;

    {
        setUp(scenario("beside slow clients")
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

    /** Gatling reads whatever comes, so the slow ones are the dense generator's. */
    @Override
    public void before() {
        LoadSettings.Subscription subscription = new LoadSettings.Subscription(
                Parameters.PROFILE, Parameters.ENCODING, true, Parameters.DEPTH, Parameters.INTERVAL_MILLIS);
        LoadSettings load = LoadSettings.slow(
                Parameters.TARGET, Parameters.SLOW_CLIENTS, subscription, Parameters.SLOW_BYTES_PER_SECOND);
        slow = new Population(load, users.market());
        slow.grow(Parameters.SLOW_CLIENTS);
    }

    /** @throws IllegalStateException if a slow client's book was wrong, which fails the run */
    @Override
    public void after() {
        users.proof().print();
        System.out.println("slow clients: " + slow.tally().summary());
        long faults = slow.tally().faults();
        slow.close();
        if (faults > 0) {
            throw new IllegalStateException(faults + " books of slow clients were wrong");
        }
    }
}
