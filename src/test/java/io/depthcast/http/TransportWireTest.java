package io.depthcast.http;

import static io.depthcast.http.Follower.subscription;
import static io.depthcast.http.RawWebSocket.extensions;
import static io.depthcast.http.RawWebSocket.protocol;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.PrometheusRegistry;
import io.depthcast.session.Outflow;
import io.depthcast.session.PaceSettings;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What depends on how the gateway speaks to the kernel, on every transport of this machine. */
@NeedsSockets
@Timeout(300)
class TransportWireTest {
    private static final String EVERYTHING = subscription("book", "*", ",\"depth\":500");
    private static final String ABORTS = "depthcast_slow_consumer_aborts_total";
    private static final String CLOSES = "depthcast_ladder_steps_total{reason=\"behind\",to=\"closed\"}";
    private static final int INSTRUMENTS = 24;

    @ParameterizedTest
    @MethodSource("io.depthcast.app.AvailableTransports#names")
    void shouldServeWhoReadsAndCutWhoDoesNot(String transport) throws Exception {
        try (RunningGateway gateway = RunningGateway.on(transport, RunningGateway.LIMITS, RunningGateway.PACE);
                Follower plain = Follower.open(gateway, protocol(RawWebSocket.JSON));
                Follower deflated =
                        Follower.open(gateway, protocol(RawWebSocket.SBE), extensions(RawWebSocket.DEFLATE));
                RawWebSocket deaf = comesLater(gateway)) {
            assertThat(gateway.transport()).isEqualTo(transport);
            plain.socket.send(EVERYTHING);
            deflated.socket.send(EVERYTHING);
            deaf.send(EVERYTHING);
            while (gateway.metric(ABORTS) + gateway.metric(CLOSES) < 1 || gateway.metric("depthcast_connections") > 2) {
                keepUp(plain);
                keepUp(deflated);
            }
            assertThat(plain.provedBooks()).isEqualTo(INSTRUMENTS);
            assertThat(deflated.provedBooks()).isEqualTo(INSTRUMENTS);
        }
    }

    @ParameterizedTest
    @MethodSource("io.depthcast.app.AvailableTransports#all")
    void shouldNotTakeTheLargestUsualMessageForAFullSocket(Transport transport) throws Exception {
        Vertx vertx = Vertx.builder().withTransport(transport).build();
        CompletableFuture<Boolean> writable = new CompletableFuture<>();
        NetServer server = vertx.createNetServer(
                        new NetServerOptions().setSendBufferSize(PaceSettings.DEFAULT.sendBufferBytes()))
                .connectHandler(accepted -> {
                    Meters meters = new Meters(PrometheusRegistry.create(), "1.2.3");
                    Channel channel = ((ConnectionBase) accepted).channel();
                    WebSocketConnection connection = new WebSocketConnection(channel, meters);
                    connection.send(Unpooled.directBuffer().writeZero(Outflow.LIVE_BYTES));
                    writable.complete(connection.isWritable());
                });
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port(server))) {
            client.setSoTimeout(60_000);
            assertThat(client.getInputStream().readNBytes(Outflow.LIVE_BYTES)).hasSize(Outflow.LIVE_BYTES);
            assertThat(writable.get(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    /** Soon cut, as who came before is not: on a busy machine that one may be late. */
    private static RawWebSocket comesLater(RunningGateway gateway) throws Exception {
        gateway.limit(
                RunningGateway.limits(Map.of("stalledSeconds", 3)),
                RunningGateway.pace(Map.of("slowSeconds", 3, "slowCloseSeconds", 4)));
        return RawWebSocket.connectNarrow(gateway.port()).shakeHands();
    }

    private static int port(NetServer server) throws Exception {
        return server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS)
                .actualPort();
    }

    private static void keepUp(Follower follower) throws IOException {
        int updates = follower.books.size();
        follower.readUntil(() -> follower.books.size() >= updates + 100);
    }
}
