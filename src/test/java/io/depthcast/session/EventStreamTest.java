package io.depthcast.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.auth.Identity;
import io.depthcast.wire.Command;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.Version;
import io.depthcast.wire.View;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream of events to a client of every speed, between a socket and streams that the test plays. */
class EventStreamTest {
    private static final StreamKey BOOK = new StreamKey(3, new View.Book(25));
    private static final double DAY_SECONDS = 86_400;

    private final LoopBench bench = new LoopBench(LimitSettings.DEFAULT, PaceSettings.DEFAULT);
    private final InMemorySocket socket = InMemorySocket.ofText();
    private final EventStream stream;
    private final String retry;

    EventStreamTest() {
        Command.Subscribe command = new Command.Subscribe(null, new View.Book(25), List.of("X"), 0, Map.of());
        stream = EventStream.open(
                "e1",
                Form.of(Encodings.JSON, 0),
                socket,
                bench.shared,
                new EventRequest(Identity.ANYONE, List.of(command), new Version(7, 0)),
                bench.nowNanos());
        retry = socket.takeSent().get(0);
    }

    @AfterEach
    void shouldHaveFreedEveryBufferAndCountNothing() {
        bench.close(stream);
    }

    @Test
    void shouldSayWhenToComeBackAndThenSendEveryUpdateWhoseBytesAreTaken() {
        assertThat(retry).matches("retry: [1-4]\\d{3}\n\n");
        assertThat(deliver("a")).isEqualTo(List.of("data: a\nid: 1:2\n\n"));
        assertThat(deliver("b")).isEqualTo(List.of("data: b\nid: 1:2\n\n"));
        assertThat(bench.clients("live")).isEqualTo(1);
    }

    @Test
    void shouldTellEveryStepOfAClientThatTakesNothingAndWhyItEnds() {
        deliver("a");
        takeNoMore();
        assertThat(deliver("b"))
                .isEqualTo(
                        List.of(notice("{'op':'notice','code':'conflating','pendingBytes':20480,'behindMillis':0}")));
        assertThat(bench.clients("conflating")).isEqualTo(1);
        assertThat(after(4.9)).isEmpty();
        assertThat(after(0.1))
                .isEqualTo(List.of(notice("{'op':'notice','code':'slow','behindMillis':5000,'closeInMillis':5000}")));
        assertThat(bench.clients("slow")).isEqualTo(1);
        assertThat(after(4.9)).isEmpty();
        String reason = "slow consumer: 10.0 s behind, 20.0 KiB pending";
        assertThat(after(0.1)).isEqualTo(List.of(close(4000, reason) + retry, "close 4000 " + reason));
        assertThat(after(1)).isEmpty();
        assertThat(bench.steps("conflating", "socket")).isEqualTo(1);
        assertThat(bench.steps("slow", "behind")).isEqualTo(1);
        assertThat(bench.steps("closed", "behind")).isEqualTo(1);
        assertThat(bench.waitingRoom.size()).isEqualTo(1);
        bench.waitingRoom.lookAfter(bench.nowNanos());
        assertThat(bench.waitingRoom.size()).isZero();
    }

    @Test
    void shouldMergeForAClientThatTookNothingAndSayWhenItIsLiveAgain() {
        deliver("a");
        takeNoMore();
        deliver("b");
        bench.pass(3);
        bench.streams.takeAsked();

        socket.writable = true;
        stream.onWritable(bench.nowNanos());
        assertThat(bench.streams.takeAsked()).isEmpty();
        socket.takesAll = true;
        stream.onWritable(bench.nowNanos());
        assertThat(bench.streams.takeAsked()).isEqualTo(List.of("ask book 3/25 at 7:1 every 1"));
        assertThat(deliver("merged")).isEqualTo(List.of("data: merged\nid: 1:2\n\n"));
        assertThat(after(0.9)).isEmpty();
        assertThat(after(0.1)).isEqualTo(List.of(notice("{'op':'notice','code':'live'}")));
        assertThat(stream.view(bench.nowNanos()).mergedEvents()).isEqualTo(1);
        stream.onClosed();
        assertThat(bench.mergedUpdates()).isEqualTo(1);
    }

    @Test
    void shouldBringAClientThatIsAboutToBeClosedBackByWhatItTakes() {
        takeNoMore();
        deliver("b");
        after(5);
        after(4);
        assertThat(bench.clients("slow")).isEqualTo(1);

        socket.takenBytes = socket.writtenBytes;
        assertThat(after(0))
                .isEqualTo(
                        List.of(notice("{'op':'notice','code':'conflating','pendingBytes':20480,'behindMillis':0}")));
        assertThat(after(4)).isEmpty();
        assertThat(bench.steps("conflating", "relieved")).isEqualTo(1);
    }

    @Test
    void shouldSendHeartbeatsAndNoOtherSignOfLife() {
        for (int minute = 0; minute < 10; minute++) {
            assertThat(after(60)).isEmpty();
        }
    }

    @Test
    void shouldEndAfterADayMoreOrLess() {
        assertThat(after(0.9 * DAY_SECONDS - 1)).isEmpty();

        List<String> last = after(0.2 * DAY_SECONDS + 2);

        String reason = "a connection lasts 26.4 h; reconnect and resume";
        assertThat(last).isEqualTo(List.of(close(1012, reason) + retry, "close 1012 " + reason));
    }

    @Test
    void shouldTellWhenTheGatewayGoesAndWhenToComeBackThen() {
        stream.announceDrain(700);
        stream.close(new CloseReason(CloseReason.GOING_AWAY, "gone"));

        assertThat(socket.takeSent())
                .isEqualTo(List.of(
                        notice("{'op':'notice','code':'draining','reconnectAfterMillis':700}"),
                        "retry: 700\n\n",
                        close(1001, "gone") + "retry: 700\n\n",
                        "close 1001 gone"));
    }

    @Test
    void shouldTellWhatAllAreTold() {
        Announcement told = bench.shared.announcements().flushInterval(20, 80);
        stream.announce(told);
        told.release();
        assertThat(socket.takeSent())
                .isEqualTo(List.of(notice("{'op':'notice','code':'overloaded','flushMillis':80}")));
    }

    @Test
    void shouldShowItselfToTheOperator() {
        deliver("a");
        takeNoMore();
        deliver("b");
        bench.pass(0.2);
        SessionView view = stream.view(bench.nowNanos());

        assertThat(view)
                .isEqualTo(new SessionView(
                        "e1",
                        socket.address(),
                        "",
                        "sse",
                        "depthcast.v1.json",
                        view.openedNanos(),
                        200,
                        1,
                        20_480,
                        200,
                        Rung.CONFLATING,
                        socket.writtenBytes,
                        3,
                        0));
    }

    private static String notice(String json) {
        return "event: notice\ndata: " + json + "\n\n";
    }

    private static String close(int code, String reason) {
        return "event: close\ndata: {'op':'close','code':" + code + ",'reason':'" + reason + "'}\n\n";
    }

    /** From now on the socket is full. */
    private void takeNoMore() {
        socket.takenBytes = socket.writtenBytes - 1;
        socket.takesAll = false;
        socket.writable = false;
        socket.pendingBytes = 20_480;
    }

    private List<String> deliver(String text) {
        bench.deliver(BOOK, text);
        return socket.takeSent();
    }

    private List<String> after(double seconds) {
        bench.pass(seconds);
        stream.onTick(bench.nowNanos());
        return socket.takeSent();
    }
}
