package io.depthcast.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.Map;

/** The dashboard, the browser client, the documents and the browser libraries, all from the class path. */
final class StaticRoutes {
    private static final int YEAR_SECONDS = 31_536_000;
    private static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30";

    /** The page loads nothing from elsewhere; uPlot sets inline styles. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; connect-src 'self' ws: wss:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

    private final DocsPage protocol = DocsPage.load("protocol");
    private final DocsPage operations = DocsPage.load("operations");

    void mount(Router router) {
        router.get("/webjars/uplot/*")
                .handler(this::secure)
                .handler(files(UPLOT).setMaxAgeSeconds(YEAR_SECONDS));
        router.get("/docs/").handler(this::secure).handler(context -> page(context, protocol));
        router.get("/docs/operations.html").handler(this::secure).handler(context -> page(context, operations));
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

    private static void page(RoutingContext context, DocsPage page) {
        context.response().putHeader("Content-Type", "text/html; charset=utf-8").end(page.html());
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
