package io.depthcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.CandleInterval;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandWriterTest {
    static Stream<Command> commands() {
        return Stream.of(
                new Command.Subscribe(
                        1L,
                        new View.Book(500),
                        List.of("BTC-USD", "ETH-USD"),
                        100,
                        Map.of("ETH-USD", new Version(1795363200000000L, 812))),
                new Command.Subscribe(null, new View.Book(25), List.of("*"), 0, Map.of()),
                new Command.Subscribe(
                        2L, new View.Candles(CandleInterval.FIVE_MINUTES), List.of("BTC-USD"), 60_000, Map.of()),
                new Command.Subscribe(3L, View.Single.TRADES, List.of("BTC-USD"), 20, Map.of()),
                new Command.Subscribe(9L, new View.Book(10, 1_000), List.of("*"), 0, Map.of()),
                new Command.Unsubscribe(10L, Channel.BOOK, List.of("A"), new BookChoice(10, BookChoice.ANY)),
                new Command.Unsubscribe(11L, Channel.BOOK, List.of("A"), new BookChoice(BookChoice.ANY, 1)),
                new Command.Resync(12L, List.of("A"), new BookChoice(500, 250), "gap"),
                new Command.Unsubscribe(4L, Channel.BBO, List.of("BTC-USD")),
                new Command.Resync(5L, List.of("BTC-USD"), "check\"sum"),
                new Command.Limit(6L, 50_000),
                new Command.Auth(7L, "a.b.c"),
                new Command.Ping(CommandReader.MAX_ID),
                new Command.Ping(8L, 35));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldWriteWhatTheParserReads(Command command) {
        assertThat(CommandParser.parse(written(command))).isEqualTo(command);
    }

    @Test
    void shouldWriteTheFormOfTheProtocol() {
        Command command = new Command.Subscribe(
                2L, new View.Book(25), List.of("BTC-USD"), 0, Map.of("BTC-USD", new Version(17, 4)));
        assertThat(written(command).toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"op\":\"subscribe\",\"id\":2,\"channel\":\"book\",\"symbols\":[\"BTC-USD\"],\"depth\":25,"
                        + "\"intervalMillis\":0,\"resume\":{\"BTC-USD\":\"17:4\"}}");
    }

    private static ByteBuf written(Command command) {
        ByteBuf out = Unpooled.buffer();
        CommandWriter.write(command, out);
        return out;
    }
}
