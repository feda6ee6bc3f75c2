package io.depthcast.http;

import static io.depthcast.http.ClientFrames.BINARY;
import static io.depthcast.http.ClientFrames.CLOSE;
import static io.depthcast.http.ClientFrames.CONTINUATION;
import static io.depthcast.http.ClientFrames.FIN;
import static io.depthcast.http.ClientFrames.PING;
import static io.depthcast.http.ClientFrames.PONG;
import static io.depthcast.http.ClientFrames.RSV1;
import static io.depthcast.http.ClientFrames.TEXT;
import static io.depthcast.http.ClientFrames.deflate;
import static io.depthcast.http.ClientFrames.frame;
import static io.depthcast.http.ClientFrames.join;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.depthcast.NeedsSockets;
import io.depthcast.http.RawWebSocket.Message;
import io.depthcast.session.LimitSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stream against frames of bare bytes: what RFC 6455 and the limits forbid, and what they allow. */
@NeedsSockets
@Timeout(300)
class FrameWireTest {
    private static final byte[] COMMAND = "{\"op\":\"ping\",\"id\":7}".getBytes(UTF_8);
    private static final byte[] PART = frame(TEXT, (byte) 'x');

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(RunningGateway.QUIET, RunningGateway.LIMITS);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                arguments("an unmasked frame", 1002, ClientFrames.unmasked(FIN | TEXT, COMMAND)),
                arguments("reserved bit 1 on a ping", 1002, frame(FIN | RSV1 | PING)),
                arguments("reserved bit 2", 1002, frame(FIN | 0x20 | TEXT, COMMAND)),
                arguments("reserved bit 3", 1002, frame(FIN | 0x10 | TEXT, COMMAND)),
                arguments("a compressed continuation", 1002, join(PART, frame(FIN | RSV1 | CONTINUATION, COMMAND))),
                arguments("opcode 3", 1002, frame(FIN | 0x3, COMMAND)),
                arguments("opcode 7", 1002, frame(FIN | 0x7)),
                arguments("opcode 11", 1002, frame(FIN | 0xB)),
                arguments("opcode 15", 1002, frame(FIN | 0xF)),
                arguments("a ping in fragments", 1002, frame(PING)),
                arguments("a ping of 126 bytes", 1002, ClientFrames.ping(126)),
                arguments("a continuation of nothing", 1002, frame(FIN | CONTINUATION, COMMAND)),
                arguments("a message within a message", 1002, join(PART, frame(FIN | TEXT, COMMAND))),
                arguments("a binary frame", 1003, frame(FIN | BINARY, COMMAND)),
                arguments("a frame of 4097 bytes", 1009, frame(FIN | TEXT, new byte[4_097])),
                arguments("a frame said to be of 2^62 bytes", 1009, hugeHeader()),
                arguments("a message of 16385 bytes", 1009, message(5, 4_096)),
                arguments("a message of 65 fragments", 1008, message(65, 0)),
                arguments("text that is not UTF-8", 1007, frame(FIN | TEXT, (byte) 0xC3, (byte) 0x28)),
                arguments("a bad deflate stream", 1007, frame(FIN | RSV1 | TEXT, (byte) 0xFF, (byte) 0xFF)),
                arguments("a bomb of 4 MB", 1009, frame(FIN | RSV1 | TEXT, deflate(new byte[4_000_000]))),
                arguments("a bomb of 16 KB", 1009, frame(FIN | RSV1 | TEXT, deflate(new byte[16_385]))),
                arguments("a frame of a bomb of 60 MB", 1009, frame(FIN | RSV1 | TEXT, deflate(new byte[60_000_000]))),
                arguments("close code 999", 1002, ClientFrames.close(999)),
                arguments("close code 1005", 1002, ClientFrames.close(1005)),
                arguments("close code 1006", 1002, ClientFrames.close(1006)),
                arguments("close code 5000", 1002, ClientFrames.close(5000)),
                arguments("a close of one byte", 1002, frame(FIN | CLOSE, (byte) 3)),
                arguments(
                        "a close reason that is not UTF-8",
                        1007,
                        frame(FIN | CLOSE, join(ClientFrames.closePayload(1000), new byte[] {(byte) 0xC3}))));
    }

    private static byte[] hugeHeader() {
        return new byte[] {(byte) (FIN | TEXT), (byte) 0xFF, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4};
    }

    /** Fragments without an end. */
    private static byte[] message(int fragments, int bytesEach) {
        byte[][] all = new byte[fragments][];
        Arrays.fill(all, frame(CONTINUATION, new byte[bytesEach]));
        all[0] = frame(TEXT, new byte[bytesEach]);
        return join(all);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("violations")
    void shouldCloseWithTheCodeThatSaysWhy(String violation, int code, byte[] bytes) throws IOException {
        try (RawWebSocket client = open()) {
            client.write(bytes);
            assertThat(client.closeCode()).as(violation).isEqualTo(code);
        }
    }

    @Test
    void shouldEndTheConnectionOnceItsCloseIsAnswered() throws IOException {
        try (RawWebSocket client = open()) {
            client.write(frame(FIN | BINARY));
            assertThat(client.closeCode()).isEqualTo(1003);
            client.write(join(ClientFrames.text("ignored"), ClientFrames.close(1003)));
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void shouldEndTheConnectionAlsoIfItsCloseIsNotAnswered() throws IOException {
        try (RawWebSocket client = open()) {
            client.write(ClientFrames.unmasked(FIN | TEXT, COMMAND));
            assertThat(client.closeCode()).isEqualTo(1002);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void shouldRefuseCompressionThatWasNotAgreed() throws IOException {
        try (RawWebSocket client = RawWebSocket.open(gateway.port())) {
            client.write(frame(FIN | RSV1 | TEXT, deflate(COMMAND)));
            assertThat(client.closeCode()).isEqualTo(1002);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1003, 1011, 3000, 4999})
    void shouldEchoAClose(int code) throws IOException {
        try (RawWebSocket client = open()) {
            client.write(ClientFrames.close(code));
            assertThat(client.read(CLOSE).closeCode()).isEqualTo(code);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void shouldAnswerACloseWithoutACode() throws IOException {
        try (RawWebSocket client = open()) {
            client.write(frame(FIN | CLOSE));
            assertThat(client.read(CLOSE).closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void shouldAnswerAPingWithItsPayloadAlsoBetweenFragments() throws IOException {
        try (RawWebSocket client = open()) {
            client.write(join(
                    frame(TEXT), frame(FIN | PING, COMMAND), frame(FIN | CONTINUATION, COMMAND), frame(FIN | PING)));
            assertThat(client.read(PONG).text()).isEqualTo(new String(COMMAND, UTF_8));
            assertThat(client.readReply().getInteger("id")).isEqualTo(7);
            assertThat(client.read(PONG).text()).isEmpty();
        }
    }

    @Test
    void shouldTakeDeflatedCommands() throws IOException {
        try (RawWebSocket client = open()) {
            byte[] deflated = deflate(COMMAND);
            client.write(frame(FIN | RSV1 | TEXT, deflated));
            assertThat(client.readReply().getInteger("id")).isEqualTo(7);
            client.write(join(
                    frame(RSV1 | TEXT, Arrays.copyOf(deflated, 5)),
                    frame(FIN | CONTINUATION, Arrays.copyOfRange(deflated, 5, deflated.length))));
            assertThat(client.readReply().getInteger("id")).isEqualTo(7);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldNotCareHowTheBytesAreCut(long seed) throws IOException {
        Random random = new Random(seed);
        try (RawWebSocket client = open()) {
            byte[] frames = join(
                    frame(TEXT, Arrays.copyOf(COMMAND, 3)),
                    ClientFrames.ping(125),
                    frame(FIN | CONTINUATION, Arrays.copyOfRange(COMMAND, 3, COMMAND.length)),
                    frame(
                            FIN | TEXT,
                            join(new byte[] {'{', '}'}, " ".repeat(4_000).getBytes(UTF_8))));
            for (int from = 0; from < frames.length; ) {
                int to = Math.min(frames.length, from + 1 + random.nextInt(from < 200 ? 3 : 900));
                client.write(Arrays.copyOfRange(frames, from, to));
                from = to;
            }
            assertThat(client.read(PONG).payload().readableBytes()).isEqualTo(125);
            assertThat(client.readReply().getString("op")).isEqualTo("pong");
            assertThat(client.readReply().getString("code")).isEqualTo("bad-request");
        }
    }

    @Test
    void shouldCloseWhoFloodsItWithPingsAndDoesNotRead() throws IOException {
        int pings = 20_000;
        try (RawWebSocket client = open()) {
            client.write(join(Collections.nCopies(pings, ClientFrames.ping(125)).toArray(byte[][]::new)));
            int pongs = 0;
            Message message = client.read();
            for (; message.opcode() != CLOSE; message = client.read()) {
                pongs += message.opcode() == PONG ? 1 : 0;
            }
            assertThat(message.closeCode()).isEqualTo(1008);
            assertThat(pongs).isBetween(LimitSettings.PING_BURST, pings / 10);
        }
    }

    @Test
    void shouldDropCommandsBeyondTheRateAndThenClose() throws IOException {
        try (RawWebSocket client = open()) {
            client.write(join(Collections.nCopies(1_000, ClientFrames.text("{\"op\":\"ping\"}"))
                    .toArray(byte[][]::new)));
            JsonObject reply = client.readReply();
            int pongs = 0;
            for (; reply.getString("op").equals("pong"); reply = client.readReply()) {
                pongs++;
            }
            assertThat(pongs).isBetween(LimitSettings.COMMAND_BURST, 500);
            assertThat(reply.getString("code")).isEqualTo("rate-limited");
            assertThat(client.closeCode()).isEqualTo(4003);
        }
    }

    private static RawWebSocket open() throws IOException {
        return RawWebSocket.open(gateway.port(), RawWebSocket.extensions(RawWebSocket.DEFLATE));
    }
}
