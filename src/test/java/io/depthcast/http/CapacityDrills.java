package io.depthcast.http;

import static io.depthcast.http.RawWebSocket.handshake;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.admission.AdmissionSettings;
import io.depthcast.session.LimitSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/** More than there is room for. */
final class CapacityDrills {
    /** Events a second: every flush has some. */
    private static final int SOME = 500;

    /** Of clients that take their places and never read. */
    private static final int PATIENT_SECONDS = 600;

    private CapacityDrills() {}

    private static RunningGateway patient(AdmissionSettings admission) throws ReflectiveOperationException {
        LimitSettings limits =
                RunningGateway.limits(Map.of("pingSeconds", PATIENT_SECONDS, "unsubscribedSeconds", PATIENT_SECONDS));
        return RunningGateway.start(RunningGateway.QUIET, limits, admission, DrainSettings.DEFAULT);
    }

    private static AdmissionSettings settings(int connections, int perAddress) {
        return new AdmissionSettings(
                connections,
                perAddress,
                100_000,
                AdmissionSettings.DEFAULT.connectionsPerSubject(),
                100_000,
                100_000,
                100_000,
                false,
                AdmissionSettings.DEFAULT.trustedProxies());
    }

    /**
     * Newcomers until one is refused: those who do not read are sent away in the long run, and leave room.
     *
     * @return the status of that refusal
     */
    private static int fill(int port, Queue<RawWebSocket> clients) throws IOException {
        while (true) {
            RawWebSocket newcomer = RawWebSocket.connect(port);
            newcomer.write(handshake().getBytes(UTF_8));
            int status = Integer.parseInt(newcomer.readHead().split(" ", 3)[1]);
            if (status != 101) {
                newcomer.close();
                return status;
            }
            clients.add(newcomer);
        }
    }

    /** As many clients as may be, and newcomers. Runbook: room elsewhere; here some go there. */
    static final class FullNode implements Drill {
        private final RunningGateway gateway = patient(settings(5, 100));
        private final Queue<RawWebSocket> clients = new ArrayDeque<>();

        FullNode() throws IOException, ReflectiveOperationException {
            for (int i = 0; i < 5; i++) {
                clients.add(RawWebSocket.open(gateway.port()));
            }
        }

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastNearlyFull", "DepthcastHandshakesRefused");
        }

        @Override
        public Set<String> others() {
            return Set.of("DepthcastClientsTooMany");
        }

        @Override
        public void strain() throws IOException {
            assertThat(fill(gateway.port(), clients)).isEqualTo(503);
        }

        @Override
        public void mend() throws IOException {
            while (clients.size() > 3) {
                clients.remove().close();
            }
        }

        @Override
        public void close() throws IOException {
            for (RawWebSocket client : clients) {
                client.close();
            }
            gateway.close();
        }
    }

    /** An address with all that it may have, which asks for more. Runbook: keep it out. */
    static final class OneAddress implements Drill {
        private final RunningGateway gateway = patient(settings(1_000, 3));
        private final Queue<RawWebSocket> clients = new ArrayDeque<>();

        OneAddress() throws IOException, ReflectiveOperationException {
            for (int i = 0; i < 3; i++) {
                clients.add(RawWebSocket.open(gateway.port()));
            }
        }

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastClientsTooMany", "DepthcastLimitNearlyReached");
        }

        @Override
        public Set<String> others() {
            return Set.of("DepthcastHandshakesRefused", "DepthcastNearlyFull");
        }

        @Override
        public void strain() throws IOException {
            assertThat(fill(gateway.port(), clients)).isEqualTo(429);
        }

        @Override
        public void mend() throws Exception {
            new OperatorClient(managementPort()).block(new JsonObject().put("address", "127.0.0.1"));
        }

        @Override
        public void goOn() throws IOException {
            assertThat(RunningGateway.exchange(gateway.port(), handshake()).status())
                    .isEqualTo(403);
        }

        @Override
        public void close() throws IOException {
            for (RawWebSocket client : clients) {
                client.close();
            }
            gateway.close();
        }
    }

    /** Flushes that need more than there is. Runbook: it goes back by itself. */
    static final class Overload implements Drill {
        private final PlayedWork work = new PlayedWork();
        private final RunningGateway gateway = RunningGateway.start(SOME, work);

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastOverloaded");
        }

        @Override
        public void strain() {
            work.load("shard-");
        }

        @Override
        public void mend() {
            work.unload();
        }

        @Override
        public void close() {
            gateway.close();
        }
    }

    /** A process with few descriptors, whose connections take all of them. Runbook: fewer connections, or more of them. */
    static final class FewDescriptors implements Drill {
        private final GatewayProcess gateway;
        private final Queue<RawWebSocket> clients = new ArrayDeque<>();

        FewDescriptors(Path folder) throws IOException {
            gateway = new GatewayProcess(folder, "ulimit -n 256", List.of("-Xmx128m"));
        }

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastDescriptorsNearlyGone", "DepthcastSocketsNearlyGone", "DepthcastSocketsGone");
        }

        /** With streams, for who only waits would make room. */
        @Override
        public void strain() throws IOException {
            fill(gateway.port(), clients);
        }

        @Override
        public void mend() throws IOException {
            for (RawWebSocket client : clients) {
                client.close();
            }
        }

        @Override
        public void close() throws IOException {
            mend();
            gateway.close();
        }
    }
}
