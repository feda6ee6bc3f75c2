package io.depthcast.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.wire.Frame;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.View;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session that sends data to a client of every speed, between a socket and streams that the test plays. */
class SessionLadderTest {
    private static final String LIVE = "{'op':'notice','code':'live'}";
    private static final String PING = "ping";

    private static final StreamKey BOOK = new StreamKey(3, new View.Book(25));

    private final SessionBench bench = SessionBench.json();

    SessionLadderTest() {
        bench.say("{'op':'subscribe','channel':'book','symbols':['X']}");
    }

    @AfterEach
    void shouldHaveFreedEveryBufferAndCountNothing() {
        bench.close();
    }

    @Test
    void shouldSendAPingRightBehindTheFirstDataAndTheNextDataOnceItIsAnswered() {
        assertThat(deliver("a")).isEqualTo(List.of("a", PING));
        assertThat(deliver("b")).isEmpty();
        assertThat(bench.pong()).isEmpty();
        assertThat(deliver("b")).isEqualTo(List.of("b"));
        assertThat(deliver("c")).isEqualTo(List.of("c"));
        assertThat(bench.clients("live")).isEqualTo(1);
    }

    @Test
    void shouldAskForWhatWasLeftOutAsSoonAsThePingIsAnswered() {
        deliver("a");
        deliver("b");
        bench.streams.takeAsked();

        bench.waitingRoom.lookAfter(bench.nowNanos());
        assertThat(bench.streams.takeAsked()).isEmpty();
        bench.pong();
        assertThat(bench.streams.takeAsked()).isEqualTo(List.of("ask book 3/25 at 7:1 every 1"));
        assertThat(bench.waitingRoom.size()).isEqualTo(1);
        bench.waitingRoom.lookAfter(bench.nowNanos());
        assertThat(bench.waitingRoom.size()).isZero();
    }

    @Test
    void shouldSendHeartbeatsToAClientThatGetsOneMessageAtATime() {
        deliver("a");
        Frame heartbeat = bench.frames.frame("beat".getBytes(StandardCharsets.UTF_8));
        bench.session.heartbeat(heartbeat, bench.messages, bench.nowNanos());
        bench.messages.clear();
        heartbeat.release();
        assertThat(bench.socket.takeSent()).isEqualTo(List.of("beat"));
    }

    @Test
    void shouldNotTakeAnyPongForTheOneAwaited() {
        deliver("a");
        bench.socket.ping = bench.socket.ping.copy().setByte(7, ~bench.socket.ping.getByte(7));
        bench.pong();
        assertThat(deliver("b")).isEmpty();
    }

    @Test
    void shouldNotBlameTheClientForATimeInWhichTheLoopWasHeldUp() {
        bench.waitingRoom.lookAfter(bench.nowNanos());
        becomeLive();
        deliver("x".repeat(9_000));
        bench.pass(8);
        assertThat(deliver("y")).isEqualTo(List.of("y"));
        bench.waitingRoom.lookAfter(bench.nowNanos());
        assertThat(bench.tick()).isEmpty();

        bench.pass(0.24);
        bench.waitingRoom.lookAfter(bench.nowNanos());
        assertThat(deliver("y")).isEqualTo(List.of("y"));
        bench.pass(0.02);
        assertThat(deliver("y")).singleElement().asString().contains("'conflating'");
    }

    @Test
    void shouldTellEveryStepOfAClientThatTakesNothing() {
        becomeLive();
        bench.socket.writable = false;
        assertThat(deliver("x"))
                .isEqualTo(List.of(PING, "{'op':'notice','code':'conflating','pendingBytes':20,'behindMillis':0}"));
        assertThat(bench.clients("conflating")).isEqualTo(1);
        assertThat(after(4.9)).isEmpty();
        String slow = "{'op':'notice','code':'slow','behindMillis':5000,'closeInMillis':5000}";
        assertThat(after(0.1)).isEqualTo(List.of(slow));
        assertThat(bench.clients("slow")).isEqualTo(1);
        assertThat(after(4.9)).isEmpty();
        bench.socket.pendingBytes = 1_048_576;
        assertThat(after(0.1)).isEqualTo(List.of("close 4000 slow consumer: 10.0 s behind, 1.0 MiB pending"));
        assertThat(after(1)).isEmpty();
        assertThat(bench.waitingRoom.size()).isEqualTo(1);
        bench.waitingRoom.lookAfter(bench.nowNanos());
        assertThat(bench.waitingRoom.size()).isZero();
    }

