package io.depthcast.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.book.BookChecksum;
import io.depthcast.book.BookUpdate;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Levels;
import io.depthcast.book.StepSize;
import io.depthcast.wire.BookChoice;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Command;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.ListedInstrument;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client while instruments come, change and go. */
@NeedsSockets
class LiveInstrumentsTest {
    private static final long EPOCH = 1_795_363_200_000_000L;
    private static final Instrument TENTHS = new Instrument(1, "ACME", StepSize.parse("0.1"), StepSize.parse("1"));
    private static final Instrument CENTS = new Instrument(1, "ACME", StepSize.parse("0.01"), StepSize.parse("1"));

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }

    static Stream<Encoding> encodings() {
        return Encodings.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void shouldNeverShowABookInTheWrongSteps(Encoding encoding) throws Exception {
        ClientIntake intake = intake(encoding);
        say(
                intake,
                "{\"op\":\"welcome\",\"session\":\"s\",\"server\":\"d\",\"time\":" + EPOCH + ",\"flushMillis\":20}");
        send(intake, encoding, out -> encoding.encodeInstruments(List.of(ListedInstrument.open(TENTHS)), out));
        say(
                intake,
                "{\"op\":\"subscribed\",\"channel\":\"book\",\"depth\":10,\"intervalMillis\":0,\"symbols\":{\"ACME\":1}}");
        send(intake, encoding, out -> encoding.encode(snapshot(5, 100), TENTHS, EPOCH, out));
        ProvedBook book = intake.books().find("ACME");
        assertThat(shown(intake, book)).isEqualTo("0.1 [100x1]");

        send(intake, encoding, out -> encoding.encodeInstruments(List.of(ListedInstrument.open(CENTS)), out));
        assertThat(shown(intake, book)).isEqualTo("0.01 []");
        assertThat(book.version()).isNull();

        send(intake, encoding, out -> encoding.encode(snapshot(6, 1_001), CENTS, EPOCH, out));
        assertThat(shown(intake, book)).isEqualTo("0.01 [1001x1]");
        assertThat(heard).containsExactly("book 5", "book 6");
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void shouldKnowTheStatusOfEveryInstrument(Encoding encoding) throws Exception {
        ClientIntake intake = intake(encoding);
        send(intake, encoding, out -> encoding.encodeInstruments(List.of(ListedInstrument.open(TENTHS)), out));
        send(intake, encoding, out -> encoding.encodeStatus(TENTHS, InstrumentStatus.HALTED, 7, out));

        assertThat(heard).containsExactly("1 HALTED at 7");
        assertThat(intake.instruments().listed("ACME"))
                .isEqualTo(new ListedInstrument(TENTHS, InstrumentStatus.HALTED));
    }

    @Test
    void shouldForgetWhatIsRemovedButNotWhatIsWantedOfAll() throws Exception {
        ClientIntake intake = intake(Encodings.JSON);
        say(
                intake,
                "{\"op\":\"subscribed\",\"channel\":\"book\",\"depth\":10,\"intervalMillis\":0,\"symbols\":{\"ACME\":1}}");
        say(intake, "{\"op\":\"unsubscribed\",\"channel\":\"book\",\"symbols\":[\"ACME\"],\"why\":\"removed\"}");
        assertThat(intake.books().count()).isZero();

        WantedStreams wanted = new WantedStreams();
        wanted.subscribe(Channel.BOOK, List.of("*"), StreamTerms.book(10));
        wanted.subscribe(Channel.BOOK, List.of("ACME"), StreamTerms.book(25));
        wanted.onUnsubscribed(new ControlMessage.Unsubscribed(
                null, Channel.BOOK, List.of("ACME"), BookChoice.ALL, ControlMessage.Unsubscribed.REMOVED));
        assertThat(wanted.askForAll(depth -> Map.of()))
                .extracting(command -> ((Command.Subscribe) command).symbols())
                .containsExactly(List.of("*"));
    }

    @Test
    void shouldGoOnWithWhatWasKnownBeforehandUntilThereIsAList() {
        LiveInstruments instruments = new LiveInstruments(Map.of("ACME", TENTHS)::get);
        assertThat(instruments.find("ACME")).isEqualTo(TENTHS);

        assertThat(instruments.replace(
                        List.of(ListedInstrument.open(new Instrument(2, "B", TENTHS.tickSize(), TENTHS.lotSize())))))
                .isEmpty();
        assertThat(instruments.find("ACME")).isNull();
        assertThat(instruments.replace(List.of())).containsExactly("B");
    }

    private ClientIntake intake(Encoding encoding) {
        ClientSettings settings =
                ClientSettings.of(URI.create("ws://localhost:1/v1/stream")).withEncoding(encoding);
        ClientContext context = ClientContext.of(loops);
        ClientLink link = new ClientLink(settings, context, loops.next());
        return new ClientIntake(settings, context, link, loops.next(), new ClientListener() {
            @Override
            public void onBook(BookMessage book) {
                heard.add("book " + book.sequence());
            }

            @Override
            public void onStatus(int instrumentId, InstrumentStatus status, long timeMicros) {
                heard.add(instrumentId + " " + status + " at " + timeMicros);
            }
        });
    }

    private static BookUpdate snapshot(long sequence, long bidTicks) {
        Levels bids = new Levels(new long[] {bidTicks}, new long[] {1});
        int checksum = BookChecksum.of(Levels.NONE, bids);
        return new BookUpdate(1, 10, EPOCH, 0, sequence, EPOCH, checksum, bids, Levels.NONE);
    }

    private static String shown(ClientIntake intake, ProvedBook book) {
        ListedInstrument listed = intake.instruments().listed("ACME");
        return listed.instrument().tickSize() + " " + book.bids(10);
    }

    private static void send(ClientIntake intake, Encoding encoding, Consumer<ByteBuf> writer) throws Exception {
        ByteBuf out = Unpooled.buffer();
        writer.accept(out);
        if (encoding.isBinary()) {
            intake.onBinary(out);
        } else {
            intake.onText(out);
        }
    }

    private static void say(ClientIntake intake, String text) throws Exception {
        intake.onText(Unpooled.copiedBuffer(text, UTF_8));
    }
}
