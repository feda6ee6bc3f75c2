package io.depthcast.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {
    private static final int GZIP_HEADER_BYTES = 10;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final FrameFactory factory = new FrameFactory(allocator);
    private final List<Frame> frames = new ArrayList<>();

    @AfterEach
    void shouldHaveFreedEveryBuffer() {
        frames.forEach(Frame::release);
        factory.close();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void shouldWriteAnEventForEachFrameAndTheIdOnTheLast() {
        List<Frame> two = List.of(frame("{\"a\":1}"), frame("{\"b\":2}"));

        assertThat(text(Events.of(allocator, Form.JSON, two, 0)))
                .isEqualTo("data: {\"a\":1}\n\ndata: {\"b\":2}\nid: 1:2\n\n");
        assertThat(text(Events.of(allocator, Form.JSON, two, -1))).isEqualTo("data: {\"a\":1}\n\ndata: {\"b\":2}\n\n");
    }

    @Test
    void shouldWriteANoticeAsAnEventOfThatName() {
        ByteBuf out = allocator.directBuffer();
        EventText.notice(json -> Notices.draining(1_500, json), out);
        EventText.retry(1_500, out);

        assertThat(text(Events.ofText(allocator, Form.JSON, out)))
                .isEqualTo("event: notice\ndata: {\"op\":\"notice\",\"code\":\"draining\","
                        + "\"reconnectAfterMillis\":1500}\n\nretry: 1500\n\n");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldMakeOneGzipMemberOfWhichEveryPartIsReadableAtOnce(long seed) throws Exception {
        Random random = new Random(seed);
        ByteBuf member = allocator.directBuffer();
        Gzip.begin(member);
        GzipTrailer trailer = new GzipTrailer();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        Inflater inflater = new Inflater(true);
        for (int i = 0; i < 40; i++) {
            List<Frame> group = group(random);
            int idFrame = random.nextInt(group.size() + 1) - 1;
            expected.writeBytes(
                    text(Events.of(allocator, Form.JSON, group, idFrame)).getBytes(ISO_8859_1));
            append(Events.of(allocator, Form.JSON_DEFLATED, group, idFrame), member, trailer);
            assertThat(inflated(inflater, member)).isEqualTo(expected.size());
        }
        inflater.end();
        trailer.write(member);

        assertThat(gunzip(member)).isEqualTo(expected.toByteArray());
    }

    @Test
    void shouldMakeAWholeGzipFileOfOneFrame() throws IOException {
        ByteBuf file = Gzip.of(allocator, Form.JSON_DEFLATED, frame("{\"type\":\"snapshot\"}"));

        assertThat(gunzip(file)).asString(UTF_8).isEqualTo("{\"type\":\"snapshot\"}");
    }

    @Test
    void shouldDeflateAFrameOnceForAllEvents() {
        Frame frame = frame("x".repeat(1_000));
        for (int i = 0; i < 5; i++) {
            Events events = Events.of(allocator, Form.JSON_DEFLATED, List.of(frame), 0);
            assertThat(events.bytes().readableBytes()).isLessThan(100);
            events.bytes().release();
        }

        assertThat(factory.work()).containsExactly("encoded json", "deflated json");
    }

    private List<Frame> group(Random random) {
        List<Frame> group = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            group.add(frame(FrameFactory.bytes(random, 1 + random.nextInt(random.nextInt(8) == 0 ? 150_000 : 500))));
        }
        return group;
    }

    private Frame frame(String json) {
        return frame(json.getBytes(UTF_8));
    }

    private Frame frame(byte[] bytes) {
        Frame frame = factory.frame(bytes, Form.JSON_DEFLATED.bit());
        frames.add(frame);
        return frame;
    }

    private static void append(Events events, ByteBuf member, GzipTrailer trailer) {
        trailer.add(events);
        member.writeBytes(events.bytes());
        events.bytes().release();
    }

    /** Goes on inflating with what is new; returns how much has come out altogether. */
    private static int inflated(Inflater inflater, ByteBuf member) throws DataFormatException {
        int start = GZIP_HEADER_BYTES + Math.toIntExact(inflater.getBytesRead());
        inflater.setInput(ByteBufUtil.getBytes(member, start, member.writerIndex() - start));
        byte[] block = new byte[8_192];
        while (inflater.inflate(block) > 0) {
            assertThat(inflater.finished()).isFalse();
        }
        return Math.toIntExact(inflater.getBytesWritten());
    }

    private static String text(Events events) {
        String text = events.bytes().toString(ISO_8859_1);
        events.bytes().release();
        return text;
    }

    private static byte[] gunzip(ByteBuf member) throws IOException {
        byte[] bytes = ByteBufUtil.getBytes(member);
        member.release();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }
}
