package io.depthcast.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.depthcast.NeedsBrowser;
import io.depthcast.NeedsSockets;
import io.depthcast.http.RunningGateway;
import io.depthcast.session.LimitSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The documents as a reader has them in a browser. */
@NeedsBrowser
@NeedsSockets
@Timeout(120)
class DocumentsInBrowserTest {
    private static RunningGateway gateway;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        gateway = RunningGateway.start(RunningGateway.QUIET, LimitSettings.DEFAULT);
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    private static Page open(String path) {
        Page page = chromium.open();
        page.navigate("http://127.0.0.1:" + gateway.port() + path);
        return page;
    }

    @Test
    void shouldLeadFromTheMenuToEveryDocument() {
        try (Page page = open("/docs/")) {
            List<String> titles = new ArrayList<>();
            @SuppressWarnings("unchecked") // what the script returns
            List<String> paths = (List<String>)
                    page.evaluate(
                            "() => [...document.querySelectorAll('nav a')].map(a => a.getAttribute('href')).filter(p => /html$/.test(p))");
            for (String path : paths) {
                page.click("nav a[href='" + path + "']");
                assertThat(page.locator("nav a[aria-current=page]")).hasAttribute("href", path);
                titles.add(page.locator("h1").first().innerText());
            }
            assertThat(titles).hasSize(11).doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldFindASectionByAWordInIt() {
        try (Page page = open("/docs/client.html")) {
            page.fill("aside input", "bytes a second");
            assertThat(page.locator("aside li:visible")).hasText("A slow client");
            page.click("aside li:visible a");
            page.waitForFunction("() => location.hash === '#a-slow-client'");
        }
    }

    @Test
    void shouldCopyAnExample() {
        try (Page page = open("/docs/client.html")) {
            page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
            String example = page.locator("pre code").first().innerText();
            page.locator("pre .copy").first().click();
            assertThat(page.locator("pre .copy").first()).hasText("Copied");
            assertThat(page.evaluate("() => navigator.clipboard.readText()")).isEqualTo(example);
        }
    }

    @Test
    void shouldScrollWideTablesAndNeverThePageOnAPhone() {
        try (Page page = chromium.open()) {
            page.setViewportSize(390, 844);
            for (String path : List.of("/docs/", "/docs/client.html", "/docs/operations.html", "/docs/figures.html")) {
                page.navigate("http://127.0.0.1:" + gateway.port() + path);
                assertThat((int) page.evaluate("() => document.documentElement.scrollWidth"))
                        .as(path)
                        .isLessThanOrEqualTo(390);
            }
        }
    }
}
