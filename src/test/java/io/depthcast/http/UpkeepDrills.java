package io.depthcast.http;

import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
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
            gateway = RunningGateway.start(RunningGateway.QUIET, LimitSettings.DEFAULT, PaceSettings.DEFAULT, served);
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
}
