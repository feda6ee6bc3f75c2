package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.client.PublishClient;
import io.depthcast.client.PublishClient.Level;
import io.depthcast.recording.RecordSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What those do who tell prices, and what becomes of the recording of what they tell. */
final class SourceDrills {
    private SourceDrills() {}

    /** A publisher is gone, another tells what cannot be. Runbook: see to the one's program, and mend the other's. */
    static final class Publishers implements Drill {
        private static final int WRONG = 5;

        private final RunningGateway gateway = RunningGateway.start(RunningGateway.QUIET, RunningGateway.LIMITS);
        private PublishClient publisher = publish();

        private PublishClient publish() {
            URI uri = URI.create("ws://127.0.0.1:" + gateway.ingestPort() + "/v1/publish?source=desk");
            PublishClient client = new PublishClient(uri, null, refusal -> {});
            client.start();
            client.define("ACME", "0.01", "1");
            client.snapshot("ACME", List.of(Level.of("10.00", "5")), List.of(Level.of("10.02", "7")));
            return client;
        }

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastSourceSilent", "DepthcastSourceRefused");
        }

        @Override
        public Set<String> others() {
            return Set.of("DepthcastFeedSilent");
        }

        @Override
        public void strain() throws IOException {
            if (gateway.get("/v1/instruments").body().contains("ACME")) {
                publisher.close();
            }
            String wrong = "{\"op\":\"update\",\"symbol\":\"NOPE\",\"bids\":[]}\n".repeat(WRONG);
            assertThat(post(wrong).status()).isEqualTo(400);
        }

        @Override
        public void mend() {
            publisher.close();
            publisher = publish();
        }

        @Override
        public void goOn() throws IOException {
            assertThat(post("{\"op\":\"heartbeat\"}\n").status()).isEqualTo(200);
        }

        private RunningGateway.HttpAnswer post(String lines) throws IOException {
            return RunningGateway.exchange(
                    gateway.ingestPort(),
                    "POST /v1/publish?source=other HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Content-Type: application/x-ndjson\r\nContent-Length: " + lines.length() + "\r\n\r\n"
                            + lines);
        }

        @Override
        public void close() {
            publisher.close();
            gateway.close();
        }
    }

    /**
     * The disk of a recording is gone, and comes back: the recording stops, goes on by itself as the runbook says, and has a
     * hole. A full disk ends in the same place, and cannot be had without one of one's own.
     */
    static final class Recording implements Drill {
        private final Path disk;
        private final Path elsewhere;
        private final RunningGateway gateway;

        Recording(Path folder) throws IOException {
            disk = Files.createDirectory(folder.resolve("disk"));
            elsewhere = folder.resolve("elsewhere");
            gateway = RunningGateway.start(
                    RunningGateway.QUIET,
                    Map.of("record", new RecordSettings(disk.toString(), RecordSettings.MIN_FILE_BYTES, 0)));
        }

        @Override
        public int managementPort() {
            return gateway.managementPort();
        }

        @Override
        public Set<String> alerts() {
            return Set.of("DepthcastRecordingStopped", "DepthcastRecordingLost");
        }

        @Override
        public void strain() throws IOException {
            boolean hasStopped = gateway.metric("depthcast_record_stopped") == 1;
            if (hasStopped && gateway.metric("depthcast_record_lost_total") > 0) {
                mend();
            } else if (!hasStopped && gateway.metric("depthcast_record_lost_total") == 0 && Files.exists(disk)) {
                Files.move(disk, elsewhere);
            }
        }

        /** A hole stays one; nothing else is to be done. */
        @Override
        public void mend() throws IOException {
            if (!Files.exists(disk)) {
                Files.move(elsewhere, disk);
            }
        }

        @Override
        public void close() {
            gateway.close();
        }
    }
}
