package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.depthcast.limit.Address;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets through what may be asked of the management port, and refuses what a page of a stranger had sent. */
final class ManagementGuard {
    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String BEARER = "Bearer ";

    private final ManagementAccess access;

    ManagementGuard(ManagementAccess access) {
        this.access = access;
    }

    void check(RoutingContext context) {
        HttpError refusal = refusal(context.request());
        if (refusal == null) {
            context.next();
        } else {
            refusal.send(context.response());
        }
    }

    /** Whoever asks by HTTP/1.0 need not say by which name, as HAProxy does not: no browser asks so. */
    private boolean isKnown(HttpServerRequest request, List<String> hosts) {
        if (hosts.isEmpty()) {
            return request.version() == HttpVersion.HTTP_1_0;
        }
        return hosts.size() == 1 && access.hosts().allow(hosts.get(0));
    }

    private @Nullable HttpError refusal(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        if (!isKnown(request, hosts)) {
            return new HttpError(403, "host", "this name is not known here; ask by address, or set management.hosts");
        }
        if (HARMLESS.contains(request.method())) {
            return null;
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && (hosts.isEmpty() || !origin.equals("http://" + hosts.get(0)))) {
            return new HttpError(403, "origin", "pages from elsewhere may change nothing here");
        }
        return mayChange(request)
                ? null
                : access.hasToken()
                        ? new HttpError(
                                401, "no-token", "expected Authorization: Bearer with the value of management.token")
                        : new HttpError(
                                403,
                                "no-token",
                                "without management.token only this machine itself may change anything");
    }

    private boolean mayChange(HttpServerRequest request) {
        if (!access.hasToken()) {
            Address from = Address.parse(request.remoteAddress().hostAddress());
            return from != null && from.isLoopback();
        }
        String shown = request.getHeader(HttpHeaders.AUTHORIZATION);
        // In a time that does not tell how much of it is right.
        return shown != null
                && shown.startsWith(BEARER)
                && MessageDigest.isEqual(
                        shown.substring(BEARER.length()).getBytes(UTF_8),
                        access.token().getBytes(UTF_8));
    }
}