    @Test
    void shouldCountTheStepsByReason() {
        shouldTellEveryStepOfAClientThatTakesNothing();
        assertThat(bench.steps("conflating", "socket")).isEqualTo(1);
        assertThat(bench.steps("slow", "behind")).isEqualTo(1);
        assertThat(bench.steps("closed", "behind")).isEqualTo(1);
        assertThat(bench.steps("live", "calm")).isZero();
    }

    @Test
    void shouldMergeForAClientThatStoppedReadingAndSayWhenItIsLiveAgain() {
        becomeLive();
        bench.socket.writable = false;
        deliver("x");
        bench.pass(3);
        bench.socket.writable = true;
        bench.streams.takeAsked();

        bench.pong();
        assertThat(bench.streams.takeAsked()).isEqualTo(List.of("ask book 3/25 at 7:1 every 1"));
        assertThat(deliver("merged")).isEqualTo(List.of("merged", PING));
        assertThat(bench.pong()).isEmpty();
        assertThat(after(0.9)).isEmpty();
        assertThat(after(0.1)).isEqualTo(List.of(LIVE));
        assertThat(bench.session.view(bench.nowNanos()).mergedEvents()).isEqualTo(1);
        bench.session.onClosed();
        assertThat(bench.mergedUpdates()).isEqualTo(1);
    }

    @Test
    void shouldCloseAClientForWhomTooMuchWaits() {
        bench.socket.pendingBytes = 1_048_577;
        assertThat(bench.tick()).isEqualTo(List.of("close 4000 slow consumer: 0.0 s behind, 1.0 MiB pending"));
    }

    @Test
    void shouldHoldToTheLimitThatTheClientSetsAndNeverCloseItForThat() {
        assertThat(bench.say("{'op':'limit','id':5,'bytesPerSecond':1000}"))
                .isEqualTo(List.of("{'op':'limited','id':5,'bytesPerSecond':1000}"));
        becomeLive();
        deliver("x".repeat(3_000));
        assertThat(deliver("y")).singleElement().asString().startsWith("{'op':'notice','code':'conflating'");
        for (int tenth = 0; tenth < 300; tenth++) {
            bench.pong();
            bench.pass(0.1);
            bench.waitingRoom.lookAfter(bench.nowNanos());
            assertThat(bench.tick()).isEmpty();
            deliver("z".repeat(3_000));
        }
        assertThat(bench.session.view(bench.nowNanos()).bytesSent()).isBetween(27_000L, 40_000L);
        assertThat(bench.say("{'op':'limit','bytesPerSecond':99999999999}"))
                .isEqualTo(List.of("{'op':'limited','bytesPerSecond':4194304}"));
    }

    @Test
    void shouldShowItselfToTheOperator() {
        deliver("a");
        bench.pass(0.2);
        SessionView view = bench.session.view(bench.nowNanos());

        assertThat(view.bytesSent()).isPositive();
        assertThat(view)
                .isEqualTo(new SessionView(
                        "s1",
                        bench.socket.address(),
                        "",
                        "websocket",
                        "depthcast.v1.json",
                        view.openedNanos(),
                        200,
                        1,
                        view.bytesSent(),
                        200,
                        Rung.LIVE,
                        view.bytesSent(),
                        3,
                        0));
    }

    private void becomeLive() {
        deliver("a");
        bench.pong();
        assertThat(bench.clients("live")).isEqualTo(1);
    }

    /** Has an update come for the book; returns what is sent. */
    private List<String> deliver(String text) {
        bench.deliver(BOOK, text);
        return bench.socket.takeSent();
    }

    private List<String> after(double seconds) {
        bench.pass(seconds);
        return bench.tick();
    }
}
