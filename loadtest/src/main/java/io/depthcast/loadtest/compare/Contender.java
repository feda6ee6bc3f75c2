package io.depthcast.loadtest.compare;

import io.depthcast.loadtest.generator.Dialect;
import io.depthcast.loadtest.generator.Profile;
import java.nio.file.Path;
import java.util.List;

/**
 * One server of a comparison and what is asked of it.
 *
 * @param peer name that {@code peers/start} knows; empty is the gateway
 * @param settings of the gateway, {@code key=value}
 * @param jvmFlags of the gateway
 * @param ratePerSecond messages a second to each client; the gateway's flush follows from it
 */
record Contender(
        String name,
        String peer,
        List<String> settings,
        List<String> jvmFlags,
        boolean deflate,
        Profile profile,
        int clients,
        double ratePerSecond) {
    /** What fits beside the reserve of a gateway where 20,000 descriptors are allowed. */
    static final int MANY = 18_000;

    /** The gateway takes one connection for each 64 KiB of it: 20,800. */
    private static final List<String> HEAP = List.of("-Xms1300m", "-Xmx1300m");

    /** Every book changes in every flush. */
    static final String BUSY_FEED = "feed.eventsPerSecond=20000";

    static final String IO_URING = "http.transport=io_uring";

    private static final String OTHER_BUILD = " of the other build";

    static final Path CERTIFICATE = Path.of(System.getProperty("tls", "loadtest/target/tls"), "certificate.pem");
    private static final Path PRIVATE_KEY = CERTIFICATE.resolveSibling("key.pem");

    static Contender peer(String peer, int clients, double ratePerSecond) {
        return new Contender(
                peer, peer, List.of(), List.of(), peer.endsWith("deflate"), Profile.ONE, clients, ratePerSecond);
    }

    static Contender floor(int clients, double ratePerSecond) {
        return peer("floor", clients, ratePerSecond);
    }

    static Contender gateway(int clients, double ratePerSecond, String... settings) {
        return new Contender("gateway", "", List.of(settings), HEAP, true, Profile.ONE, clients, ratePerSecond);
    }

    Contender named(String other) {
        return new Contender(other, peer, settings, jvmFlags, deflate, profile, clients, ratePerSecond);
    }

    Contender watching(Profile other) {
        return new Contender(name, peer, settings, jvmFlags, deflate, other, clients, ratePerSecond);
    }

    Contender plain() {
        return new Contender(name, peer, settings, jvmFlags, false, profile, clients, ratePerSecond);
    }

    /** With the certificate that {@code loadtest/certificate} makes. */
    Contender overTls() {
        List<String> all = new java.util.ArrayList<>(settings);
        all.add("http.certificate=" + CERTIFICATE);
        all.add("http.privateKey=" + PRIVATE_KEY);
        return new Contender(name, peer, all, jvmFlags, deflate, profile, clients, ratePerSecond);
    }

    boolean isOverTls() {
        return settings.contains("http.certificate=" + CERTIFICATE);
    }

    Contender on(String... flags) {
        List<String> all = new java.util.ArrayList<>(HEAP);
        all.addAll(List.of(flags));
        return new Contender(name, peer, settings, all, deflate, profile, clients, ratePerSecond);
    }

    /** The same of another build. */
    Contender ofOtherBuild() {
        return named(name + OTHER_BUILD);
    }

    boolean isOfOtherBuild() {
        return name.endsWith(OTHER_BUILD);
    }

    boolean isFloor() {
        return peer.equals("floor");
    }

    boolean isGateway() {
        return peer.isEmpty();
    }

    Dialect dialect() {
        return isGateway() ? Dialect.DEPTHCAST : peer.equals("nats") ? Dialect.NATS : Dialect.PLAIN;
    }

    int intervalMillis() {
        return Math.max(1, (int) Math.round(1_000 / ratePerSecond));
    }

    /** What tells its runs from others' in a table. */
    String key() {
        return "%s, %,d clients, %.4g/s".formatted(name, clients, ratePerSecond);
    }
}
