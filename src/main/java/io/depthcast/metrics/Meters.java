package io.depthcast.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Every meter of the gateway. Any thread may call any method; none allocates or waits. Keep it while the registry lives. */
public final class Meters {
    /** Of PROTOCOL 7; a client may close with any other. */
    private static final int[] CLOSE_CODES = {
        1000, 1001, 1002, 1003, 1006, 1007, 1008, 1009, 1011, 1012, 1013, 4000, 4001, 4003, 4004, 4005, 4500, 4501,
        4502, 4503
    };

    /** What may become of a client that wants a stream. */
    private static final String[] ADMISSIONS = {
        "admitted",
        "too-many-handshakes",
        "too-many-connections",
        "too-many-of-subject",
        "no-token",
        "bad-token",
        "crowded",
        "full",
        "overloaded",
        "draining",
        "unavailable",
        "blocked"
    };

    private static final int[] HANDSHAKE_STATUSES = {101, 400, 401, 403, 404, 426, 429, 503};

    private final MeterRegistry registry;
    private final LongAdder connections = new LongAdder();
    private final LongAdder eventStreams = new LongAdder();
    private final LongAdder subscriptions = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder failedAnswers = new LongAdder();
    private final LongAdder slowConsumerAborts = new LongAdder();
    private final AtomicInteger draining = new AtomicInteger();
    private final LongAdder writtenBytes = new LongAdder();
    private final Map<RateLimit, LongAdder> rateLimited = new EnumMap<>(RateLimit.class);
    private final LadderMeters ladder;
    private final HistoryMeters histories;
    private final LabelledCounter handshakes;
    private final LabelledCounter admissions;
    private final LabelledCounter closes;
    private final TokenMeters tokens;
    private final SocketMeters sockets;
    private final RefusalMeters refusals;
    private final RestMeters rest;
    private final LoopWatch watch;
    private final ReloadMeters reloads;
    private final DelayMeters delays;
    private final JournalMeters journal;
    private final RecordMeters record;
    private final Map<String, EncodingMeters> encodings = new ConcurrentHashMap<>();
    private final Map<String, LoopMeters> loops = new ConcurrentHashMap<>();

    public Meters(MeterRegistry registry, String version) {
        this.registry = registry;
        gauge("connections", "WebSocket connections that are open now.", connections);
        gauge("event.streams", "Streams of server-sent events that are open now.", eventStreams);
        gauge("subscriptions", "Subscriptions of all connections.", subscriptions);
        Gauge.builder("depthcast.draining", draining, AtomicInteger::get)
                .description("1 while the node sends its clients away, else 0.")
                .register(registry);
        counter("events.in", "Market events taken from the feed.", events);
        counter("gaps", "Gaps found in the numbers of feed events, each mended by a snapshot.", gaps);
        counter(
                "failed.answers",
                "Times that a defect kept a stream from telling in some form what changed; tried again each second.",
                failedAnswers);
        counter("slow.consumer.aborts", "Connections cut because they took no byte for too long.", slowConsumerAborts);
        bytes(
                "websocket.written",
                "All that was written to WebSocket connections: data, replies, pings, close frames.",
                writtenBytes);
        for (RateLimit limit : RateLimit.values()) {
            rateLimited.put(limit, hitsOf(limit));
        }
        ladder = new LadderMeters(registry);
        histories = new HistoryMeters(registry);
        handshakes = new LabelledCounter(
                registry,
                "depthcast.handshakes",
                "WebSocket handshakes by HTTP status of the answer.",
                "status",
                HANDSHAKE_STATUSES);
        admissions = new LabelledCounter(
                registry,
                "depthcast.admissions",
                "Clients that asked for a stream over any transport, by what became of it.",
                "outcome",
                ADMISSIONS);
        tokens = new TokenMeters(registry);
        sockets = new SocketMeters(registry);
        refusals = new RefusalMeters(registry);
        closes = new LabelledCounter(
                registry, "depthcast.closes", "Connections of streams ended, by close code.", "code", CLOSE_CODES);
        delays = new DelayMeters(registry);
        journal = new JournalMeters(registry);
        DirectMemory.register(registry);
        rest = new RestMeters(registry);
        record = new RecordMeters(registry);
        watch = new LoopWatch(registry);
        Gauge.builder("depthcast.audience", this, Meters::audience)
                .description("Clients of streams that are connected now, of every transport.")
                .register(registry);
        reloads = new ReloadMeters(registry, "config", "configuration");
        Gauge.builder("depthcast.build.info", () -> 1)
                .description("Always 1; the labels say what runs.")
                .tag("version", version)
                .tag("java", Runtime.version().toString())
                .register(registry);
    }

    public void connected() {
        connections.increment();
    }

    /** @param code of the close frame sent or received, 1006 if there was none */
    public void closed(int code) {
        // In this order, so that who sees that it is gone finds it among those that were closed.
        closes.increment(code);
        connections.decrement();
    }

