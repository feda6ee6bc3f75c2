package io.depthcast.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.wire.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The codes in the documents are those of the program. */
class DocumentedCodesTest {
    private static final Markdown PROTOCOL = Markdown.of("protocol.md");

    @Test
    void shouldNameEveryErrorOfACommand() {
        List<String> codes =
                Arrays.stream(ErrorCode.values()).map(ErrorCode::text).toList();

        assertThat(firstCode(PROTOCOL.section("error").table(1), 0)).isEqualTo(codes);
        assertThat(Node.of("asyncapi.yaml")
                        .at("components")
                        .at("schemas")
                        .at("error")
                        .at("properties")
                        .at("code")
                        .at("enum")
                        .value())
                .isEqualTo(codes);
    }

    @Test
    void shouldNameTheSameErrorsOfRequestsInBothPlaces() {
        Stream<String> refusals = firstCode(PROTOCOL.section("What is refused").table(0), 1).stream();
        Stream<String> errors = firstCode(PROTOCOL.section("Errors").table(0), 1).stream();
        Node code = Node.of("openapi.yaml")
                .at("components")
                .at("schemas")
                .at("Error")
                .at("properties")
                .at("error")
                .at("properties")
                .at("code");

        assertThat(Stream.concat(refusals, errors))
                .containsExactlyInAnyOrderElementsOf(
                        code.at("enum").items().stream().map(Node::text).toList());
    }

    private static List<String> firstCode(List<List<String>> rows, int column) {
        return rows.stream().map(row -> Markdown.code(row.get(column)).get(0)).toList();
    }
}
