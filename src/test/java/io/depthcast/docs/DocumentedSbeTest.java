package io.depthcast.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The tables of the SBE messages say what the schema says. */
class DocumentedSbeTest {
    private static final Markdown PROTOCOL = Markdown.of("protocol.md");
    private static final Map<String, Integer> BYTES =
            Map.of("uint8", 1, "int8", 1, "uint16", 2, "uint32", 4, "int64", 8, "uint64", 8, "char[36]", 36);
    private static final Map<String, Element> MESSAGES = new HashMap<>();
    private static final Map<String, String> PRIMITIVES = new HashMap<>();

    @BeforeAll
    static void readSchema() throws Exception {
        try (InputStream schema = DocumentedSbeTest.class.getResourceAsStream("/depthcast-sbe.xml")) {
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Objects.requireNonNull(schema))
                    .getDocumentElement();
            all(root, "type")
                    .forEach(type -> PRIMITIVES.put(
                            type.getAttribute("name"),
                            type.getAttribute("primitiveType")
                                    + (type.getAttribute("primitiveType").equals("char")
                                            ? "[" + type.getAttribute("length") + "]"
                                            : "")));
            all(root, "enum")
                    .forEach(type -> PRIMITIVES.put(type.getAttribute("name"), type.getAttribute("encodingType")));
            all(root, "sbe:message").forEach(message -> MESSAGES.put(message.getAttribute("name"), message));
        }
    }

    @Test
    void shouldListEveryMessage() {
        List<List<String>> expected = new ArrayList<>();
        for (Element message : MESSAGES.values()) {
            int fixedBytes = children(message, "field").stream()
                    .mapToInt(field -> offset(field) + BYTES.get(primitive(field)))
                    .max()
                    .orElse(0);
            String groups = String.join(
                    ", ",
                    children(message, "group").stream()
                            .map(group -> "`" + group.getAttribute("name") + "`")
                            .toList());
            expected.add(List.of(
                    message.getAttribute("id"), message.getAttribute("name"), String.valueOf(fixedBytes), groups));
        }
        List<List<String>> documented = PROTOCOL.section("Market data in SBE").table(1).stream()
                .map(row -> List.of(row.get(0), row.get(1).replaceAll("\\[(\\w+)].*", "$1"), row.get(2), row.get(3)))
                .toList();

        assertThat(documented).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "BookSnapshot, BookSnapshot and BookDelta",
        "BookDelta, BookSnapshot and BookDelta",
        "BestBidOffer, BestBidOffer",
        "Trades, Trades",
        "Candle, Candle",
        "Heartbeat, Heartbeat",
        "InstrumentStatus, InstrumentStatus",
        "Ticker, Ticker"
    })
    void shouldPlaceEveryFieldOfAMessage(String message, String heading) {
        assertThat(documented(heading, 0)).isEqualTo(fields(Objects.requireNonNull(MESSAGES.get(message))));
    }

    @ParameterizedTest
    @CsvSource({
        "BookSnapshot, BookSnapshot and BookDelta, 1",
        "BookDelta, BookSnapshot and BookDelta, 1",
        "Trades, Trades, 1",
        "Instruments, Instruments, 0"
    })
    void shouldPlaceEveryFieldOfAGroup(String message, String heading, int table) {
        for (Element group : children(Objects.requireNonNull(MESSAGES.get(message)), "group")) {
            assertThat(documented(heading, table)).isEqualTo(fields(group));
        }
    }

    /** Offset, name and type of the fixed fields. */
    private static List<List<String>> documented(String heading, int table) {
        return PROTOCOL.section(heading).table(table).stream()
                .filter(row -> BYTES.containsKey(row.get(2)))
                .map(row -> List.of(row.get(0), Markdown.code(row.get(1)).get(0), row.get(2)))
                .toList();
    }

    private static List<List<String>> fields(Element block) {
        return children(block, "field").stream()
                .map(field -> List.of(field.getAttribute("offset"), field.getAttribute("name"), primitive(field)))
                .toList();
    }

    private static int offset(Element field) {
        return Integer.parseInt(field.getAttribute("offset"));
    }

    private static String primitive(Element field) {
        return Objects.requireNonNull(PRIMITIVES.get(field.getAttribute("type")));
    }

    private static List<Element> children(Element parent, String name) {
        return all(parent, name).stream()
                .filter(element -> element.getParentNode() == parent)
                .toList();
    }

    private static List<Element> all(Element root, String name) {
        NodeList found = root.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
