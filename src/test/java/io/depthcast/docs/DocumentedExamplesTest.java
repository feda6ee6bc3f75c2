package io.depthcast.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.wire.Command;
import io.depthcast.wire.CommandParser;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every example of the documents is what the documents say of it. */
class DocumentedExamplesTest {
    private static final List<String> COMMANDS = List.of("subscribe", "unsubscribe", "resync", "limit", "auth", "ping");
    private static final Node STREAM = Node.of("asyncapi.yaml").at("components");
    private static final Node REQUESTS = Node.of("openapi.yaml");

    @Test
    void shouldFollowTheSchemaOfTheirMessage() {
        for (Node message : STREAM.at("messages").children()) {
            assertThat(message.at("examples").items()).isNotEmpty().allSatisfy(example -> assertThat(
                            SchemaCheck.violations(
                                    message.at("payload"), example.at("payload").value()))
                    .isEmpty());
        }
    }

    @Test
    void shouldFollowTheSchemaOfTheirResponse() {
        for (Node path : REQUESTS.at("paths").children()) {
            for (Node response :
                    path.at(path.has("get") ? "get" : "post").at("responses").children()) {
                if (response.has("content")) {
                    response.at("content").children().forEach(DocumentedExamplesTest::checkContent);
                }
            }
        }
    }

    private static void checkContent(Node content) {
        if (content.has("example")) {
            assertThat(SchemaCheck.violations(
                            content.at("schema"), content.at("example").value()))
                    .isEmpty();
        }
        if (content.has("examples")) {
            assertThat(content.at("examples").children()).allSatisfy(example -> assertThat(SchemaCheck.violations(
                            content.at("schema"), example.at("value").value()))
                    .isEmpty());
        }
        assertThat(content.has("schema")).isEqualTo(content.has("example") || content.has("examples"));
    }

    @Test
    void shouldFollowTheSchemasInTheProtocol() {
        List<String> blocks = Markdown.of("protocol.md").fenced("json");

        assertThat(blocks).hasSizeGreaterThan(15).allSatisfy(block -> {
            Map<String, Object> json = ((JsonObject) Json.decodeValue(block)).getMap();
            assertThat(SchemaCheck.violations(schemaOf(json), json)).isEmpty();
        });
    }

    private static Node schemaOf(Map<String, Object> json) {
        Object name = json.getOrDefault("op", json.get("type"));
        if (name != null) {
            return STREAM.at("schemas").at(name.toString());
        }
        Map<String, String> byField = Map.of(
                "error",
                "Error",
                "ticket",
                "Ticket",
                "instruments",
                "Instruments",
                "candles",
                "Candles",
                "tickers",
                "Tickers",
                "checks",
                "Probe",
                "connections",
                "Connections",
                "closed",
                "Closed");
        String field =
                json.keySet().stream().filter(byField::containsKey).findFirst().orElseThrow();
        return REQUESTS.at("components").at("schemas").at(byField.get(field));
    }

    @Test
    void shouldBeCommandsIfAClientSendsThem() {
        for (String name : COMMANDS) {
            assertThat(STREAM.at("messages").at(name).at("examples").items()).allSatisfy(example -> assertThat(
                            parse(Json.encode(example.at("payload").value())))
                    .isInstanceOf(Command.class));
        }
        assertThat(Markdown.of("protocol.md").fenced("json"))
                .filteredOn(block -> COMMANDS.contains(new JsonObject(block).getString("op", "")))
                .hasSizeGreaterThan(4)
                .allSatisfy(block -> assertThat(parse(block)).isInstanceOf(Command.class));
    }

    private static Object parse(String text) {
        return CommandParser.parse(Unpooled.copiedBuffer(text, UTF_8));
    }
}
