package io.depthcast.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.metrics.Meters;
import io.depthcast.metrics.SourceMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of what publishers post, good and bad. */
class PublishingTest {
    private static final String DEFINE =
            "{\"op\":\"define\",\"symbol\":\"ACME\",\"tickSize\":\"0.01\",\"lotSize\":\"0.1\",\"status\":\"open\"}\n";
    private static final String ASK = "[[\"10.02\",\"7\"]]";

    private final PlainDoor door = new PlainDoor();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SourceMeters meters = new Meters(registry, "test").source("publish");

    @Test
    void shouldTellTheDoorWhatEachObjectSays() {
        PostedLines posted = post(DEFINE
                + "{\"op\":\"snapshot\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"5\"]],\"asks\":[[\"10.02\",\"7\"]],\"time\":1795363200000000}\n"
                + "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"0\"]]}\n"
                + "{\"asks\":[[\"10.03\",\"2.5\"],[\"10.04\",\"0.05\"]],\"symbol\":\"ACME\",\"op\":\"update\"}\r\n"
                + "\n"
                + "{\"op\":\"trade\",\"symbol\":\"ACME\",\"price\":\"10.02\",\"size\":\"2\",\"side\":\"buy\",\"id\":\"123\"}\n"
                + "{\"op\":\"status\",\"symbol\":\"ACME\",\"status\":\"halted\"}\n"
                + "{\"op\":\"heartbeat\"}\n"
                + "{\"op\":\"remove\",\"symbol\":\"ACME\"}");

        assertThat(posted.answer()).isEqualTo("{\"accepted\":8,\"refused\":[]}");
        assertThat(door.told)
                .containsExactly(
                        "define ACME 0.01 0.1 open",
                        "snapshot ACME [1000x50] [1002x70] 1795363200000000",
                        "update ACME [1000x0] [] 0",
                        "update ACME [] [1003x25, 1004x1] 0",
                        "trade ACME BID 1002x20 123 0",
                        "status ACME halted",
                        "heartbeat",
                        "remove ACME");
        assertThat(counted("depthcast.source.events")).isEqualTo(8);
        assertThat(counted("depthcast.source.rounded")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.005\",\"1\"]]} | bad-price | level 1: expected a price that is a multiple of 0.01",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"asks\":[[\"10\",\"1\"],[\"999999999999999999\",\"1\"]]} | bad-price | level 2",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"-5\"]]} | bad-size | level 1: expected a size of 0 or more",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"9223372036854775807\"]]} | bad-size | fits 64 bits of 0.1",
                "{\"op\":\"trade\",\"symbol\":\"ACME\",\"price\":\"10.02\",\"size\":\"0\",\"side\":\"buy\"} | bad-size | size",
                "{\"op\":\"trade\",\"symbol\":\"ACME\",\"price\":\"10.021\",\"size\":\"1\",\"side\":\"buy\"} | bad-price | price",
                "{\"op\":\"update\",\"symbol\":\"NOPE\",\"bids\":[]} | unknown-symbol | define it first",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",5]]} | bad-request | decimals in quotes",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"1e1\",\"5\"]]} | bad-request | decimals in quotes, got \\\"1e1\\\"",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\"]]} | bad-request | for each level",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"1\",\"2\"]]} | bad-request | of decimals",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[[\"10.00\",\"1\"]]]} | bad-request | of decimals",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":{}} | bad-request | bids: expected an array",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[null]} | bad-request | bids: expected arrays",
                "{\"op\":\"update\",\"symbol\":\"acme\",\"bids\":[]} | bad-request | symbol: expected 1 to 32",
                "{\"op\":\"update\",\"bids\":[]} | bad-request | update: expected the field symbol",
                "{\"op\":\"snapshot\",\"symbol\":\"ACME\",\"bids\":[]} | bad-request | snapshot: expected the field asks",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"side\":\"buy\"} | bad-request | update: has no field side",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"bid\":[]} | bad-request | unknown field \\\"bid\\\"",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"symbol\":\"ACME\"} | bad-request | symbol: given twice",
                "{\"op\":\"upsert\",\"symbol\":\"ACME\"} | bad-request | op: expected one of define, snapshot, update",
                "{\"symbol\":\"ACME\"} | bad-request | expected the field op",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"time\":1795363200000} | bad-time | may be milliseconds",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"time\":1795363200000000000} | bad-time | may be nanoseconds",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"time\":17953632000000000000000} | bad-time | 64 bits",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"time\":\"now\"} | bad-request | time: expected an integer",
                "{\"op\":\"trade\",\"symbol\":\"ACME\",\"price\":\"1\",\"size\":\"1\",\"side\":\"bid\"} | bad-request | side: expected buy or sell",
                "{\"op\":\"trade\",\"symbol\":\"ACME\",\"price\":\"1\",\"size\":\"1\",\"side\":\"buy\",\"id\":\"\"} | bad-request | id: expected",
                "{\"op\":\"status\",\"symbol\":\"ACME\",\"status\":\"stale\"} | bad-request | status: expected open, halted",
                "{\"op\":\"define\",\"symbol\":\"X\",\"tickSize\":\"0\",\"lotSize\":\"1\"} | bad-request | tickSize: expected a positive",
                "{\"op\":\"define\",\"symbol\":\"X\",\"tickSize\":\"1e-99999999\",\"lotSize\":\"1\"} | bad-request | tickSize",
                "[[[[[[[[[[[[]]]]]]]]]]]] | bad-request | levels of nesting",
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"1\"] | bad-request | not JSON",
                "{\"op\":\"heartbeat\"} {\"op\":\"heartbeat\"} | bad-request | more text after it",
                "7 | bad-request | expected a JSON object",
                "null | bad-request | expected a JSON object",
            })
    void shouldRefuseAnObjectAsAWholeAndTakeTheNext(String object, String code, String reason) {
        PostedLines posted = post(DEFINE + object + "\n{\"op\":\"heartbeat\"}\n");

        assertThat(posted.answer())
                .startsWith("{\"accepted\":2,\"refused\":[{\"line\":2,\"code\":\"" + code + "\",")
                .contains(reason);
        assertThat(door.told).containsExactly("define ACME 0.01 0.1 open", "heartbeat");
        assertThat(registry.get("depthcast.source.refused")
                        .tag("code", code)
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldRefuseBytesThatAreNotUtf8AndOtherEncodings() {
        PostedLines posted = lines();
        posted.add("{\"op\":\"heartbeat\",\"symbol\":\"\u00e9\"}\n".getBytes(ISO_8859_1));
        posted.add(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80, '\n'});
        posted.add(new byte[] {0, '{', 0, '}', '\n'});
        posted.end();

        assertThat(posted.accepted()).isZero();
        assertThat(posted.answer())
                .contains("\"line\":1,\"code\":\"bad-request\",\"reason\":\"expected text in UTF-8\"");
        assertThat(posted.answer())
                .contains("\"line\":2,\"code\":\"bad-request\",\"reason\":\"expected text in UTF-8\"");
        assertThat(posted.answer()).contains("\"line\":3,\"code\":\"bad-request\",\"reason\":\"not JSON");
    }

    @Test
    void shouldDropALineThatIsTooLongAndTakeTheNext() {
        String long1 = "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":["
                + "[\"10.00\",\"1\"],".repeat(Publishers.MAX_TEXT_BYTES / 12) + "[\"10.00\",\"1\"]]}\n";
        PostedLines posted = post(long1 + DEFINE);

        assertThat(posted.answer())
                .isEqualTo("{\"accepted\":1,\"refused\":[{\"line\":1,\"code\":\"bad-request\",\"reason\":"
                        + "\"expected a line of at most 524288 bytes\"}]}");
    }

    @Test
    void shouldTellAThousandRefusalsAndCountTheOthers() {
        PostedLines posted = post("{}\n".repeat(1_005));

        assertThat(posted.answer()).startsWith("{\"accepted\":0,").endsWith("],\"notTold\":5}");
    }

    @Test
    void shouldNotTakeAnObjectForWhichTheTokenIsNotMeant() {
        PostedLines posted = new Publisher(door, meters).post(symbol -> symbol.startsWith("AC"));
        posted.add((DEFINE + DEFINE.replace("ACME", "BOLT")).getBytes(UTF_8));
        posted.end();

        assertThat(posted.answer())
                .isEqualTo("{\"accepted\":1,\"refused\":[{\"line\":2,\"code\":\"not-entitled\","
                        + "\"reason\":\"the token does not allow to publish \\\"BOLT\\\"\"}]}");
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 77})
    void shouldReadTheSameHoweverTheBytesAreCut(long seed) {
        String body = DEFINE
                + ("{\"op\":\"update\",\"symbol\":\"ACME\",\"asks\":" + ASK + "}\r\n{\"op\":\"x\u20ac\"}\n\n")
                        .repeat(20);
        byte[] bytes = body.getBytes(UTF_8);
        String whole = post(body).answer();
        Random random = new Random(seed);
        for (int run = 0; run < 50; run++) {
            PostedLines posted = lines();
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(40));
                posted.add(java.util.Arrays.copyOfRange(bytes, at, at + length));
                at += length;
            }
            posted.end();
            assertThat(posted.answer()).as("seed %d, run %d", seed, run).isEqualTo(whole);
        }
    }

    @Test
    void shouldRefuseAnObjectThatIsCutAtAnyByte() {
        String object =
                "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"1\"]],\"time\":1795363200000000}";
        for (int length = 1; length < object.length(); length++) {
            assertThat(post(DEFINE + object.substring(0, length)).answer())
                    .as("%d bytes", length)
                    .startsWith("{\"accepted\":1,\"refused\":[{\"line\":2,\"code\":\"bad-request\"");
        }
    }

    private double counted(String name) {
        return registry.get(name).functionCounter().count();
    }

    private PostedLines post(String body) {
        PostedLines posted = lines();
        posted.add(body.getBytes(UTF_8));
        posted.end();
        return posted;
    }

    private PostedLines lines() {
        return new Publisher(door, meters).post(symbol -> true);
    }
}
