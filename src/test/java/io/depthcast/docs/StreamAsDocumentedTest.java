package io.depthcast.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A running gateway speaks as asyncapi.yaml says. */
@NeedsSockets
@Timeout(300)
class StreamAsDocumentedTest {
    private static final String JSON = "depthcast.v1.json";
    private static final String SBE = "depthcast.v1.sbe";
    private static final Node DOCUMENT = Node.of("asyncapi.yaml");
    private static final Node SCHEMAS = DOCUMENT.at("components").at("schemas");
    private static final Set<String> DATA = Set.of("snapshot", "delta", "bbo", "trades", "candle", "heartbeat");
    private static final List<String> EVERYTHING = List.of(
            "{\"op\":\"subscribe\",\"channel\":\"book\",\"symbols\":[\"*\"],\"depth\":10}",
            "{\"op\":\"subscribe\",\"channel\":\"book\",\"symbols\":[\"*\"],\"depth\":10,\"group\":\"10\"}",
            "{\"op\":\"subscribe\",\"channel\":\"bbo\",\"symbols\":[\"*\"]}",
            "{\"op\":\"subscribe\",\"channel\":\"trades\",\"symbols\":[\"*\"]}",
            "{\"op\":\"subscribe\",\"channel\":\"candles\",\"symbols\":[\"*\"],\"interval\":\"1s\"}",
            "{\"op\":\"subscribe\",\"channel\":\"ticker\",\"symbols\":[\"*\"]}");

    @RegisterExtension
    static final AskedGateway GATEWAY = new AskedGateway();

    @Test
    void shouldGreetFirst() throws Exception {
        Map<String, Object> first = GATEWAY.connect(JSON).next();

        assertThat(SchemaCheck.violations(SCHEMAS.at("welcome"), first)).isEmpty();
    }

    @Test
    void shouldAnswerEveryExampleOfACommand() throws Exception {
        StreamClient client = GATEWAY.connect(JSON);
        List<Map<String, Object>> answers = new ArrayList<>();
        for (Node operation : DOCUMENT.at("operations").children()) {
            if (operation.at("action").text().equals("receive") && !isOfTokens(operation)) {
                Node reply = operation.at("reply").at("messages").items().get(0).at("payload");
                for (Node example :
                        operation.at("messages").items().get(0).at("examples").items()) {
                    client.send(Json.encode(example.at("payload").value()));
                    Map<String, Object> answer = client.next(message -> isA(reply, message));
                    assertThat(SchemaCheck.violations(reply, answer)).isEmpty();
                    assertThat(answer.get("id")).isEqualTo(answer.containsKey("op") ? idOf(example) : null);
                    answers.add(answer);
                }
            }
        }

        assertThat(answers).containsAll(documentedAnswers("subscribed")).containsAll(documentedAnswers("unsubscribed"));
    }

    /** Which only gateways answer that ask for tokens: see TokenWireTest. */
    private static boolean isOfTokens(Node operation) {
        return operation
                .at("messages")
                .items()
                .get(0)
                .at("payload")
                .at("properties")
                .has("token");
    }

    /** Whether the message has the name that the schema demands. */
    private static boolean isA(Node schema, Map<String, Object> message) {
        String name = message.containsKey("op") ? "op" : "type";
        Node fields = schema.at("properties");
        return fields.has(name) && fields.at(name).at("const").value().equals(message.get(name));
    }

    private static Object idOf(Node example) {
        return example.at("payload").map().get("id");
    }

