package io.depthcast.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The dashboard, the browser client, the documents and the browser libraries, all from the class path. */
final class StaticRoutes {
    private static final int YEAR_SECONDS = 31_536_000;
    private static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30";

    /** The page loads nothing from elsewhere; uPlot sets inline styles. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; connect-src 'self' ws: wss:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

    /** Rendered once for all gateway loops of the process. */
    private static final DocsPage PROTOCOL = DocsPage.load("protocol");

    private static final Map<String, DocsPage> PAGES = Stream.of(
                    "operations", "architecture", "glossary", "decisions", "performance", "figures")
            .collect(Collectors.toUnmodifiableMap(Function.identity(), DocsPage::load));

    void mount(Router router) {
        router.get("/webjars/uplot/*")
                .handler(this::secure)
                .handler(files(UPLOT).setMaxAgeSeconds(YEAR_SECONDS));
        PAGES.forEach((name, page) -> page(router, "/docs/" + name + ".html", page));
        page(router, "/docs/protocol.html", PROTOCOL);
        page(router, "/docs/", PROTOCOL);
        // After the page, because it matches with the slash as well.
        router.get("/docs").handler(context -> redirect(context, "/docs/"));
        router.get("/docs/depthcast-sbe.xml").handler(context -> context.response()
                .putHeader("Content-Type", "application/xml")
                .sendFile("depthcast-sbe.xml"));
        router.get("/docs/*").handler(this::secure).handler(StaticRoutes::typed).handler(files("docs"));
        router.get("/*").handler(this::secure).handler(files("web"));
    }

    private static StaticHandler files(String folder) {
        // Revalidated at each load, so that a page never runs against a gateway of another version.
        return StaticHandler.create(folder).setMaxAgeSeconds(0).setCachingEnabled(true);
    }

    private void page(Router router, String path, DocsPage page) {
        router.get(path).handler(this::secure).handler(context -> context.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .end(page.html()));
    }

    /** The registered types (RFC 9512, RFC 7763), which Vert.x does not know. */
    private static void typed(RoutingContext context) {
        String path = context.request().path();
        String type = path.endsWith(".yaml") ? "application/yaml" : "text/markdown; charset=utf-8";
        if (path.endsWith(".yaml") || path.endsWith(".md")) {
            // In the end, because the file handler has an opinion of its own.
            context.addHeadersEndHandler(end -> context.response().putHeader("Content-Type", type));
        }
        context.next();
    }

    private static void redirect(RoutingContext context, String to) {
        context.response().setStatusCode(301).putHeader("Location", to).end();
    }

    private void secure(RoutingContext context) {
        HttpServerResponse response = context.response();
        Map.of(
                        "Content-Security-Policy", CONTENT_SECURITY_POLICY,
                        "X-Content-Type-Options", "nosniff",
                        "Referrer-Policy", "no-referrer")
                .forEach(response::putHeader);
        context.next();
    }
}
