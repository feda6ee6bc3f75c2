package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What an operator changes, and what a process has. */
final class UpkeepDrills {
    private UpkeepDrills() {}

    /** A certificate that ends soon, then one that does not go with its key. Runbook: the right files. */
    static final class Certificates implements Drill {
        private final TestCertificate served;
        private final TestCertificate next;
        private final RunningGateway gateway;
        private boolean replaced;

        Certificates(Path folder) throws Exception {
            served = TestCertificate.create(folder, "served", "EC", "-validity", "5");
            next = TestCertificate.create(folder, "next", "EC", "-validity", "60");
            gateway = RunningGateway.start(RunningGateway.QUIET, RunningGateway.LIMITS, RunningGateway.PACE, served);
        }

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastCertificateExpiring", "DepthcastCertificateRefused");
        }

        @Override
        public void strain() throws IOException {
            if (!replaced) {
                replaced = true;
                next.replaceChainIn(served);
            }
        }

        @Override
        public void mend() throws IOException {
            next.replaceIn(served);
        }

        @Override
        public void close() {
            gateway.close();
        }
    }

    /** A wrong configuration, and memory that is not given back. Runbook: the file; a dump and a restart: here it is given back. */
    static final class LeakingProcess implements Drill {
        private final Path file;
        private final GatewayProcess gateway;
        private boolean leaks;

        LeakingProcess(Path folder) throws IOException {
            file = Files.createDirectories(folder.resolve("conf")).resolve("gateway.yaml");
            Files.writeString(file, "limits: {pingBurst: 5}\n");
            gateway = new GatewayProcess(
                    HoardingGateway.class,
                    folder,
                    "true",
                    List.of("-Xmx128m", "-XX:+UseSerialGC", "-Ddepthcast.feed.eventsPerSecond=1"));
        }

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastConfigRefused", "DepthcastHeapNearlyFull", "DepthcastDirectMemoryNearlyFull");
        }

        @Override
        public void strain() throws IOException {
            if (!leaks) {
                leaks = true;
                Files.writeString(file, "limits: {pingBurst: many}\n");
                gateway.tell("hoard");
            }
        }

        @Override
        public void mend() throws IOException {
            Files.writeString(file, "limits: {pingBurst: 6}\n");
            gateway.tell("release");
        }

        @Override
        public void close() throws IOException {
            gateway.close();
        }
    }

    /**
     * A class of its jar cannot be read, which shows where a client first needs it. Runbook: the line of the log, with stack and
     * session; nobody else is harmed, and it ends when nobody asks for that any more.
     */
    static final class DamagedJar implements Drill {
        /** What confirms a subscription. */
        private static final String DAMAGED = "io/depthcast/session/Confirmation";

        private final GatewayProcess gateway;

        DamagedJar(Path folder) throws IOException {
            Path before = folder.resolve("before/" + DAMAGED + ".class");
            Files.createDirectories(before.getParent());
            Files.writeString(before, "no class");
            gateway = new GatewayProcess(
                    folder, "true", List.of("-Xmx128m", "-Xbootclasspath/a:" + folder.resolve("before")));
        }

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastInternalErrors");
        }

        @Override
        public Set<String> others() {
            return Set.of("DepthcastFeedSilent", "DepthcastClientsShed", "DepthcastHandshakesRefused");
        }

        @Override
        public void strain() throws IOException {
            try (RawWebSocket client = RawWebSocket.open(gateway.port())) {
                client.send(subscription("book", "BTC-USD", ""));
                assertThat(client.closeCode()).isEqualTo(1011);
            }
        }

        /** It is as well as before for whoever does not need that class. */
        @Override
        public void mend() throws IOException {
            assertThat(gateway.log()).contains("\"ERROR\"", "ClassFormatError", "\"session\":\"");
            try (RawWebSocket client = RawWebSocket.open(gateway.port())) {
                client.send("{\"op\":\"ping\",\"id\":7}");
                while (!client.read().text().contains("\"pong\"")) {
                    assertThat(client).isNotNull();
                }
            }
        }

        @Override
        public void close() throws IOException {
            gateway.close();
        }
    }
}
