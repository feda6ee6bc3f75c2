package io.depthcast.http;

import io.depthcast.auth.Credential;
import io.depthcast.auth.Identity;
import io.depthcast.fanout.InstrumentDirectory;
import io.depthcast.session.EventRequest;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /v1/sse}: asks whether the client may come, reads what is wanted, and has it streamed, or says what is wrong. */
final class SseRoute {
    static final String CONTENT_TYPE = "text/event-stream";
    static final String CACHE_CONTROL = "no-store, no-transform";

    private final EventStreams streams;
    private final FrontDesk desk;
    private final IdentityDesk identities;
    private final InstrumentDirectory directory;

    SseRoute(EventStreams streams, FrontDesk desk, IdentityDesk identities, InstrumentDirectory directory) {
        this.streams = streams;
        this.desk = desk;
        this.identities = identities;
        this.directory = directory;
    }

    void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (HttpMethod.HEAD.equals(request.method())) {
            identities.identify(context, client -> head(context, client));
            return;
        }
        // A mistake is told before it costs a place, or a ticket, but to nobody who has yet to say who he is.
        if (!identities.isOn()) {
            admitIfGood(context, Identity.ANYONE);
        } else if (Credentials.of(request).kind() == Credential.Kind.TICKET) {
            identities.look(context, client -> admitIfGood(context, client));
        } else {
            admit(context);
        }
    }

    private void admitIfGood(RoutingContext context, Identity client) {
        if (isGood(context, client)) {
            admit(context);
        }
    }

    /** Whether what is asked for is in order; answers it if not. */
    private boolean isGood(RoutingContext context, Identity client) {
        Query query = new Query(context);
        var unused = new SseQuery(query, directory, client).read(streams.most());
        count(context, query);
        return !query.isRefused();
    }

    private void count(RoutingContext context, Query query) {
        if (query.isRefused()) {
            desk.turnedAway(context.request(), Refusals.SSE, query.refusedCode());
        }
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        desk.admit(request, Refusals.SSE).onSuccess(entry -> {
            if (entry instanceof Entry.Admitted admitted) {
                open(context, admitted);
            } else if (entry instanceof Entry.Refused refused) {
                refused.sendLast(request);
            }
        });
    }

    /** Who is admitted is counted until the connection ends, so whatever is wrong from here on ends it. */
    private void open(RoutingContext context, Entry.Admitted admitted) {
        HttpServerRequest request = context.request();
        if (admitted.tooMany() != null) {
            new HttpError(429, "too-many-connections", admitted.tooMany().text()).sendLast(request);
            return;
        }
        Query query = Query.ofLast(context);
        EventRequest wanted = new SseQuery(query, directory, admitted.client()).read(streams.most());
        count(context, query);
        if (!query.isRefused()) {
            streams.open(request, admitted, wanted, form(AcceptEncoding.isGzip(request)));
        }
    }

    private static Form form(boolean gzip) {
        return Form.of(Encodings.JSON, gzip ? Form.FULL_WINDOW_BITS : 0);
    }

    private void head(RoutingContext context, Identity client) {
        if (isGood(context, client)) {
            head(context.response(), AcceptEncoding.isGzip(context.request()));
        }
    }

    private static void head(HttpServerResponse response, boolean gzip) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
                .putHeader("X-Accel-Buffering", "no");
        response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (gzip) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        Answer.empty(response);
    }
}
