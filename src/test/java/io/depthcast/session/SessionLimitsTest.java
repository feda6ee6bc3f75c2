package io.depthcast.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.fanout.MessageCache;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionLimitsTest {
    private static final String PONG = "{'op':'pong','time':1795363200000000}";
    private static final String RATE_LIMITED = "{'op':'error','code':'rate-limited','reason':"
            + "'command dropped: at most 10 a second; put many symbols into one command'}";
    private static final String TOO_MANY = "{'op':'error','code':'too-many-subscriptions','reason':"
            + "'at most 2 streams a connection; unsubscribe some','symbol':'X'}";

    private SessionBench bench = SessionBench.json();

    @AfterEach
    void shouldHaveFreedEveryBufferAndCountNoSubscription() {
        bench.close();
    }

    @Test
    void shouldDropCommandsBeyondTheRateAndThenCloseTheConnection() {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            sent.addAll(bench.say("{'op':'ping'}"));
        }

        List<String> expected = new ArrayList<>(Collections.nCopies(20, PONG));
        expected.addAll(Collections.nCopies(3, RATE_LIMITED));
        expected.add("close 4003 more than 10 commands a second");
        assertThat(sent).isEqualTo(expected);
    }

    @Test
    void shouldServeAClientThatKeepsToTheRate() {
        for (int i = 0; i < 200; i++) {
            assertThat(bench.say("{'op':'ping'}")).isEqualTo(List.of(PONG));
            bench.pass(0.1);
        }
    }

    @Test
    void shouldForgiveAClientThatSlowsDownAfterARefusal() {
        for (int i = 0; i < 20; i++) {
            bench.say("{'op':'ping'}");
        }
        for (int i = 0; i < 10; i++) {
            assertThat(bench.say("{'op':'ping'}")).isEqualTo(List.of(RATE_LIMITED));
            bench.pass(1);
            for (int command = 0; command < 10; command++) {
                assertThat(bench.say("{'op':'ping'}")).isEqualTo(List.of(PONG));
            }
        }
    }

    @Test
    void shouldCountWhatIsNoCommandAgainstTheRateAsWell() {
        for (int i = 0; i < 20; i++) {
            bench.say("nonsense");
        }
        assertThat(bench.say("{'op':'ping'}")).isEqualTo(List.of(RATE_LIMITED));
    }

    @Test
    void shouldAnswerPingsUpToTheLimitWithTheirPayload() {
        ByteBuf payload = Unpooled.copiedBuffer("p", StandardCharsets.UTF_8);
        for (int i = 0; i < 201; i++) {
            bench.session.onPing(payload, bench.nowNanos());
        }

        List<String> expected = new ArrayList<>(Collections.nCopies(200, "pong p"));
        expected.add("close 1008 more than 20 pings a second");
        assertThat(bench.socket.takeSent()).isEqualTo(expected);
        assertThat(payload.refCnt()).isEqualTo(1);
        payload.release();
    }

    @Test
    void shouldRefuseStreamsBeyondTheLimitAndCloseWhoAsksAgainAndAgain() {
        bench.close();
        bench = new SessionBench(Form.JSON, withTwoSubscriptions());
        String all = "{'op':'subscribe','channel':'bbo','symbols':['*']}";

        assertThat(bench.say(all))
                .isEqualTo(List.of(
                        TOO_MANY,
                        "{'op':'subscribed','channel':'bbo','intervalMillis':0,'symbols':{'BTC-USD':1,'ETH-USD':2}}"));
        bench.say("{'op':'unsubscribe','channel':'bbo','symbols':['BTC-USD']}");
        assertThat(bench.say("{'op':'subscribe','channel':'bbo','symbols':['X']}"))
                .hasSize(1);
        assertThat(bench.subscriptionsMetered()).isEqualTo(2);
        bench.say(all);
        bench.say(all);
        assertThat(bench.say(all)).last().isEqualTo("close 4503 asked for too many streams again and again");
    }

    @Test
    void shouldCountEverySubscriptionOnceAlsoWhenACommandEndsTheConnection() {
        bench.close();
        bench = new SessionBench(Form.JSON, withTwoSubscriptions());
        bench.socket.onClose = bench.session::onClosed;
        String all = "{'op':'subscribe','channel':'bbo','symbols':['*']}";
        for (int i = 0; i < 3; i++) {
            bench.say(all);
            bench.say("{'op':'unsubscribe','channel':'bbo','symbols':['BTC-USD']}");
        }

        bench.say(all);
        assertThat(bench.subscriptionsMetered()).isZero();
    }

    @Test
    void shouldSendAHeartbeatOnlyWhereThereIsRoom() {
        Frame heartbeat = bench.frames.frame("beat".getBytes(StandardCharsets.UTF_8));
        MessageCache messages = new MessageCache(bench.allocator);

        bench.session.heartbeat(heartbeat, messages, bench.nowNanos());
        bench.socket.writable = false;
        bench.session.heartbeat(heartbeat, messages, bench.nowNanos());
        assertThat(bench.socket.takeSent()).isEqualTo(List.of("beat"));
        messages.clear();
        heartbeat.release();
    }

    @Test
    void shouldLetSnapshotsBeyondTheBudgetWait() {
        bench.close();
        PaceSettings d = PaceSettings.DEFAULT;
        PaceSettings pace = new PaceSettings(
                d.bytesPerSecond(),
                d.pendingBytes(),
                d.ackMillis(),
                d.slowSeconds(),
                d.slowCloseSeconds(),
                1,
                2,
                d.lifetimeSeconds(),
                d.sendBufferBytes());
        bench = new SessionBench(Form.JSON, LimitSettings.DEFAULT, pace);
        bench.say("{'op':'subscribe','channel':'book','symbols':['X']}");
        assertThat(bench.say("{'op':'subscribe','channel':'book','symbols':['BTC-USD','ETH-USD']}"))
                .isEqualTo(List.of("{'op':'subscribed','channel':'book','depth':25,'intervalMillis':0,"
                        + "'symbols':{'BTC-USD':1,'ETH-USD':2}}"));
        assertThat(bench.streams.takeAsked())
                .isEqualTo(List.of("ask book 3/25 at 0:0 every 1", "ask book 1/25 at 0:0 every 1"));

        bench.say("{'op':'resync','channel':'book','symbols':['X']}");
        assertThat(bench.streams.takeAsked()).isEqualTo(List.of("withdraw book 3/25 at 0:0 every 1"));
        for (int second = 0; second < 2; second++) {
            bench.pass(0.99);
            bench.waitingRoom.lookAfter(bench.nowNanos());
            assertThat(bench.streams.takeAsked()).isEmpty();
            bench.pass(0.01);
            bench.waitingRoom.lookAfter(bench.nowNanos());
            assertThat(bench.streams.takeAsked()).singleElement().asString().startsWith("ask book ");
        }
        bench.waitingRoom.lookAfter(bench.nowNanos());
        assertThat(bench.waitingRoom.size()).isZero();
        assertThat(bench.registry
                        .get("depthcast.rate.limited")
                        .tag("limit", "snapshots")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void shouldEndAConnectionAfterItsLifetimeTenPercentMoreOrLess() {
        bench.say("{'op':'subscribe','channel':'book','symbols':['X']}");
        bench.pass(0.9 * 86_400 - 1);
        assertThat(bench.tick()).doesNotContain("close");
        bench.pong();
        String close = "";
        for (int minute = 0; minute < 0.2 * 1_440 + 1 && !close.startsWith("close"); minute++) {
            bench.pass(60);
            List<String> sent = bench.tick();
            bench.pong();
            close = sent.isEmpty() ? "" : sent.get(sent.size() - 1);
        }
        assertThat(close).matches("close 1012 a connection lasts 2[1-6]\\.[0-9] h; reconnect and resume");
    }

    private static LimitSettings withTwoSubscriptions() {
        LimitSettings d = LimitSettings.DEFAULT;
        return new LimitSettings(
                d.requestHeadBytes(),
                d.requestHeadSeconds(),
                d.frameBytes(),
                d.messageBytes(),
                d.fragments(),
                d.commandsPerSecond(),
                d.commandBurst(),
                d.pingsPerSecond(),
                d.pingBurst(),
                2,
                d.unsubscribedSeconds(),
                d.pingSeconds(),
                d.pongSeconds(),
                d.stalledSeconds());
    }
}
