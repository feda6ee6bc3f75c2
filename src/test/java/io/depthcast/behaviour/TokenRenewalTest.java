package io.depthcast.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.auth.TestIssuer;
import io.depthcast.client.ClientContext;
import io.depthcast.client.ClientListener;
import io.depthcast.client.ClientSettings;
import io.depthcast.client.ControlMessage;
import io.depthcast.client.Disconnection;
import io.depthcast.client.MarketClient;
import io.depthcast.client.StreamTerms;
import io.depthcast.http.RunningGateway;
import io.depthcast.wire.Channel;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Java client at a gateway that asks for tokens. */
@NeedsSockets
@Timeout(300)
class TokenRenewalTest {
    @TempDir
    Path folder;

    @Test
    void shouldFetchATokenToConnectWithAndAFreshOneBeforeItEnds() throws Exception {
        TestIssuer issuer = TestIssuer.curve("a");
        long now = Instant.now().getEpochSecond();
        Queue<String> tokens = new ArrayDeque<>(List.of(issuer.token("ann", now + 30), issuer.token("ann", now + 600)));
        CompletableFuture<Long> renewed = new CompletableFuture<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void onAuthenticated(ControlMessage.Authenticated authenticated) {
                renewed.complete(authenticated.expiresMicros());
            }
        };

        try (RunningGateway gateway = RunningGateway.start(
                RunningGateway.QUIET, TestIssuer.settings(folder.resolve("keys.json"), 5, issuer))) {
            EventLoopGroup loops = ClientLoops.start();
            ClientSettings settings = ClientSettings.of(ClientLoops.stream(gateway.port()))
                    .withSilence(60_000)
                    .withTokens(use -> use.accept(tokens.remove()));
            MarketClient client = new MarketClient(settings, ClientContext.of(loops), listener);
            client.subscribe(Channel.BOOK, StreamTerms.book(10), "*");
            client.start();

            assertThat(renewed.get(60, TimeUnit.SECONDS)).isEqualTo(TimeUnit.SECONDS.toMicros(now + 600));
            assertThat(client.close().await(60, TimeUnit.SECONDS)).isTrue();
            ClientLoops.stop(loops);
        }
    }

    @Test
    void shouldGiveUpWhereItsTokenIsRefused() throws Exception {
        TestIssuer issuer = TestIssuer.curve("a");
        CompletableFuture<Disconnection> refused = new CompletableFuture<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void onDisconnected(Disconnection disconnection) {
                refused.complete(disconnection);
            }
        };

        try (RunningGateway gateway = RunningGateway.start(
                RunningGateway.QUIET, TestIssuer.settings(folder.resolve("keys.json"), 5, issuer))) {
            EventLoopGroup loops = ClientLoops.start();
            ClientSettings settings =
                    ClientSettings.of(ClientLoops.stream(gateway.port())).withToken("x.y.z");
            MarketClient client = new MarketClient(settings, ClientContext.of(loops), listener);
            client.start();

            assertThat(refused.get(60, TimeUnit.SECONDS).httpStatus()).isEqualTo(401);
            assertThat(client.ended().await(60, TimeUnit.SECONDS)).isTrue();
            ClientLoops.stop(loops);
        }
    }
}
