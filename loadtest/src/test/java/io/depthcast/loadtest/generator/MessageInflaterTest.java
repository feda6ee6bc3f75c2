package io.depthcast.loadtest.generator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class MessageInflaterTest {
    @Test
    void shouldInflateMessagesThatReferToEarlierOnes() throws DataFormatException {
        Deflater deflater = new Deflater(6, true);
        try (MessageInflater inflater = new MessageInflater()) {
            for (int i = 0; i < 20; i++) {
                String text = "the same again, but for " + i + " ".repeat(i * 1_000);
                byte[] message = deflate(deflater, text.getBytes(US_ASCII));
                assertThat(inflater.inflate(Unpooled.wrappedBuffer(message)).toString(US_ASCII))
                        .isEqualTo(text);
            }
        }
        deflater.end();
    }

    @Test
    void shouldRefuseWhatIsNotDeflated() {
        try (MessageInflater inflater = new MessageInflater()) {
            byte[] noise = {(byte) 0xFF, 1, 2, 3, 4};
            assertThatThrownBy(() -> inflater.inflate(Unpooled.wrappedBuffer(noise)))
                    .isInstanceOf(DataFormatException.class);
        }
    }

    /** Without the 00 00 FF FF at the end (RFC 7692, 7.2.1). */
    private static byte[] deflate(Deflater deflater, byte[] text) {
        byte[] out = new byte[text.length + 100];
        deflater.setInput(text);
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(out, length - 4);
    }
}
