package io.depthcast.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.nio.file.Path;

/**
 * Pages of the operator's own from a folder, under {@code /pages/}. They carry no policy of this gateway: what they load and
 * run is their author's business.
 */
final class OwnPages {
    private final PageSettings settings;

    OwnPages(PageSettings settings) {
        this.settings = settings;
    }

    /** To be called before the routes that take every path. */
    void mount(Router router) {
        if (settings.hasPages()) {
            String folder =
                    Path.of(settings.pages()).toAbsolutePath().normalize().toString();
            router.get("/pages/*")
                    .handler(StaticHandler.create(FileSystemAccess.ROOT, folder).setCachingEnabled(false));
        }
    }
}
