package io.depthcast.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session as its clock moves on: who is asked whether they are there, and who is cut. */
class LivenessTest {
    private static final List<String> PING = List.of("ping");
    private static final List<String> NOTHING = List.of();

    private final SessionBench bench = SessionBench.json();

    @BeforeEach
    void subscribe() {
        bench.say("{'op':'subscribe','channel':'book','symbols':['X']}");
    }

    @AfterEach
    void shouldHaveFreedEveryBufferAndCountNoSubscription() {
        bench.close();
    }

    @Test
    void shouldPingAfterTwentySecondsOfSilence() {
        assertThat(after(19.999)).isEqualTo(NOTHING);
        assertThat(after(0.001)).isEqualTo(PING);
        assertThat(after(1)).isEqualTo(NOTHING);
    }

    @Test
    void shouldNotPingWhoTalks() {
        bench.pass(19);
        bench.say("{'op':'ping'}");
        assertThat(after(19)).isEqualTo(NOTHING);
        assertThat(after(1)).isEqualTo(PING);
    }

    @Test
    void shouldGoOnPingingWhoAnswers() {
        for (int i = 0; i < 5; i++) {
            assertThat(after(20)).isEqualTo(PING);
            bench.pass(9);
            bench.pong();
            assertThat(after(2)).isEqualTo(NOTHING);
            bench.pass(-2);
        }
    }

    @Test
    void shouldCloseWhoDoesNotAnswerAPing() {
        assertThat(after(20)).isEqualTo(PING);
        assertThat(after(9.999)).isEqualTo(NOTHING);
        assertThat(after(0.001)).isEqualTo(List.of("close 4001 no pong within 10 s"));
    }

    @Test
    void shouldNotBlameALatePongOnWhomWeKeepWaiting() {
        assertThat(after(20)).isEqualTo(PING);
        bench.socket.writable = false;
        assertThat(bench.session.hasRoom(bench.nowNanos())).isFalse();
        bench.session.onNoRoom();
        assertThat(bench.socket.takeSent()).singleElement().asString().contains("'conflating'");
        assertThat(after(9.9)).singleElement().asString().contains("'slow'");
        bench.socket.writable = true;
        assertThat(bench.pong()).singleElement().asString().contains("'conflating'");
        assertThat(after(1)).singleElement().asString().contains("'live'");
    }

    @Test
    void shouldNotPingBehindWhatTheSocketHasNotTaken() {
        bench.socket.pending = true;
        for (int second = 0; second < 40; second++) {
            bench.socket.takenBytes++;
            assertThat(after(1)).isEqualTo(NOTHING);
        }
        bench.socket.pending = false;
        assertThat(after(1)).isEqualTo(PING);
    }

    @Test
    void shouldAbortASocketThatTakesNothingForTenSeconds() {
        bench.socket.pending = true;
        bench.socket.takenBytes = 5;
        assertThat(after(1)).isEqualTo(NOTHING);
        assertThat(after(9.999)).isEqualTo(NOTHING);
        assertThat(after(0.001)).isEqualTo(List.of("abort"));
        assertThat(bench.registry
                        .get("depthcast.slow.consumer.aborts")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldStartTheTenSecondsAnewWithEveryByteTaken() {
        bench.socket.pending = true;
        for (int i = 0; i < 5; i++) {
            bench.socket.takenBytes++;
            assertThat(after(9)).isEqualTo(NOTHING);
        }
        assertThat(after(9)).isEqualTo(NOTHING);
        assertThat(after(1)).isEqualTo(List.of("abort"));
    }

    @Test
    void shouldNotCountTheTimeInWhichNothingWaited() {
        for (int second = 0; second < 15; second++) {
            assertThat(after(1)).isEqualTo(NOTHING);
        }
        bench.socket.pending = true;
        assertThat(after(9.999)).isEqualTo(NOTHING);
        assertThat(after(0.001)).isEqualTo(List.of("abort"));
    }

    @Test
    void shouldCloseWhoSubscribesToNothingForThirtySeconds() {
        bench.say("{'op':'unsubscribe','channel':'book','symbols':['X']}");
        bench.tick();
        for (int second = 0; second < 29; second++) {
            bench.pass(1);
            bench.say("{'op':'ping'}");
            assertThat(bench.tick()).isEqualTo(NOTHING);
        }
        assertThat(after(1)).isEqualTo(List.of("close 4005 nothing subscribed for 30 s"));
    }

    @Test
    void shouldCountTheThirtySecondsFromTheLastSubscription() {
        bench.pass(29);
        bench.pong();
        bench.tick();
        bench.say("{'op':'unsubscribe','channel':'book','symbols':['X']}");
        assertThat(after(19)).isEqualTo(NOTHING);
        bench.pong();
        assertThat(after(10.999)).isEqualTo(NOTHING);
        assertThat(after(0.001)).isEqualTo(List.of("close 4005 nothing subscribed for 30 s"));
    }

    private List<String> after(double seconds) {
        bench.pass(seconds);
        return bench.tick();
    }
}
