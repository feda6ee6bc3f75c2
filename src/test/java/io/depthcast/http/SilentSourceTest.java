package io.depthcast.http;

import io.depthcast.NeedsSockets;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.wire.FeedStatus;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A source that ends is told of wherever the feed is told of, though the gateway itself is well. */
@NeedsSockets
@Timeout(300)
class SilentSourceTest {
    @Test
    void shouldSayThatItIsStaleUntilItSpeaksAgain() throws Exception {
        SilentSource source = new SilentSource();
        try (RunningGateway gateway = RunningGateway.start(Clock.systemUTC(), opening -> source);
                Follower client = Follower.open(gateway)) {
            client.socket.send(Follower.subscription("book", "ACME", ""));
            awaitReady(gateway, 200);
            awaitHeartbeat(client, FeedStatus.LIVE);
            source.speak(false);
            awaitReady(gateway, 503);
            awaitHeartbeat(client, FeedStatus.STALE);
            awaitStatus(client, InstrumentStatus.STALE);
            awaitListed(gateway, "stale");
            source.speak(true);
            awaitReady(gateway, 200);
            awaitHeartbeat(client, FeedStatus.LIVE);
            awaitStatus(client, InstrumentStatus.OPEN);
            awaitListed(gateway, "open");
        }
    }

    private static void awaitReady(RunningGateway gateway, int status) throws IOException {
        while (gateway.ready().status() != status) {
            ReaderOfBooks.heedTimeout();
        }
    }

    /** By whichever loop answers, which may not be the client's. */
    private static void awaitListed(RunningGateway gateway, String status) throws IOException {
        while (!listedStatus(gateway).equals(status)) {
            ReaderOfBooks.heedTimeout();
        }
    }

    private static String listedStatus(RunningGateway gateway) throws IOException {
        JsonObject listed = gateway.get("/v1/instruments").json();
        return listed.getJsonArray("instruments").getJsonObject(0).getString("status");
    }

    /** The last of those that it was told; on a busy machine the source may have been silent before. */
    private static void awaitStatus(Follower client, InstrumentStatus status) throws IOException {
        client.readUntil(() -> !client.statuses.isEmpty() && client.statuses.get(client.statuses.size() - 1) == status);
    }

    private static void awaitHeartbeat(Follower client, FeedStatus feed) throws IOException {
        client.readUntil(
                () -> !client.heartbeats.isEmpty() && client.heartbeats.get(client.heartbeats.size() - 1) == feed);
    }
}
