package io.depthcast.http;

import io.depthcast.session.EventRequest;
import io.depthcast.session.InstrumentDirectory;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /v1/sse}: reads what is wanted, asks whether the client may come, and has it streamed, or says what is wrong. */
final class SseRoute {
    static final String CONTENT_TYPE = "text/event-stream";
    static final String CACHE_CONTROL = "no-store, no-transform";

    private final EventStreams streams;
    private final FrontDesk desk;
    private final InstrumentDirectory directory;

    SseRoute(EventStreams streams, FrontDesk desk, InstrumentDirectory directory) {
        this.streams = streams;
        this.desk = desk;
        this.directory = directory;
    }

    void handle(RoutingContext context) {
        Query query = new Query(context);
        EventRequest wanted = new SseQuery(query, directory).read(streams.most());
        if (query.isRefused()) {
            return;
        }
        HttpServerRequest request = context.request();
        boolean gzip = AcceptEncoding.isGzip(request);
        if (HttpMethod.HEAD.equals(request.method())) {
            head(request.response(), gzip);
            return;
        }
        Form form = Form.of(Encodings.JSON, gzip ? Form.FULL_WINDOW_BITS : 0);
        desk.admit(request).onSuccess(entry -> {
            if (entry instanceof Entry.Admitted admitted) {
                streams.open(request, admitted.address(), wanted, form);
            } else if (entry instanceof Entry.Refused refused) {
                refused.sendLast(request);
            }
        });
    }

    private static void head(HttpServerResponse response, boolean gzip) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
                .putHeader("X-Accel-Buffering", "no")
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (gzip) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        Answer.empty(response);
    }
}