    public void eventStreamOpened() {
        eventStreams.increment();
    }

    /** @param code that its last event told, 1006 if there was none */
    public void eventStreamClosed(int code) {
        closes.increment(code);
        eventStreams.decrement();
    }

    /** @param status of the HTTP answer; 101 is success */
    public void handshake(int status) {
        handshakes.increment(status);
    }

    /** @param outcome {@code admitted}, or the error code of the refusal */
    public void admission(String outcome) {
        admissions.increment(outcome);
    }

    /** @param reason label of what was wrong with a token or a ticket */
    public void tokenRefused(String reason) {
        tokens.refused(reason);
    }

    /**
     * @param transport {@code websocket}, {@code sse} or {@code http}
     * @param kind the code of the error
     */
    public void refused(String transport, String kind) {
        refusals.increment(transport, kind);
    }

    /** The node sends its clients away, or takes that back. */
    public void draining(boolean begins) {
        draining.set(begins ? 1 : 0);
    }

    /** Clients of streams on all loops that are connected now, of every transport. */
    public long audience() {
        return connections.sum() + eventStreams.sum();
    }

    /** @param change how many subscriptions came, negative for how many went */
    public void subscriptionsChanged(int change) {
        subscriptions.add(change);
    }

    /** TCP connections to the public port. */
    public SocketMeters sockets() {
        return sockets;
    }

    public void eventsIn(int count) {
        events.add(count);
    }

    public void gap() {
        gaps.increment();
    }

    /** What changed in a stream could not be told. */
    public void answerFailed() {
        failedAnswers.increment();
    }

    public void slowConsumerAborted() {
        slowConsumerAborts.increment();
    }

    /** @param bytes of one message of any kind, with its header, as it goes to a WebSocket */
    public void written(long bytes) {
        writtenBytes.add(bytes);
    }

    /** A client did something more often than it may. */
    public void rateLimited(RateLimit limit) {
        Objects.requireNonNull(rateLimited.get(limit)).increment();
    }

    public HistoryMeters histories() {
        return histories;
    }

    public LadderMeters ladder() {
        return ladder;
    }

    public void flushed(long nanos) {
        delays.flushed(nanos);
    }

    public void delivered(long nanos) {
        delays.delivered(nanos);
    }

    public void eventToWrite(long nanos) {
        delays.eventToWrite(nanos);
    }

    /** @param millis in the range of the protocol, for a client says it */
    public void clientAge(int millis) {
        delays.clientAge(millis);
    }

    /** The meters of one encoding, {@code json}, {@code sbe} or {@code compact}. Ask once and keep the answer. */
    public EncodingMeters encoding(String name) {
        return encodings.computeIfAbsent(name, absent -> new EncodingMeters(registry, name));
    }

    /** The meters of one loop, of which there are a few. Ask once and keep the answer. */
    public LoopMeters loop(String name) {
        return loops.computeIfAbsent(name, absent -> new LoopMeters(registry, name));
    }

    /** The meters of the feed, of which there is one. Ask once and keep the answer. */
    public JournalMeters journal() {
        return journal;
    }

    public FeedMeters feed() {
        return new FeedMeters(registry);
    }

    /** The meters of one kind of source, of which there are a few. Ask once and keep the answer. */
    public SourceMeters source(String kind) {
        return new SourceMeters(registry, kind);
    }

    /** What is recorded of the feed. */
    public RecordMeters record() {
        return record;
    }

    public ReloadMeters reloads() {
        return reloads;
    }

    /** The meters of one shard. Ask once and keep the answer. */
    public ShardMeters shard(int index) {
        return new ShardMeters(registry, index, System::nanoTime);
    }

    /**
     * Watches how late the loop of the caller is, for as long as the caller's verticle is deployed.
     *
     * @param loop one of a few names, such as {@code gateway-0}
     */
    public void watchLoop(Vertx vertx, String loop) {
        watch.add(vertx, loop);
    }

    /** The loops that are watched. */
    public List<LoopLag> loopLags() {
        return watch.loops();
    }

    public RestMeters rest() {
        return rest;
    }

    private void gauge(String name, String help, LongAdder value) {
        Gauge.builder("depthcast." + name, value, LongAdder::sum)
                .description(help)
                .register(registry);
    }

    private void counter(String name, String help, LongAdder value) {
        FunctionCounter.builder("depthcast." + name, value, LongAdder::sum)
                .description(help)
                .register(registry);
    }

    private void bytes(String name, String help, LongAdder value) {
        FunctionCounter.builder("depthcast." + name, value, LongAdder::sum)
                .description(help)
                .baseUnit("bytes")
                .register(registry);
    }

    private LongAdder hitsOf(RateLimit limit) {
        LongAdder count = new LongAdder();
        FunctionCounter.builder("depthcast.rate.limited", count, LongAdder::sum)
                .description("Times that a client did something more often than it may, by limit.")
                .tag("limit", limit.label())
                .register(registry);
        return count;
    }
}
