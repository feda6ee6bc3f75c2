package io.depthcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Candle;
import io.depthcast.book.CandleInterval;
import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ControlMessagesTest {
    private static final Instrument BTC = new Instrument(1, "BTC-USD", StepSize.parse("0.1"), StepSize.parse("0.0001"));

    @Test
    void shouldWelcome() {
        assertThat(text(out -> ControlMessages.welcome(
                        new Greeting("s\"1", "depthcast/1.0", 5, 20, Map.of("subscriptions", 1024L), 0, ""), out)))
                .isEqualTo("{\"op\":\"welcome\",\"session\":\"s\\\"1\",\"server\":\"depthcast/1.0\",\"time\":5,"
                        + "\"flushMillis\":20,\"limits\":{\"subscriptions\":1024}}");
    }

    @Test
    void shouldTellWhyTheFormerSessionWasClosed() {
        assertThat(text(out -> ControlMessages.welcome(
                        new Greeting("s1", "depthcast/1.0", 5, 20, Map.of(), 4001, "no pong within 10 s"), out)))
                .isEqualTo("{\"op\":\"welcome\",\"session\":\"s1\",\"server\":\"depthcast/1.0\",\"time\":5,"
                        + "\"flushMillis\":20,\"limits\":{},"
                        + "\"lastClose\":{\"code\":4001,\"reason\":\"no pong within 10 s\"}}");
    }

    @Test
    void shouldEchoWhatAppliesToASubscription() {
        Command.Subscribe book = new Command.Subscribe(1L, new View.Book(25), List.of("BTC-USD", "X"), 90, Map.of());
        Command.Subscribe candles =
                new Command.Subscribe(null, new View.Candles(CandleInterval.ONE_HOUR), List.of("*"), 0, Map.of());

        assertThat(text(out -> ControlMessages.subscribed(book, 100, Map.of("BTC-USD", 1), out)))
                .isEqualTo("{\"op\":\"subscribed\",\"id\":1,\"channel\":\"book\",\"depth\":25,\"intervalMillis\":100,"
                        + "\"symbols\":{\"BTC-USD\":1}}");
        assertThat(text(out -> ControlMessages.subscribed(candles, 0, Map.of(), out)))
                .isEqualTo("{\"op\":\"subscribed\",\"channel\":\"candles\",\"interval\":\"1h\",\"intervalMillis\":0,"
                        + "\"symbols\":{}}");
    }

    @Test
    void shouldAnswerTheOtherCommands() {
        Command.Unsubscribe unsubscribe = new Command.Unsubscribe(3L, Channel.BBO, List.of("*"));

        assertThat(text(out -> ControlMessages.unsubscribed(unsubscribe, List.of("A", "B"), out)))
                .isEqualTo("{\"op\":\"unsubscribed\",\"id\":3,\"channel\":\"bbo\",\"symbols\":[\"A\",\"B\"]}");
        assertThat(text(out -> ControlMessages.limited(new Command.Limit(5L, 60_000), 50_000, out)))
                .isEqualTo("{\"op\":\"limited\",\"id\":5,\"bytesPerSecond\":50000}");
        assertThat(text(out -> ControlMessages.authenticated(new Command.Auth(6L, "t"), 9, out)))
                .isEqualTo("{\"op\":\"authenticated\",\"id\":6,\"expires\":9}");
        assertThat(text(out -> ControlMessages.pong(new Command.Ping(null), 8, out)))
                .isEqualTo("{\"op\":\"pong\",\"time\":8}");
    }

    @Test
    void shouldSayWhatWasWrong() {
        Refusal refusal = new Refusal(1L, ErrorCode.UNKNOWN_SYMBOL, "no instrument \"XYZ\"");

        assertThat(text(out -> ControlMessages.error(refusal, "XYZ", out)))
                .isEqualTo("{\"op\":\"error\",\"id\":1,\"code\":\"unknown-symbol\","
                        + "\"reason\":\"no instrument \\\"XYZ\\\"\",\"symbol\":\"XYZ\"}");
        assertThat(text(out ->
                        ControlMessages.error(new Refusal(null, ErrorCode.RATE_LIMITED, "slow down"), null, out)))
                .isEqualTo("{\"op\":\"error\",\"code\":\"rate-limited\",\"reason\":\"slow down\"}");
    }

    @Test
    void shouldGiveNotice() {
        assertThat(text(out -> Notices.conflating(4096, 250, out)))
                .isEqualTo("{\"op\":\"notice\",\"code\":\"conflating\",\"pendingBytes\":4096,\"behindMillis\":250}");
        assertThat(text(out -> Notices.slow(5100, 5000, out)))
                .isEqualTo("{\"op\":\"notice\",\"code\":\"slow\",\"behindMillis\":5100,\"closeInMillis\":5000}");
        assertThat(text(Notices::live)).isEqualTo("{\"op\":\"notice\",\"code\":\"live\"}");
        assertThat(text(out -> Notices.draining(1500, out)))
                .isEqualTo("{\"op\":\"notice\",\"code\":\"draining\",\"reconnectAfterMillis\":1500}");
        assertThat(text(out -> Notices.tokenExpiring(77, out)))
                .isEqualTo("{\"op\":\"notice\",\"code\":\"token-expiring\",\"expires\":77}");
    }

    @Test
    void shouldListInstruments() {
        Instrument odd = new Instrument(2, "ODD", StepSize.parse("5"), StepSize.parse("0.00000001"));

        assertThat(text(out -> HttpBodies.instruments(
                        List.of(ListedInstrument.open(BTC), new ListedInstrument(odd, InstrumentStatus.HALTED)), out)))
                .isEqualTo("{\"instruments\":["
                        + "{\"id\":1,\"symbol\":\"BTC-USD\",\"tickSize\":\"0.1\",\"lotSize\":\"0.0001\","
                        + "\"status\":\"open\"},"
                        + "{\"id\":2,\"symbol\":\"ODD\",\"tickSize\":\"5\",\"lotSize\":\"0.00000001\","
                        + "\"status\":\"halted\"}]}");
    }

    @Test
    void shouldWrapCandlesForAChart() {
        Candle candle = new Candle(1, CandleInterval.ONE_MINUTE, 60_000_000, 10, 30, 5, 20, 45_000, 17, true);
        String message = text(out -> new JsonEncoding().encode(candle, BTC, out));

        assertThat(text(out -> HttpBodies.candles(BTC, CandleInterval.ONE_MINUTE, List.of(candle, candle), out)))
                .isEqualTo(
                        "{\"symbol\":\"BTC-USD\",\"interval\":\"1m\",\"candles\":[" + message + "," + message + "]}");
        assertThat(text(out -> HttpBodies.candles(BTC, CandleInterval.ONE_MINUTE, List.of(), out)))
                .isEqualTo("{\"symbol\":\"BTC-USD\",\"interval\":\"1m\",\"candles\":[]}");
    }

    @Test
    void shouldEscapeAnHttpError() {
        assertThat(text(out -> HttpBodies.error("not-found", "no \"path\" here\n", out)))
                .isEqualTo("{\"error\":{\"code\":\"not-found\",\"reason\":\"no \\\"path\\\" here\\n\"}}");
    }

    private static String text(Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer(0);
        writer.accept(out);
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(new JsonObject(text).fieldNames()).isNotEmpty();
        return text;
    }
}
