package io.depthcast.loadtest.compare;

import static io.depthcast.loadtest.compare.Contender.BUSY_FEED;
import static io.depthcast.loadtest.compare.Contender.IO_URING;

import io.depthcast.loadtest.generator.Profile;
import java.util.List;

/** A question and the servers that answer it; each contender is held against the floor of the same load. */
enum Scenario {
    /** What does a delivered message cost, 1,000 clients of one book, 40,000 deliveries a second where it can be done? */
    STEADY(List.of(
            Contender.floor(1_000, 40),
            Contender.gateway(1_000, 40),
            Contender.gateway(1_000, 40).plain().named("gateway without deflate"),
            Contender.peer("vertx", 1_000, 40),
            Contender.peer("ws", 1_000, 40),
            Contender.peer("nchan-deflate", 1_000, 40),
            Contender.peer("nats", 1_000, 40),
            Contender.floor(1_000, 10),
            Contender.gateway(1_000, 10),
            Contender.peer("vertx-deflate", 1_000, 10),
            Contender.peer("ws-deflate", 1_000, 10))),
    /** What does an update cost when each message has those of 20 books? */
    WATCHLIST(List.of(
            Contender.floor(1_000, 40),
            Contender.gateway(1_000, 40, BUSY_FEED).watching(Profile.WATCHLIST),
            Contender.gateway(1_000, 40, BUSY_FEED, IO_URING)
                    .watching(Profile.WATCHLIST)
                    .named("gateway by io_uring"))),
    /** What does a write cost when every client watches other books? */
    ZIPF(List.of(
            Contender.floor(5_000, 10),
            Contender.gateway(5_000, 10, "feed.instruments=200").watching(Profile.RANDOM),
            Contender.gateway(5_000, 10, "feed.instruments=200", IO_URING)
                    .watching(Profile.RANDOM)
                    .named("gateway by io_uring"))),
    /** How many deliveries a second can one core make? The gateway stretches its flush in steps of the interval. */
    SATURATION(List.of(
            Contender.floor(1_000, 1_000),
            Contender.gateway(1_000, 1_000, BUSY_FEED),
            Contender.gateway(1_000, 1_000, BUSY_FEED, IO_URING).named("gateway by io_uring"),
            Contender.peer("vertx", 1_000, 1_000))),
    /** What do 18,000 clients cost, and how long does it take to let them in? */
    CONNECTIONS(List.of(
            Contender.floor(Contender.MANY, 4),
            Contender.gateway(Contender.MANY, 4),
            Contender.gateway(Contender.MANY, 4, IO_URING).named("gateway by io_uring"),
            Contender.peer("vertx", Contender.MANY, 4))),
    /** Does a delivered message cost the same with few clients and with many? */
    SCALE(List.of(
            Contender.floor(100, 400),
            Contender.gateway(100, 400, BUSY_FEED),
            Contender.gateway(100, 400, BUSY_FEED, IO_URING).named("gateway by io_uring"),
            Contender.floor(1_000, 40),
            Contender.gateway(1_000, 40, BUSY_FEED),
            Contender.gateway(1_000, 40, BUSY_FEED, IO_URING).named("gateway by io_uring"),
            Contender.floor(5_000, 8),
            Contender.gateway(5_000, 8, BUSY_FEED),
            Contender.gateway(5_000, 8, BUSY_FEED, IO_URING).named("gateway by io_uring"),
            Contender.floor(Contender.MANY, 2),
            Contender.gateway(Contender.MANY, 2, BUSY_FEED),
            Contender.gateway(Contender.MANY, 2, BUSY_FEED, IO_URING).named("gateway by io_uring"))),
    /** Which collector? */
    COLLECTORS(List.of(
            Contender.floor(1_000, 40),
            Contender.gateway(1_000, 40).on("-XX:+UseSerialGC").named("gateway on serial"),
            Contender.gateway(1_000, 40).on("-XX:+UseG1GC").named("gateway on G1"),
            Contender.gateway(1_000, 40).on("-XX:+UseParallelGC").named("gateway on parallel"),
            Contender.gateway(1_000, 40).on("-XX:+UseZGC").named("gateway on ZGC"))),
    /** What does TLS add to a delivered message? */
    TLS(List.of(
            Contender.floor(1_000, 40),
            Contender.gateway(1_000, 40),
            Contender.gateway(1_000, 40).overTls().named("gateway with TLS"))),
    /** Which way to the kernel? */
    TRANSPORTS(List.of(
            Contender.floor(1_000, 40),
            Contender.gateway(1_000, 40, "http.transport=nio").named("gateway by nio"),
            Contender.gateway(1_000, 40, "http.transport=epoll").named("gateway by epoll"),
            Contender.gateway(1_000, 40, IO_URING).named("gateway by io_uring"))),
    /** Two contenders, two seconds: does the comparison itself work? */
    SMOKE(List.of(Contender.floor(50, 20), Contender.gateway(50, 20)));

    private final List<Contender> contenders;

    Scenario(List<Contender> contenders) {
        this.contenders = contenders;
    }

    List<Contender> contenders() {
        return contenders;
    }

    /** The floor of the same load. */
    Contender floorOf(Contender contender) {
        return contenders.stream()
                .filter(floor -> floor.isFloor()
                        && floor.clients() == contender.clients()
                        && floor.ratePerSecond() == contender.ratePerSecond())
                .findFirst()
                .orElseThrow();
    }
}
