package io.depthcast.http;

import static io.depthcast.http.ClientFrames.CONTINUATION;
import static io.depthcast.http.ClientFrames.FIN;
import static io.depthcast.http.ClientFrames.RSV1;
import static io.depthcast.http.ClientFrames.TEXT;
import static io.depthcast.http.ClientFrames.deflate;
import static io.depthcast.http.ClientFrames.frame;
import static io.depthcast.http.ClientFrames.join;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.depthcast.session.LimitSettings;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands of Binance's dialect, which may name more streams than fit a frame of ours. */
@NeedsSockets
@Timeout(300)
class LongCommandsWireTest {
    private static final int LONGEST = 65_536;
    private static final String DONE = "{\"result\":null,\"id\":1}";
    private static final String TOO_MANY = "{\"error\":{\"code\":4,\"msg\":\"Too many subscriptions\"},\"id\":1}";

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(RunningGateway.QUIET, RunningGateway.LIMITS);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** As clients send it: whole, deflated, and in fragments. */
    static Stream<byte[]> mostStreams() {
        byte[] command = subscribe(names(LimitSettings.SUBSCRIPTIONS)).getBytes(UTF_8);
        assertThat(command).hasSizeGreaterThan(LimitSettings.MESSAGE_BYTES);
        int half = command.length / 2;
        return Stream.of(
                frame(FIN | TEXT, command),
                frame(FIN | TEXT | RSV1, deflate(command)),
                join(
                        frame(TEXT, Arrays.copyOf(command, half)),
                        frame(FIN | CONTINUATION, Arrays.copyOfRange(command, half, command.length))));
    }

    @ParameterizedTest
    @MethodSource("mostStreams")
    void shouldTakeAsManyStreamsInOneCommandAsThereMayBe(byte[] bytes) throws IOException {
        try (RawWebSocket client = open()) {
            client.write(bytes);
            assertThat(next(client, 1)).isEqualTo(DONE);
            client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":2}");
            assertThat(next(client, 2)).isEqualTo("{\"result\":[\"btcusd@kline_1d\"],\"id\":2}");
        }
    }

    @Test
    void shouldRefuseOneStreamMoreAndBeginNone() throws IOException {
        try (RawWebSocket client = open()) {
            client.send(subscribe(names(LimitSettings.SUBSCRIPTIONS + 1)));
            assertThat(next(client, 1)).isEqualTo(TOO_MANY);
            client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":2}");
            assertThat(next(client, 2)).isEqualTo("{\"result\":[],\"id\":2}");
        }
    }

    @Test
    void shouldTakeANameOfTenKilobytesOfWhichNothingFollows() throws IOException {
        try (RawWebSocket client = open()) {
            client.send(subscribe(Stream.of("a".repeat(10_000) + "@depth")));
            assertThat(next(client, 1)).isEqualTo(DONE);
        }
    }

    @Test
    void shouldCountALongCommandAsSeveral() throws IOException {
        LimitSettings limits = RunningGateway.limits(Map.of("commandsPerSecond", 1));
        try (RunningGateway other = RunningGateway.start(RunningGateway.QUIET, limits);
                RawWebSocket client = open(other)) {
            byte[] one =
                    frame(FIN | TEXT, subscribe(Stream.of("a".repeat(50_000))).getBytes(UTF_8));
            client.write(join(Collections.nCopies(19, one).toArray(byte[][]::new)));
            int done = 0;
            String answer = client.read(TEXT).text();
            for (; answer.equals(DONE); answer = client.read(TEXT).text()) {
                done++;
            }
            // Four each, of twenty at once and one a second: a busy machine has most of a minute for it.
            assertThat(done).isBetween(5, 18);
            assertThat(answer).contains("command dropped: at most 1 a second");
        }
    }

    static Stream<byte[]> tooLong() {
        return Stream.of(
                frame(FIN | TEXT, new byte[LONGEST + 1]),
                frame(FIN | TEXT | RSV1, deflate(new byte[LONGEST + 1])),
                frame(FIN | TEXT | RSV1, deflate(new byte[60_000_000])),
                join(frame(TEXT, new byte[LONGEST]), frame(FIN | CONTINUATION, (byte) 'x')));
    }

    @ParameterizedTest
    @MethodSource("tooLong")
    void shouldCloseForWhatIsLongerThanThat(byte[] bytes) throws IOException {
        try (RawWebSocket client = open()) {
            client.write(bytes);
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    /** Twice as much as all may hold together, on however many loops. */
    @Test
    void shouldSendAwayWhoBeganFirstWhereAllHoldTooMuch() throws IOException {
        int most = LongCommands.MOST_BYTES / LONGEST * Runtime.getRuntime().availableProcessors();
        Deque<RawWebSocket> clients = new ArrayDeque<>();
        try {
            for (int i = 0; i <= most; i++) {
                RawWebSocket client = open();
                clients.add(client);
                client.write(i % 2 == 0 ? frame(TEXT, new byte[LONGEST]) : cut(frame(FIN | TEXT, new byte[LONGEST])));
            }
            assertThat(clients.getFirst().closeCode()).isEqualTo(1013);
            // Who sends a whole command is served all the same.
            try (RawWebSocket good = open()) {
                good.write(frame(FIN | TEXT, subscribe(names(1_000)).getBytes(UTF_8)));
                assertThat(next(good, 1)).isEqualTo(DONE);
            }
        } finally {
            for (RawWebSocket client : clients) {
                client.close();
            }
        }
    }

    /** All but its end. */
    private static byte[] cut(byte[] frame) {
        return Arrays.copyOf(frame, frame.length - 1);
    }

    /** The one that there is, and others. */
    private static Stream<String> names(int count) {
        List<String> names = new ArrayList<>(List.of("btcusd@kline_1d"));
        IntStream.range(1, count).forEach(each -> names.add("instrument" + each + "@depth20@100ms"));
        return names.stream();
    }

    private static String subscribe(Stream<String> names) {
        return names.collect(Collectors.joining("\",\"", "{\"method\":\"SUBSCRIBE\",\"params\":[\"", "\"],\"id\":1}"));
    }

    private static RawWebSocket open() throws IOException {
        return open(gateway);
    }

    private static RawWebSocket open(RunningGateway gateway) throws IOException {
        RawWebSocket socket = RawWebSocket.connect(gateway.port());
        socket.write(RawWebSocket.handshake(RawWebSocket.extensions(RawWebSocket.DEFLATE))
                .replace("/v1/stream", "/binance/ws")
                .getBytes(UTF_8));
        assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
        return socket;
    }

    /** The answer to the command of this id. */
    private static String next(RawWebSocket socket, int id) throws IOException {
        String text = socket.read(TEXT).text();
        while (!text.endsWith("\"id\":" + id + "}")) {
            text = socket.read(TEXT).text();
        }
        return text;
    }
}
