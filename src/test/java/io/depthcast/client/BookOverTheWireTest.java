package io.depthcast.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookUpdate;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentState;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.client.ProvedBook.Outcome;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Version;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookOverTheWireTest {
    private static final Instrument INSTRUMENT =
            new Instrument(1, "ODD", StepSize.parse("0.25"), StepSize.parse("0.00000001"));

    private final ProvedBook throughJson = new ProvedBook();
    private final ProvedBook throughSbe = new ProvedBook();
    private final ProvedBook throughCompact = new ProvedBook();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldHoldTheBookOfTheGatewayThroughEachEncoding(long seed) {
        Random random = new Random(seed);
        InstrumentState state = new InstrumentState(INSTRUMENT);
        state.startFrom(INSTRUMENT, 7, 1, 1, 0);
        for (int sequence = 2; sequence <= 5_000; sequence++) {
            Side side = random.nextBoolean() ? Side.BID : Side.ASK;
            int distance = random.nextInt(60);
            long priceTicks = side == Side.BID ? 999 - distance : 1_000 + distance;
            state.applyLevel(side, priceTicks, Math.max(0, random.nextInt(30) - 10), sequence, sequence);
            if (random.nextInt(3) == 0) {
                follow(state, throughSbe, Encodings.SBE);
            }
            if (random.nextInt(5) == 0) {
                follow(state, throughCompact, Encodings.COMPACT);
            }
            if (random.nextInt(20) == 0) {
                follow(state, throughJson, Encodings.JSON);
            }
        }
    }

    private static void follow(InstrumentState state, ProvedBook client, Encoding encoding) {
        Version held = client.version();
        BookUpdate update = state.book(25).since(held == null ? 0 : held.epoch(), held == null ? 0 : held.sequence());
        if (update == null) {
            return;
        }
        ByteBuf frame = Unpooled.buffer();
        encoding.encode(update, INSTRUMENT, 9, frame);
        MarketListener listener = new MarketListener() {
            @Override
            public void onBook(BookMessage book) {
                assertThat(client.apply(book)).isEqualTo(Outcome.APPLIED);
            }
        };
        DecodeResult result = encoding == Encodings.SBE
                ? new SbeDecoder(listener).decode(frame)
                : encoding == Encodings.COMPACT
                        ? new CompactDecoder(instrumentId -> client, listener).decode(frame)
                        : new JsonDecoder(symbol -> INSTRUMENT, listener).decode(frame);

        BookUpdate whole = state.book(25).since(0, 0);
        assertThat(result).isEqualTo(DecodeResult.DECODED);
        assertThat(whole).isNotNull();
        assertThat(List.of(client.bids(500), client.asks(500))).isEqualTo(List.of(whole.bids(), whole.asks()));
        assertThat(client.version()).isEqualTo(new Version(whole.epoch(), whole.sequence()));
    }
}
