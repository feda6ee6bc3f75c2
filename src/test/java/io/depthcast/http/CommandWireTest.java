package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client sends on a connection that is in order, and what it hears. */
@NeedsSockets
@Timeout(300)
class CommandWireTest {
    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(RunningGateway.QUIET, RunningGateway.LIMITS);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"op\":\"subscribe\",\"id\":1,\"channel\":\"book\",\"symbols\":[\"XYZ\"]}  | 1 | unknown-symbol",
                "{\"op\":\"resync\",\"id\":1,\"channel\":\"book\",\"symbols\":[\"XYZ\"]}     | 1 | unknown-symbol",
                "{\"op\":\"resync\",\"id\":1,\"channel\":\"book\",\"symbols\":[\"BTC-USD\"]} | 1 | bad-request",
                "{\"op\":\"subscribe\",\"id\":2,\"channel\":\"boks\",\"symbols\":[\"BTC-USD\"]} | 2 | unknown-channel",
                "{\"op\":\"suscribe\",\"id\":3}                                              | 3 | unknown-op",
                "{\"op\":\"limit\",\"id\":3,\"bytesPerSecond\":999}                          | 3 | bad-request",
                "{\"op\":\"auth\",\"id\":3,\"token\":\"a.b.c\"}                              | 3 | unknown-op",
                "{\"op\":\"subscribe\",\"id\":4,\"channel\":\"book\",\"symbols\":[\"BTC-USD\"],\"depth\":7} | 4 | bad-depth",
                "{\"op\":\"subscribe\",\"id\":5,\"channel\":\"candles\",\"symbols\":[\"BTC-USD\"],\"interval\":\"2m\"}"
                        + "| 5 | bad-interval",
                "{\"op\":\"subscribe\",\"id\":5,\"channel\":\"bbo\",\"symbols\":[\"BTC-USD\"],\"intervalMillis\":-1}"
                        + "| 5 | bad-interval",
                "{\"op\":\"subscribe\",\"id\":6,\"channel\":\"book\",\"symbols\":[\"BTC-USD\"],\"depth\":\"25\"} | 6 | bad-request",
                "{\"op\":\"subscribe\",\"id\":6,\"channel\":\"book\",\"symbols\":\"BTC-USD\"}| 6 | bad-request",
                "{\"op\":\"subscribe\",\"id\":6,\"channel\":\"book\"}                        | 6 | bad-request",
                "{\"op\":\"ping\",\"id\":\"7\"}                                              |   | bad-request",
                "{\"op\":\"ping\",\"id\":7,\"id\":8}                                         | 7 | bad-request",
                "{\"op\":\"ping\",\"id\":7,\"deep\":[[[[[[[[[[[[1]]]]]]]]]]]]}               | 7 | bad-request",
                "hello                                                                       |   | bad-request",
                "~~                                                                          |   | bad-request",
                "[{\"op\":\"ping\"}]                                                         |   | bad-request",
                "\"ping\"                                                                    |   | bad-request",
                "{\"op\":\"ping\"                                                            |   | bad-request",
                "{\"op\":\"ping\"} {}                                                        |   | bad-request",
                "{\"op\":\"ping\",\"id\":null}                                               |   | bad-request",
            })
    void shouldNameTheMistakeAndStay(String command, Integer id, String code) throws IOException {
        try (RawWebSocket client = RawWebSocket.open(gateway.port())) {
            client.send(command);
            JsonObject error = client.readReply();
            assertThat(error.getString("reason")).isNotBlank();
            assertThat(new Object[] {error.getString("op"), error.getInteger("id"), error.getString("code")})
                    .containsExactly("error", id, code);

            client.send("{\"op\":\"ping\",\"id\":99}");
            JsonObject pong = client.readReply();
            assertThat(pong.getString("op") + pong.getInteger("id")).isEqualTo("pong99");
        }
    }

    @Test
    void shouldRefuseTwoHundredSymbolsInOneCommand() throws IOException {
        try (RawWebSocket client = RawWebSocket.open(gateway.port())) {
            String symbols = IntStream.range(0, 200)
                    .mapToObj(i -> "\"S" + i + "-USD\"")
                    .collect(Collectors.joining(",", "[", "]"));
            client.send("{\"op\":\"subscribe\",\"id\":1,\"channel\":\"bbo\",\"symbols\":" + symbols + "}");
            assertThat(client.readReply().encode())
                    .isEqualTo("{\"op\":\"error\",\"id\":1,\"code\":\"bad-request\","
                            + "\"reason\":\"symbols: expected 1 to 100 in one message, got 200\"}");
        }
    }

    @Test
    void shouldServeAKnownSymbolBesideAnUnknownOne() throws IOException {
        try (RawWebSocket client = RawWebSocket.open(gateway.port())) {
            client.send("{\"op\":\"subscribe\",\"id\":1,\"channel\":\"book\",\"symbols\":[\"DOGE-EUR\",\"BTC-USD\"],"
                    + "\"depth\":10,\"intervalMillis\":90}");
            assertThat(client.readReply().encode())
                    .isEqualTo("{\"op\":\"error\",\"id\":1,\"code\":\"unknown-symbol\","
                            + "\"reason\":\"no instrument DOGE-EUR; see /v1/instruments\",\"symbol\":\"DOGE-EUR\"}");
            assertThat(client.readReply().encode())
                    .isEqualTo("{\"op\":\"subscribed\",\"id\":1,\"channel\":\"book\",\"depth\":10,"
                            + "\"intervalMillis\":100,\"symbols\":{\"BTC-USD\":1}}");
            assertThat(new JsonObject(client.read().text()).getString("type")).isEqualTo("snapshot");

            client.send("{\"op\":\"unsubscribe\",\"id\":2,\"channel\":\"book\",\"symbols\":[\"*\"]}");
            JsonObject unsubscribed = client.readReply();
            assertThat(unsubscribed.getJsonArray("symbols")).isEqualTo(new JsonArray().add("BTC-USD"));
        }
    }
}
