package io.depthcast.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the console of a page says is wrong. */
final class Complaints {
    /**
     * A browser complains of every answer that is an error, also where it is asked again: of an instrument that the thread that
     * answers has not heard of yet, or no more; too often; of a thread that stands still with the machine.
     */
    private static final List<Pattern> ASKED_AGAIN = List.of(
            Pattern.compile("(?s).*\\b404\\b.*/v1/(candles|trades)/.*"),
            Pattern.compile("(?s).*/v1/.*\\b(429|503)\\b.*"),
            Pattern.compile("(?s).*\\b(429|503)\\b.*/v1/.*"));

    private static final Pattern NETWORK =
            Pattern.compile("(?s).*(WebSocket connection to|net::ERR|426 \\(Upgrade Required\\)).*");

    private final List<String> heard = new ArrayList<>();
    private final List<Pattern> forgiven = new ArrayList<>(ASKED_AGAIN);

    Complaints(Page page) {
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                heard.add(message.text() + " " + message.location());
            }
        });
        page.onPageError(heard::add);
    }

    /** Whoever brought about lost connections forgives these, also those of which is heard later. */
    void forgiveNetwork() {
        forgive(NETWORK);
    }

    void forgive(Pattern complaint) {
        forgiven.add(complaint);
    }

    /** But for those that are forgiven. */
    void assertNone() {
        assertThat(heard)
                .filteredOn(each -> forgiven.stream()
                        .noneMatch(pattern -> pattern.matcher(each).matches()))
                .isEmpty();
    }
}
