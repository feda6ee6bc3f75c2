package io.depthcast.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The machine's own headless Chromium. Where there is none, tests are skipped, loudly; with -Dbrowser.required they fail. */
final class Chromium implements AutoCloseable {
    /** Where {@link #openModules()} finds the browser client at /client/v1/, the documents at /docs/ and the tests of its modules at /test/. */
    static final String MODULES_ORIGIN = "http://modules.test";

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    /** For everything that is waited for: that it comes is asserted, and not how soon on a machine that others use too. */
    private static final int PATIENCE_MILLIS = 60_000;

    private static final int HTTP_OK = 200;
    private static final int HTTP_NOT_FOUND = 404;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable, List<String> moreFlags) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(Stream.concat(FLAGS.stream(), moreFlags.stream())
                                .toList()));
    }

    static Chromium launch(String... moreFlags) {
        Optional<Path> executable = Stream.concat(
                        Stream.ofNullable(System.getenv("CHROMIUM")),
                        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"))
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        if (executable.isEmpty()) {
            String reason = "no Chromium: install the package chromium, or set CHROMIUM to its path";
            if (Boolean.getBoolean("browser.required")) {
                throw new IllegalStateException(reason);
            }
            System.err.println("\n*** BROWSER TESTS SKIPPED: " + reason + " ***\n");
            Assumptions.abort(reason);
        }
        return new Chromium(executable.orElseThrow(), List.of(moreFlags));
    }

    /** A page of the size and colours that the dashboard is made for. */
    Page open() {
        Page page = browser.newPage(
                new Browser.NewPageOptions().setViewportSize(1440, 900).setColorScheme(ColorScheme.DARK));
        page.setDefaultTimeout(PATIENCE_MILLIS);
        return page;
    }

    /** An empty page that can import the modules of the browser client, without a gateway. */
    Page openModules() {
        Page page = open();
        page.route(MODULES_ORIGIN + "/**", Chromium::serve);
        page.navigate(MODULES_ORIGIN + "/");
        return page;
    }

    @Override
    public void close() {
        playwright.close();
    }

    private static void serve(Route route) {
        String path = URI.create(route.request().url()).getPath();
        Route.FulfillOptions answer = new Route.FulfillOptions().setStatus(HTTP_OK);
        if (path.equals("/")) {
            route.fulfill(answer.setContentType("text/html").setBody("<!doctype html><title>modules</title>"));
            return;
        }
        String resource = path.startsWith("/docs/")
                ? path
                : path.startsWith("/test/") ? path.replace("/test/", "/browser/") : "/web" + path;
        try (InputStream in = Chromium.class.getResourceAsStream(resource)) {
            if (in == null) {
                route.fulfill(answer.setStatus(HTTP_NOT_FOUND));
            } else {
                route.fulfill(answer.setContentType("text/javascript").setBodyBytes(in.readAllBytes()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
