package io.depthcast.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the decoders of all encodings. */
class DecodersTest {
    /** Cutting a message at every byte costs the square of its length. */
    private static final int MAX_CUT_BYTES = 6_000;

    static Stream<Arguments> encodingsAndSeeds() {
        return Stream.of(EncodedSamples.Kind.values())
                .flatMap(kind ->
                        Stream.iterate(1L, seed -> seed <= 12, seed -> seed + 1).map(seed -> Arguments.of(kind, seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("encodingsAndSeeds")
    void shouldHearWhatWasEncoded(EncodedSamples.Kind kind, long seed) {
        for (int i = 0; i < 20; i++) {
            EncodedSamples encoded = new EncodedSamples(kind, 1_000 * seed + i);
            for (EncodedSamples.Sample sample : encoded.samples) {
                Recording recording = new Recording();
                // Between bytes that belong to somebody else.
                int length = sample.bytes().readableBytes();
                ByteBuf slice = Unpooled.wrappedBuffer(new byte[3], ByteBufUtil.getBytes(sample.bytes()), new byte[5])
                        .slice(3, length);

                assertThat(encoded.decode(slice, recording)).isEqualTo(DecodeResult.DECODED);
                assertThat(recording.heard).isEqualTo(List.of(sample.heard()));
                assertThat(slice.readableBytes()).isEqualTo(length);
            }
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("encodingsAndSeeds")
    void shouldHearSeveralMessagesOfOneFrameInOrder(EncodedSamples.Kind kind, long seed) {
        EncodedSamples encoded = new EncodedSamples(kind, seed);
        Recording recording = new Recording();

        assertThat(encoded.decode(encoded.together(), recording)).isEqualTo(DecodeResult.DECODED);
        assertThat(recording.heard)
                .isEqualTo(encoded.samples.stream()
                        .map(EncodedSamples.Sample::heard)
                        .toList());
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("encodingsAndSeeds")
    void shouldRefuseAMessageCutAtEveryByte(EncodedSamples.Kind kind, long seed) {
        EncodedSamples encoded = new EncodedSamples(kind, seed);
        for (EncodedSamples.Sample sample : encoded.samples) {
            int cuts = Math.min(sample.bytes().readableBytes(), MAX_CUT_BYTES);
            for (int cut = 0; cut < cuts; cut++) {
                Recording recording = new Recording();
                DecodeResult result = encoded.decode(sample.bytes().slice(0, cut), recording);

                assertThat(result).as("cut at %s", cut).isNotEqualTo(DecodeResult.DECODED);
                assertThat(recording.heard).isEmpty();
            }
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("encodingsAndSeeds")
    void shouldNeverThrowForFlippedBytes(EncodedSamples.Kind kind, long seed) {
        Random random = new Random(seed);
        EncodedSamples encoded = new EncodedSamples(kind, seed);
        byte[] whole = ByteBufUtil.getBytes(encoded.together());
        for (int i = 0; i < 3_000; i++) {
            EncodedSamples.Sample sample = encoded.samples.get(random.nextInt(encoded.samples.size()));
            byte[] bytes = i % 10 == 0 ? whole.clone() : ByteBufUtil.getBytes(sample.bytes());
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                int reach = random.nextBoolean() ? Math.min(bytes.length, 100) : bytes.length;
                bytes[random.nextInt(reach)] ^= (byte) (1 + random.nextInt(255));
            }
            Recording recording = new Recording();
            DecodeResult result = encoded.decode(Unpooled.wrappedBuffer(bytes), recording);

            // A dense encoding may find more messages in what was one, but none of less than two bytes.
            int most = kind == EncodedSamples.Kind.COMPACT ? bytes.length / 2 : encoded.samples.size();
            assertThat(recording.heard).hasSizeLessThanOrEqualTo(most);
            assertThat(result).isNotNull();
        }
    }
}
