package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboundInflaterTest {
    private static final int MAX_BYTES = 16_384;
    private static final int TAIL_BYTES = 4;

    private final InboundInflater inflater = new InboundInflater();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldGiveBackWhatWasDeflatedAtAnyLevelInAnyPieces(long seed) throws DataFormatException {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] plain = compressible(random, random.nextInt(MAX_BYTES + 1));
            assertThat(inflate(deflate(plain, random))).isEqualTo(plain);
        }
        assertThat(inflate(deflate(compressible(random, MAX_BYTES + 1 + random.nextInt(MAX_BYTES)), random)))
                .isNull();
        inflater.close();
    }

    @Test
    void shouldHaveALimitForEachMessage() throws DataFormatException {
        byte[] deflated = deflate(new byte[50_000], new Random(1));
        assertThat(inflater.inflate(deflated, 49_999)).isNull();
        assertThat(inflater.inflate(deflated, 50_000)).hasSize(50_000);
        assertThat(inflater.inflate(deflated, 16_384)).isNull();
        assertThat(inflater.inflate(deflated, 65_536)).hasSize(50_000);
        inflater.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void shouldSurviveAnyBytes(long seed) throws DataFormatException {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = random.nextBoolean() ? new byte[random.nextInt(64)] : deflate(new byte[999], random);
            for (int flips = random.nextInt(1, 8); flips > 0 && noise.length > 0; flips--) {
                noise[random.nextInt(noise.length)] ^= (byte) (1 << random.nextInt(8));
            }
            inflateOrRefuse(noise);
        }
        byte[] plain = compressible(random, 1_000);
        assertThat(inflate(deflate(plain, random))).isEqualTo(plain);
        inflater.close();
    }

    private byte[] inflate(byte[] deflated) throws DataFormatException {
        return inflater.inflate(deflated, MAX_BYTES);
    }

    private void inflateOrRefuse(byte[] noise) {
        try {
            byte[] inflated = inflate(noise);
            assertThat(inflated == null ? 0 : inflated.length).isLessThanOrEqualTo(MAX_BYTES);
        } catch (DataFormatException refused) {
            assertThat(refused).isNotNull();
        }
    }

    private static byte[] compressible(Random random, int length) {
        byte[] plain = new byte[length];
        int letters = 1 + random.nextInt(40);
        for (int i = 0; i < length; i++) {
            plain[i] = (byte) ('A' + random.nextInt(letters));
        }
        return plain;
    }

    /** With flushes in between, as libraries that stream do. */
    private static byte[] deflate(byte[] plain, Random random) {
        Deflater deflater = new Deflater(random.nextInt(10), true);
        byte[] out = new byte[2 * plain.length + 1_024];
        int length = 0;
        int pieces = 1 + random.nextInt(4);
        for (int piece = 0; piece < pieces; piece++) {
            int from = plain.length * piece / pieces;
            deflater.setInput(plain, from, plain.length * (piece + 1) / pieces - from);
            int flush = piece + 1 < pieces && random.nextBoolean() ? Deflater.FULL_FLUSH : Deflater.SYNC_FLUSH;
            length += deflater.deflate(out, length, out.length - length, flush);
        }
        deflater.end();
        return length == 0 ? new byte[] {0} : Arrays.copyOf(out, length - TAIL_BYTES);
    }
}
