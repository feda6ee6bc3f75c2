package io.depthcast.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import io.depthcast.metrics.Meters;
import io.depthcast.metrics.SourceMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The connections of publishers, with time moved by hand. */
class PublisherTest {
    private final PlainDoor door = new PlainDoor();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SourceMeters meters = new Meters(registry, "test").source("publish");
    private final Publishers publishers = new Publishers(door, meters);

    private static final class Wire implements PublishingSession.Connection {
        final List<String> sent = new ArrayList<>();
        boolean writable = true;

        @Override
        public void send(String text) {
            sent.add(text);
        }

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public void reading(boolean on) {
            sent.add(on ? "reads" : "stops");
        }

        @Override
        public void close(int code, String reason) {
            sent.add("close " + code);
        }
    }

    @Test
    void shouldSayTenTimesASecondWhatWasPublishedAndAtOnceWhatWasNot() {
        Wire wire = new Wire();
        PublishingSession session = publishers.named("desk").connect(wire, symbol -> true, 0);

        say(session, "{\"op\":\"heartbeat\"}", 0);
        say(session, "[{\"op\":\"heartbeat\"},{\"op\":\"x\"},{\"op\":\"heartbeat\"}]", 1);
        publishers.tick(nanos(99));
        assertThat(wire.sent)
                .hasSize(2)
                .startsWith("{\"op\":\"published\",\"through\":1}")
                .element(1)
                .asString()
                .startsWith(
                        "{\"op\":\"refused\",\"object\":3,\"code\":\"bad-request\",\"reason\":\"op: expected one of");

        publishers.tick(nanos(100));
        publishers.tick(nanos(300));
        assertThat(wire.sent).hasSize(3).endsWith("{\"op\":\"published\",\"through\":4}");
        assertThat(door.told).containsExactly("heartbeat", "heartbeat", "heartbeat");
    }

    @Test
    void shouldSayOnlyWhatCanNoLongerBeLostOnceThatIsSo() {
        Wire wire = new Wire();
        PublishingSession session = publishers.named("desk").connect(wire, symbol -> true, 0);
        door.settled = false;
        say(session, "{\"op\":\"heartbeat\"}", 0);
        say(session, "{\"op\":\"heartbeat\"}", 1);
        publishers.tick(nanos(500));
        assertThat(wire.sent).isEmpty();

        door.settled = true;
        publishers.tick(nanos(501));
        publishers.tick(nanos(600));
        publishers.tick(nanos(601));
        assertThat(wire.sent)
                .containsExactly("{\"op\":\"published\",\"through\":1}", "{\"op\":\"published\",\"through\":2}");
    }

    @Test
    void shouldSaySoOfABodyAsWell() {
        PostedLines lines = publishers.named("desk").post(symbol -> true);
        door.settled = false;
        lines.add("{\"op\":\"heartbeat\"}\n".getBytes(UTF_8));
        lines.end();
        assertThat(lines.isSettled()).isFalse();
        door.settled = true;
        assertThat(lines.isSettled()).isTrue();
    }

    @Test
    void shouldStopReadingWhileThereIsNoRoom() {
        Wire wire = new Wire();
        PublishingSession session = publishers.named("desk").connect(wire, symbol -> true, 0);
        door.full = true;
        say(session, "{\"op\":\"heartbeat\"}", 0);
        publishers.tick(nanos(50));
        door.full = false;
        publishers.tick(nanos(51));
        wire.writable = false;
        publishers.tick(nanos(52));
        wire.writable = true;
        publishers.tick(nanos(53));

        assertThat(wire.sent)
                .containsExactly("{\"op\":\"published\",\"through\":1}", "stops", "reads", "stops", "reads");
    }

    @Test
    void shouldHaveTheSecondConnectionOfANameTakeOver() {
        Wire first = new Wire();
        Wire second = new Wire();
        Publisher desk = publishers.named("desk");
        PublishingSession former = desk.connect(first, symbol -> true, 0);
        PublishingSession latter = desk.connect(second, symbol -> true, 1);
        say(former, "{\"op\":\"heartbeat\"}", 2);
        desk.disconnected(former, nanos(3));
        publishers.tick(nanos(10_000));

        assertThat(first.sent).containsExactly("close 4009");
        assertThat(door.told).isEmpty();
        say(latter, "{\"op\":\"heartbeat\"}", 10_001);
        assertThat(door.told).containsExactly("heartbeat");
        assertThat(door.opened).containsExactly("desk 10000");
        assertThat(registry.get("depthcast.source.reconnects").functionCounter().count())
                .isEqualTo(1);
    }

    @Test
    void shouldSayThatASourceIsGoneAfterThreeSeconds() {
        Publisher desk = publishers.named("desk");
        desk.disconnected(desk.connect(new Wire(), symbol -> true, 0), 0);
        publishers.tick(nanos(2_999));
        assertThat(door.told).isEmpty();
        publishers.tick(nanos(3_000));
        publishers.tick(nanos(9_000));
        assertThat(door.told).containsExactly("disconnected");
    }

    @Test
    void shouldNotNoticeThatASourceWasGoneIfItIsBackInTime() {
        Publisher desk = publishers.named("desk");
        desk.disconnected(desk.connect(new Wire(), symbol -> true, 0), 0);
        desk.connect(new Wire(), symbol -> true, nanos(2_000));
        publishers.tick(nanos(60_000));
        assertThat(door.told).isEmpty();
    }

    @Test
    void shouldTakeAThousandNamesAndNoMoreUntilOneIsIdle() {
        Intake intake = new Intake(1, IntakeListener.NONE);
        Publishers many = new Publishers(intake.open("publish", 10_000), meters);
        PublishingSession listing = many.named("listing").connect(new Wire(), symbol -> true, 0);
        say(listing, "{\"op\":\"define\",\"symbol\":\"ACME\",\"tickSize\":\"0.01\",\"lotSize\":\"1\"}", 0);
        Publisher lister = many.named("listing");
        lister.disconnected(listing, 0);
        many.named("connected").connect(new Wire(), symbol -> true, 0);
        for (int i = 2; i < Publishers.MAX_NAMES; i++) {
            assertThat(many.named("n" + i)).isNotNull();
        }
        assertThat(many.named("one-more")).isNull();
        many.tick(nanos(59_999));
        assertThat(many.named("one-more")).isNull();

        Publisher connected = many.named("connected");
        many.tick(nanos(120_000));
        for (int i = 0; i < 10 * Publishers.MAX_NAMES; i++) {
            many.tick(nanos(120_000L * (i + 1)));
            assertThat(many.named("new" + i)).isNotNull();
        }
        assertThat(many.named("listing")).isSameAs(lister);
        assertThat(many.named("connected")).isSameAs(connected);
    }

    private static void say(PublishingSession session, String text, long millis) {
        session.onText(text.getBytes(UTF_8), nanos(millis));
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
