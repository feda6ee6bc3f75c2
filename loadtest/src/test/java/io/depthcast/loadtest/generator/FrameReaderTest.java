package io.depthcast.loadtest.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final int[] LENGTHS = {0, 1, 125, 126, 127, 65_535, 65_536, 70_000};

    /** Wants binary frames only. */
    private static final class Recorder implements FrameReader.Sink {
        private final List<String> frames = new ArrayList<>();

        @Override
        public boolean wants(int opcode, boolean deflated) {
            return opcode == FrameReader.BINARY;
        }

        @Override
        public void onFrame(int opcode, boolean last, boolean deflated, long wireBytes, ByteBuf payload) {
            frames.add(opcode + " " + last + " " + deflated + " " + wireBytes + " " + payload.readableBytes() + " "
                    + ByteBufUtil.hashCode(payload));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldFindTheSameFramesHoweverTheBytesArrive(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuf stream = Unpooled.buffer();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int opcode = random.nextBoolean() ? FrameReader.BINARY : FrameReader.TEXT;
            boolean deflated = random.nextBoolean();
            byte[] payload = new byte[LENGTHS[random.nextInt(LENGTHS.length)]];
            random.nextBytes(payload);
            int headerBytes = write(stream, opcode, deflated, payload);
            ByteBuf seen = Unpooled.wrappedBuffer(opcode == FrameReader.BINARY ? payload : new byte[0]);
            expected.add(opcode + " true " + deflated + " " + (headerBytes + payload.length) + " "
                    + seen.readableBytes() + " " + ByteBufUtil.hashCode(seen));
        }
        Recorder recorder = new Recorder();
        FrameReader reader = new FrameReader(recorder);
        while (stream.isReadable()) {
            reader.read(stream.readSlice(Math.min(stream.readableBytes(), 1 + random.nextInt(50_000))));
        }
        assertThat(recorder.frames).isEqualTo(expected);
    }

    private static int write(ByteBuf out, int opcode, boolean deflated, byte[] payload) {
        int start = out.writerIndex();
        out.writeByte(0x80 | (deflated ? 0x40 : 0) | opcode);
        if (payload.length < 126) {
            out.writeByte(payload.length);
        } else if (payload.length < 65_536) {
            out.writeByte(126).writeShort(payload.length);
        } else {
            out.writeByte(127).writeLong(payload.length);
        }
        int headerBytes = out.writerIndex() - start;
        out.writeBytes(payload);
        return headerBytes;
    }
}
