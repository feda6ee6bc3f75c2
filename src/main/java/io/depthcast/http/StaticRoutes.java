package io.depthcast.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard, the browser client, the documents and the browser libraries, all from the class path. Whole files only: who
 * asks for a range gets the file, as RFC 9110, 14.2 allows.
 */
final class StaticRoutes {
    private static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30";
    private static final String UPLOT_PATH = "/webjars/uplot";
    private static final String A_YEAR = "public, immutable, max-age=31536000";
    /** Asked for again at each load, so that a page never runs against a gateway of another version. */
    private static final String EACH_TIME = "public, max-age=0, must-revalidate";

    /** The page loads nothing from elsewhere; uPlot sets inline styles. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; connect-src 'self' ws: wss:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

    private static final Map<String, String> SECURITY =
            Map.of("Content-Security-Policy", CONTENT_SECURITY_POLICY, "Referrer-Policy", "no-referrer");

    private final SharedFiles files = SharedFiles.ALL;

    void mount(Router router) {
        router.get(UPLOT_PATH + "/*").handler(files(UPLOT, UPLOT_PATH, A_YEAR));
        router.get("/docs/").handler(context -> send(context, files.find("docs", "/protocol.html"), EACH_TIME));
        // After the page, because it matches with the slash as well.
        router.get("/docs").handler(context -> redirect(context, "docs/"));
        router.get("/docs/depthcast-sbe.xml")
                .handler(context -> send(context, files.find("", "/depthcast-sbe.xml"), EACH_TIME));
        router.get("/docs/*").handler(files("docs", "/docs", EACH_TIME));
        router.get("/").handler(context -> send(context, files.find("web", "/index.html"), EACH_TIME));
        router.get("/*").handler(files("web", "", EACH_TIME));
    }

    /** @param prefix of the path, which is not part of the file's name */
    private Handler<RoutingContext> files(String folder, String prefix, String caching) {
        return context -> {
            String path = context.request().path();
            boolean isBelow = path != null && path.startsWith(prefix);
            send(context, isBelow ? files.find(folder, path.substring(prefix.length())) : null, caching);
        };
    }

    private static void send(RoutingContext context, @Nullable SharedFile file, String caching) {
        if (file == null) {
            context.next();
            return;
        }
        HttpServerResponse response = context.response();
        SECURITY.forEach(response::putHeader);
        response.putHeader(HttpHeaders.ETAG, file.etag()).putHeader(HttpHeaders.CACHE_CONTROL, caching);
        if (isHeld(context.request(), file)) {
            Answer.empty(response.setStatusCode(304));
        } else {
            Answer.whole(response, file.contentType(), file.body());
        }
    }

    /** Whether the client has this very file (RFC 9110, 13.1.2). */
    private static boolean isHeld(HttpServerRequest request, SharedFile file) {
        List<String> held = HeaderTokens.of(request.headers().getAll(HttpHeaders.IF_NONE_MATCH));
        return held.stream()
                .anyMatch(tag -> tag.equals("*") || tag.replaceFirst("^W/", "").equals(file.etag()));
    }

    private static void redirect(RoutingContext context, String to) {
        Answer.empty(context.response().setStatusCode(301).putHeader(HttpHeaders.LOCATION, to));
    }
}
