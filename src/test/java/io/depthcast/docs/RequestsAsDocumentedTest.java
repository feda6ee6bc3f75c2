package io.depthcast.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A running gateway answers as openapi.yaml says. */
@NeedsSockets
@Timeout(300)
class RequestsAsDocumentedTest {
    private static final Node PATHS = Node.of("openapi.yaml").at("paths");

    @RegisterExtension
    static final AskedGateway GATEWAY = new AskedGateway();

    static List<String> paths() {
        return PATHS.keys().stream().filter(path -> PATHS.at(path).has("get")).toList();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void shouldAnswerEveryPath(String path) throws Exception {
        checkAnswer(path, path.replace("{symbol}", "BTC-USD"));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void shouldAnswerTheExamplesOfAllParameters(String path) throws Exception {
        Node operation = PATHS.at(path).at("get");
        String query = !operation.has("parameters")
                ? ""
                : operation.at("parameters").items().stream()
                        .filter(parameter -> parameter.at("in").text().equals("query") && parameter.has("example"))
                        .map(parameter -> parameter.at("name").text() + "="
                                + parameter.at("example").value())
                        .collect(Collectors.joining("&"));

        checkAnswer(path, path.replace("{symbol}", "BTC-USD") + (query.isEmpty() ? "" : "?" + query));
    }

    @ParameterizedTest
    @CsvSource({
        "400, bad-depth, /v1/book/{symbol}, /v1/book/BTC-USD?depth=7",
        "400, bad-request, /v1/book/{symbol}, /v1/book/BTC-USD?since=yesterday",
        "400, bad-request, /v1/book/{symbol}, /v1/book/BTC-USD?waitMillis=60001",
        "400, bad-request, /v1/trades/{symbol}, /v1/trades/BTC-USD?limit=0",
        "400, bad-interval, /v1/candles/{symbol}, /v1/candles/BTC-USD?interval=2m",
        "400, bad-request, /v1/candles/{symbol}, /v1/candles/BTC-USD?limit=1001",
        "404, unknown-symbol, /v1/book/{symbol}, /v1/book/XYZ",
        "404, unknown-symbol, /v1/trades/{symbol}, /v1/trades/XYZ",
        "404, unknown-symbol, /v1/candles/{symbol}, /v1/candles/XYZ",
        "400, bad-request, /v1/sse, /v1/sse?symbol=BTC-USD",
        "400, bad-depth, /v1/sse, /v1/sse?channel=book&symbol=BTC-USD&depth=7",
        "400, unknown-channel, /v1/sse, /v1/sse?channel=news&symbol=BTC-USD",
        "404, unknown-symbol, /v1/sse, /v1/sse?channel=book&symbol=XYZ",
        "426, upgrade-required, /v1/stream, /v1/stream"
    })
    void shouldRefuseWithTheDocumentedCode(int status, String code, String path, String request) throws Exception {
        AskedGateway.Reply reply = checkAnswer(path, request);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text()).contains("\"code\":\"" + code + "\"");
    }

    @Test
    void shouldTellWhatChangedSinceAVersionWithoutAWait() throws Exception {
        Map<String, Object> held = GATEWAY.get("/v1/book/BTC-USD?depth=10").json();
        String version = held.get("epoch") + ":" + held.get("sequence");
        AskedGateway.Reply changed =
                checkAnswer("/v1/book/{symbol}", "/v1/book/BTC-USD?depth=10&waitMillis=20000&since=" + version);
        AskedGateway.Reply again = checkAnswer("/v1/book/{symbol}", "/v1/book/BTC-USD?depth=10&since=" + version);

        assertThat(List.of(changed.status(), again.status())).containsExactly(200, 200);
    }

    /** Requests, and compares status, type and body with what stands under the path. */
    private static AskedGateway.Reply checkAnswer(String path, String request) throws Exception {
        AskedGateway.Reply reply = GATEWAY.get(portOf(path), request);
        Node responses = PATHS.at(path).at("get").at("responses");
        assertThat(responses.keys()).contains(String.valueOf(reply.status()));
        Node response = responses.at(String.valueOf(reply.status()));
        if (response.has("content")) {
            assertThat(response.at("content").keys()).contains(reply.contentType());
            Node content = response.at("content").at(reply.contentType());
            if (content.has("schema")) {
                assertThat(SchemaCheck.violations(content.at("schema"), reply.json()))
                        .isEmpty();
            }
        }
        if (response.has("headers")) {
            assertThat(response.at("headers").keys())
                    .allMatch(name -> reply.headers().firstValue(name).isPresent());
        }
        return reply;
    }

    private static int portOf(String path) {
        return PATHS.at(path).has("servers") ? GATEWAY.managementPort() : GATEWAY.port();
    }
}
