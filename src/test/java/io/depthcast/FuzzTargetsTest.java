package io.depthcast;

import io.depthcast.app.ConfigurationFuzz;
import io.depthcast.auth.TokenFuzz;
import io.depthcast.client.DecoderFuzz;
import io.depthcast.feed.BatchFuzz;
import io.depthcast.http.FrameGuardFuzz;
import io.depthcast.http.HandshakeFuzz;
import io.depthcast.source.BinanceFuzz;
import io.depthcast.source.PublishingFuzz;
import io.depthcast.wire.CommandFuzz;
import io.depthcast.wire.StreamCommandFuzz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code src/test/fuzz/run} looks for without an end: here the inputs it began with or found, and some changes of each. */
@Timeout(300)
class FuzzTargetsTest {
    private static final Path SEEDS = Path.of("src/test/fuzz/seeds");
    private static final int CHANGED = 2_000;

    private interface Target {
        void take(byte[] data) throws Exception;
    }

    private record Named(String name, Target target) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Named> targets() {
        return Stream.of(
                new Named("CommandFuzz", CommandFuzz::fuzzerTestOneInput),
                new Named("StreamCommandFuzz", StreamCommandFuzz::fuzzerTestOneInput),
                new Named("FrameGuardFuzz", FrameGuardFuzz::fuzzerTestOneInput),
                new Named("HandshakeFuzz", HandshakeFuzz::fuzzerTestOneInput),
                new Named("TokenFuzz", TokenFuzz::fuzzerTestOneInput),
                new Named("ConfigurationFuzz", ConfigurationFuzz::fuzzerTestOneInput),
                new Named("DecoderFuzz", DecoderFuzz::fuzzerTestOneInput),
                new Named("BatchFuzz", BatchFuzz::fuzzerTestOneInput),
                new Named("PublishingFuzz", PublishingFuzz::fuzzerTestOneInput),
                new Named("BinanceFuzz", BinanceFuzz::fuzzerTestOneInput));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void shouldTakeEverySeedAndItsChanges(Named target) throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> seeds = seeds(target.name());
        for (byte[] data : seeds) {
            take(target, data, seed);
        }
        for (int i = 0; i < CHANGED; i++) {
            take(target, changed(seeds, random), seed);
        }
    }

    private static void take(Named target, byte[] data, long seed) {
        try {
            target.target().take(data);
        } catch (Throwable e) {
            throw new AssertionError(target + " of " + HexFormat.of().formatHex(data) + ", -Dseed=" + seed, e);
        }
    }

    private static List<byte[]> seeds(String name) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(SEEDS.resolve(name))) {
            for (Path file : files.sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        return seeds;
    }

    /** Parts of one or two, with some bytes turned. */
    private static byte[] changed(List<byte[]> seeds, SplittableRandom random) {
        byte[] one = seeds.get(random.nextInt(seeds.size()));
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Arrays.copyOf(one, random.nextInt(one.length + 1)));
        if (random.nextBoolean()) {
            out.writeBytes(Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
        } else {
            out.reset();
            out.writeBytes(one);
        }
        byte[] data = out.toByteArray();
        for (int turns = random.nextInt(4); turns > 0 && data.length > 0; turns--) {
            data[random.nextInt(data.length)] = (byte) random.nextInt();
        }
        return data;
    }
}
