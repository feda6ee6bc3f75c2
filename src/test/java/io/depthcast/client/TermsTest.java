package io.depthcast.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.book.BookUpdate;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Version;
import io.depthcast.wire.View;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client makes of streams on terms that it has put others in the place of; the gateway's side is played by hand. */
@Timeout(300)
@NeedsSockets
class TermsTest {
    private static final long EPOCH_MICROS = 1_795_363_200_000_000L;
    private static final int LEVELS = 150;
    private static final Instrument INSTRUMENT = new Instrument(1, "BTC-USD", new StepSize(1, -1), new StepSize(1, -4));

    private final EventLoop loop = new DefaultEventLoop();
    private final InstrumentState market = new InstrumentState(INSTRUMENT);
    private final List<ProvedBook.Outcome> doubts = new ArrayList<>();
    private final ClientListener listener = new Doubtful(doubts);
    private long sequence = 1;

    private record Doubtful(List<ProvedBook.Outcome> doubts) implements ClientListener {
        @Override
        public void onUnproved(BookMessage message, ProvedBook.Outcome outcome) {
            doubts.add(outcome);
        }
    }

    @AfterEach
    void stop() {
        loop.shutdownGracefully().syncUninterruptibly();
    }

    /** A flush that falls between the commands sends a book to the depth of all, where a deeper one is resumed. */
    @ParameterizedTest
    @EnumSource
    void shouldResumeABookWhoseTermsAreNotThoseOfAll(EncodedSamples.Kind kind) throws Exception {
        Encoding encoding = encoding(kind);
        open();
        ClientIntake intake = intake(encoding);
        intake.subscribe(Channel.BOOK, List.of("*"), StreamTerms.book(100));
        intake.subscribe(Channel.BOOK, List.of("BTC-USD"), StreamTerms.book(500));
        intake.onText(welcome());
        intake.onText(subscribed(500));
        long held = tell(intake, encoding, 500, 0);

        intake.onDisconnected(new Disconnection(1006, "", 0, 0));
        change();
        intake.onText(welcome());
        intake.onText(subscribed(100));
        long passing = tell(intake, encoding, 100, 0);
        change();
        tell(intake, encoding, 100, passing);
        intake.onText(subscribed(500));
        long resumed = tell(intake, encoding, 500, held);

        assertThat(doubts).isEmpty();
        ProvedBook book = Objects.requireNonNull(intake.books().find("BTC-USD"));
        assertThat(book.version()).isEqualTo(new Version(EPOCH_MICROS, resumed));
        assertThat(book.bids(500)).isEqualTo(market.book(500).since(0, 0).bids());
        assertThat(intake.books().versions(new View.Book(500))).containsOnlyKeys("BTC-USD");
    }

    @ParameterizedTest
    @EnumSource
    void shouldFollowTheOldTermsWhenTheNewOnesAreRefused(EncodedSamples.Kind kind) throws Exception {
        Encoding encoding = encoding(kind);
        open();
        ClientIntake intake = intake(encoding);
        intake.subscribe(Channel.BOOK, List.of("*"), StreamTerms.book(10));
        intake.subscribe(Channel.BOOK, List.of("BTC-USD"), StreamTerms.book(500));
        intake.onText(welcome());
        intake.onText(subscribed(10));
        long passing = tell(intake, encoding, 10, 0);
        // Its own commands were the first two, which found no connection.
        intake.onText(text("{\"op\":\"error\",\"id\":4,\"code\":\"not-entitled\",\"reason\":\"too deep\"}"));
        change();
        tell(intake, encoding, 10, passing);
        assertThat(intake.books().provedCount()).isZero();
        long whole = tell(intake, encoding, 10, 0);

        assertThat(doubts).isEmpty();
        ProvedBook book = Objects.requireNonNull(intake.books().find("BTC-USD"));
        assertThat(book.version()).isEqualTo(new Version(EPOCH_MICROS, whole));
        assertThat(book.bidCount()).isEqualTo(10);
    }

    private static Encoding encoding(EncodedSamples.Kind kind) {
        return switch (kind) {
            case JSON -> Encodings.JSON;
            case SBE -> Encodings.SBE;
            case COMPACT -> Encodings.COMPACT;
        };
    }

    private ClientIntake intake(Encoding encoding) {
        ClientSettings settings =
                ClientSettings.of(URI.create("ws://127.0.0.1:1/v1/stream")).withEncoding(encoding);
        ClientContext context = ClientContext.of(loop)
                .withInstruments(Map.of(INSTRUMENT.symbol(), INSTRUMENT))
                .withTime(() -> 0);
        return new ClientIntake(settings, context, new ClientLink(settings, context, loop), loop, listener);
    }

    private void open() {
        market.startFrom(INSTRUMENT, EPOCH_MICROS, sequence, EPOCH_MICROS, 0);
        for (int i = 1; i <= LEVELS; i++) {
            market.applyLevel(Side.BID, 10_000 - i, i, ++sequence, EPOCH_MICROS + sequence);
            market.applyLevel(Side.ASK, 10_000 + i, i, ++sequence, EPOCH_MICROS + sequence);
        }
    }

    private void change() {
        market.applyLevel(Side.BID, 9_990, sequence, ++sequence, EPOCH_MICROS + sequence);
    }

    /** Sends what changed in the book to a depth since a version, 0 for none; returns the version that follows. */
    private long tell(ClientIntake intake, Encoding encoding, int depth, long since) throws RefusedException {
        BookUpdate update = Objects.requireNonNull(market.book(depth).since(since == 0 ? 0 : EPOCH_MICROS, since));
        assertThat(update.isSnapshot()).isEqualTo(since == 0);
        ByteBuf out = Unpooled.buffer();
        encoding.encode(update, INSTRUMENT, EPOCH_MICROS + 1_000_000, out);
        if (encoding.isBinary()) {
            intake.onBinary(out);
        } else {
            intake.onText(out);
        }
        return update.sequence();
    }

    private static ByteBuf welcome() {
        return text("{\"op\":\"welcome\",\"session\":\"s\",\"server\":\"by hand\",\"time\":" + EPOCH_MICROS
                + ",\"flushMillis\":20,\"limits\":{}}");
    }

    private static ByteBuf subscribed(int depth) {
        return text("{\"op\":\"subscribed\",\"channel\":\"book\",\"depth\":" + depth
                + ",\"intervalMillis\":0,\"symbols\":{\"BTC-USD\":1}}");
    }

    private static ByteBuf text(String json) {
        return Unpooled.copiedBuffer(json, StandardCharsets.UTF_8);
    }
}
