package io.depthcast.loadtest.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A whole cluster on this machine and its clients: a broker, two feeds, two gateways, a proxy in front. Main thread. */
final class Stage implements AutoCloseable {
    /** What it is made of. */
    record Parts(Path jar, Path proxy, Path brokerScript, Path logs, int clients, int intervalMillis) {}

    /** Six JVMs that start on two cores are over before their second compilers pay. */
    private static final List<String> FLAGS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final String SPEAKING = "depthcast_journal_speaking";
    private static final int ARRIVE_SECONDS = 30;
    /** So deep that what has changed within seconds is less than the whole, which a client would be sent instead. */
    private static final int DEPTH = 500;

    private static final int SETTLE_SECONDS = 2;
    private static final int PATIENT = 8;
    private static final long PATIENT_MILLIS = 60_000;
    private static final int SPEAK_SECONDS = 20;
    private static final int LOOK_MILLIS = 50;

    private final Parts parts;
    /** How the parts end, in the order in which they began. */
    private final List<Runnable> open = new ArrayList<>();

    private Broker broker;
    private List<Node> feeds;
    private Node a;
    private Node b;
    private int port;
    private Crowd crowd;

    Stage(Parts parts) {
        this.parts = parts;
    }

    /** Starts all, and waits until every client has data. */
    void begin() throws Exception {
        int[] ports = freePorts(11);
        Path logs = parts.logs();
        broker = new Broker(
                parts.brokerScript(), logs.resolve("broker"), ports[0], ports[1], logs.resolve("broker.log"));
        open.add(broker::close);
        broker.start();
        feeds = List.of(node("feed-1", "feed", ports[2], ports[3]), node("feed-2", "feed", ports[4], ports[5]));
        a = node("a", "gateway", ports[6], ports[7]);
        b = node("b", "gateway", ports[8], ports[9]);
        for (Node node : List.of(feeds.get(0), feeds.get(1), a, b)) {
            node.start();
        }
        port = ports[10];
        Proxy front = new Proxy(parts.proxy(), port, a, b, logs.resolve("haproxy.log"));
        open.add(front::close);
        front.awaitOpen();
        crowd = new Crowd(port, parts.clients(), DEPTH, parts.intervalMillis());
        open.add(crowd::close);
        crowd.act(0);
        crowd.start();
        if (!crowd.awaitData(ARRIVE_SECONDS)) {
            throw new IOException("not every client has data; see " + logs);
        }
        crowd.hop(new Random(1));
    }

    private Node node(String name, String role, int nodePort, int managementPort) {
        List<String> settings = List.of(
                "node.role=" + role,
                "kafka.bootstrap=" + broker.bootstrap(),
                "drain.seconds=4",
                "drain.reconnectMillis=2000",
                "limits.loopbackExempt=false",
                "limits.trustedProxies=127.0.0.1");
        Node node = new Node(
                name,
                nodePort,
                managementPort,
                parts.jar(),
                FLAGS,
                settings,
                parts.logs().resolve(name + ".log"));
        open.add(node::close);
        return node;
    }

    Broker broker() {
        return broker;
    }

    /** The gateways. */
    Node a() {
        return a;
    }

    Node b() {
        return b;
    }

    /** Of the proxy, where clients and a browser come in. */
    int port() {
        return port;
    }

    Crowd crowd() {
        return crowd;
    }

    /** Clients of one gateway that stay with it, though it says nothing for a minute; all have data. To be closed. */
    Crowd patient(Node gateway) throws Exception {
        Crowd patient = Crowd.patient(gateway.port(), PATIENT, DEPTH, parts.intervalMillis(), PATIENT_MILLIS);
        patient.act(0, PATIENT_MILLIS);
        patient.start();
        if (!patient.awaitData(ARRIVE_SECONDS)) {
            throw new IOException("no data of gateway " + gateway.name() + "; see " + parts.logs());
        }
        return patient;
    }

    int clients() {
        return parts.clients();
    }

    /** The feed that speaks; waits until one does. */
    Node speaker() throws IOException, InterruptedException {
        for (int look = 0; look < SPEAK_SECONDS * 1_000 / LOOK_MILLIS; look++) {
            for (Node feed : feeds) {
                if (feed.isAlive() && feed.metric(SPEAKING) == 1) {
                    return feed;
                }
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        throw new IOException("no feed speaks; see " + parts.logs());
    }

    /** The feed that waits. */
    Node standby() throws IOException, InterruptedException {
        return feeds.get(speaker() == feeds.get(0) ? 1 : 0);
    }

    /** Starts again what has ended because another feed speaks, as whoever looks after processes does. */
    void revive() throws IOException, InterruptedException {
        for (Node feed : feeds) {
            if (!feed.isAlive()) {
                feed.start();
            }
        }
    }

    /** Waits until every client has data again and a little more; what was seen in this act until then. */
    Findings settle(int seconds, Verdict verdict) throws InterruptedException {
        verdict.holds("every client has data within " + seconds + " s", crowd.awaitData(seconds));
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        return crowd.findings();
    }

    static int[] freePorts(int count) throws IOException {
        List<ServerSocket> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        int[] ports = taken.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        for (ServerSocket socket : taken) {
            socket.close();
        }
        return ports;
    }

    @Override
    public void close() {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).run();
        }
    }
}