    private static List<Map<String, Object>> documentedAnswers(String message) {
        return DOCUMENT.at("components").at("messages").at(message).at("examples").items().stream()
                .map(example -> example.at("payload").value())
                .map(payload -> Json.CODEC.fromString(Json.encode(payload), Map.class))
                .<Map<String, Object>>map(StreamAsDocumentedTest::asFields)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asFields(Map<?, ?> json) {
        return (Map<String, Object>) json;
    }

    @Test
    void shouldSendOnlyWhatIsDocumented() throws Exception {
        StreamClient client = GATEWAY.connect(JSON);
        EVERYTHING.forEach(client::send);

        Set<Object> seen = new HashSet<>();
        while (!seen.containsAll(DATA) || client.batches() == 0) {
            Map<String, Object> message = client.next();
            Object name = message.getOrDefault("op", message.get("type"));
            assertThat(SchemaCheck.violations(SCHEMAS.at(name.toString()), message))
                    .isEmpty();
            seen.add(name);
        }
    }

    @Test
    void shouldSendEveryBinaryMessageThatIsDocumented() throws Exception {
        List<String> documented = Markdown.of("protocol.md").section("Market data in SBE").table(1).stream()
                .map(row -> row.get(0) + " with " + row.get(2))
                .toList();
        StreamClient client = GATEWAY.connect(SBE);
        List<String> first = templates(client.nextBinary());
        EVERYTHING.forEach(client::send);

        assertThat(first).isEqualTo(List.of("7 with 0"));
        Set<String> seen = new HashSet<>(first);
        // A status is told only where it changes, which here none does.
        List<String> expected =
                documented.stream().filter(name -> !name.startsWith("8 ")).toList();
        while (!seen.containsAll(expected)) {
            List<String> templates = templates(client.nextBinary());
            // A book whose prices are as they are is sent as version 1, without the two fields at the end of its block.
            templates.removeIf(name -> Set.of("1 with 48", "2 with 48").contains(name));
            assertThat(documented).containsAll(templates);
            seen.addAll(templates);
        }
    }

    /** Template and fixed bytes of every SBE message. */
    private static List<String> templates(Buffer message) {
        List<String> templates = new ArrayList<>();
        for (int start = 0; start < message.length(); start += message.getInt(start)) {
            assertThat(message.getUnsignedShort(start + 4)).isEqualTo(0xEB50);
            templates.add(message.getUnsignedShortLE(start + 8) + " with " + message.getUnsignedShortLE(start + 6));
        }
        return templates;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bad-request            | not JSON",
                "bad-request            | [1]",
                "bad-request            | {\"op\":\"ping\",\"id\":\"1\"}",
                "bad-request            | {\"op\":\"ping\",\"colour\":\"red\"}",
                "bad-request            | {\"op\":\"subscribe\",\"channel\":\"book\",\"symbols\":[]}",
                "bad-request            | {\"op\":\"subscribe\",\"channel\":\"bbo\",\"symbols\":[\"BTC-USD\"],\"depth\":10}",
                "bad-request            | {\"op\":\"resync\",\"channel\":\"book\",\"symbols\":[\"BTC-USD\"]}",
                "unknown-op             | {\"op\":\"dance\"}",
                "bad-request            | {\"op\":\"limit\",\"bytesPerSecond\":999}",
                "unknown-op             | {\"op\":\"auth\",\"token\":\"x\"}",
                "unknown-channel        | {\"op\":\"subscribe\",\"channel\":\"news\",\"symbols\":[\"BTC-USD\"]}",
                "unknown-symbol         | {\"op\":\"subscribe\",\"channel\":\"bbo\",\"symbols\":[\"XYZ\"]}",
                "bad-depth              | {\"op\":\"subscribe\",\"channel\":\"book\",\"symbols\":[\"BTC-USD\"],\"depth\":7}",
                "bad-interval           | {\"op\":\"subscribe\",\"channel\":\"candles\",\"symbols\":[\"BTC-USD\"]}",
                "bad-interval           | {\"op\":\"subscribe\",\"channel\":\"bbo\",\"symbols\":[\"*\"],\"intervalMillis\":-1}"
            })
    void shouldRefuseWithTheDocumentedCodeAndStay(String code, String command) throws Exception {
        StreamClient client = GATEWAY.connect(JSON);
        client.send(command);
        client.send("{\"op\":\"ping\"}");
        client.next(message -> "welcome".equals(message.get("op")));
        Map<String, Object> error = client.next(message -> message.containsKey("op"));

        assertThat(SchemaCheck.violations(SCHEMAS.at("error"), error)).isEmpty();
        assertThat(error.get("code")).isEqualTo(code);
        assertThat(client.next(message -> message.containsKey("op")).get("op")).isEqualTo("pong");
    }

    @Test
    void shouldWarnBeforeItEndsAConnectionForItsCommands() throws Exception {
        StreamClient client = GATEWAY.connect(JSON);
        Stream.generate(() -> "{\"op\":\"ping\"}").limit(200).forEach(client::send);

        assertThat(client.closeCode()).isEqualTo(4003);
        assertThat(client.rest())
                .filteredOn(message -> "error".equals(message.get("op")))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(error ->
                        assertThat(error).containsEntry("code", "rate-limited").doesNotContainKey("id"));
    }
}
