package io.depthcast.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsSockets;
import java.net.URI;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every document as a page of a gateway. */
@NeedsSockets
@Timeout(300)
class PagesTest {
    @RegisterExtension
    static final AskedGateway GATEWAY = new AskedGateway();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protocol",
                "client",
                "feeds",
                "feed-log",
                "binance",
                "operations",
                "architecture",
                "glossary",
                "decisions",
                "performance",
                "figures",
                "contributing"
            })
    void shouldLeadToPlacesThatThereAre(String name) throws Exception {
        URI address = URI.create("/docs/" + name + ".html");
        AskedGateway.Reply page = GATEWAY.get(address.toString());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.contentType()).isEqualTo("text/html");

        assertThat(found("(?:href|src)=\"([^\"]+)\"", page.text())).isNotEmpty();
        for (String link : found("(?:href|src)=\"([^\"]+)\"", page.text())) {
            URI to = address.resolve(link);
            if (to.getHost() == null) {
                AskedGateway.Reply there = GATEWAY.get(to.getPath());
                assertThat(there.status()).as(link).isEqualTo(200);
                assertThat(there.text()).as(link).contains(to.getFragment() == null ? "" : anchor(to.getFragment()));
            }
        }
    }

    @Test
    void shouldShowTheWayOfAPrice() throws Exception {
        AskedGateway.Reply picture = GATEWAY.get("/docs/price.svg");

        assertThat(picture.contentType()).isEqualTo("image/svg+xml");
        assertThat(picture.text()).contains("<title id=\"title\">The way of a price</title>");
    }

    private static String anchor(String fragment) {
        return "id=\"" + fragment + "\"";
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
