package io.depthcast.http;

import io.depthcast.auth.Entitlements;
import io.depthcast.fanout.InstrumentDirectory;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Refusal;
import io.depthcast.wire.Version;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of one request; the first that is wrong is answered with an error, and no other. */
final class Query {
    private static final Version NOTHING = new Version(0, 0);

    private final RoutingContext context;
    private final boolean isLast;
    private boolean refused;
    private String refusedCode = "";

    Query(RoutingContext context) {
        this(context, false);
    }

    private Query(RoutingContext context, boolean isLast) {
        this.context = context;
        this.isLast = isLast;
    }

    /** Of a request whose connection ends if anything is wrong with it. */
    static Query ofLast(RoutingContext context) {
        return new Query(context, true);
    }

    boolean isRefused() {
        return refused;
    }

    /** Code of the error that was answered; empty if none was. */
    String refusedCode() {
        return refusedCode;
    }

    /** Id of the instrument named in the path, of which the client may see that channel. */
    int instrument(Channel channel, InstrumentDirectory directory, Entitlements entitlements) {
        String symbol = context.pathParam("symbol");
        expectVisible(channel, symbol, directory, entitlements);
        return directory.idOf(symbol);
    }

    void expectVisible(Channel channel, String symbol, InstrumentDirectory directory, Entitlements entitlements) {
        if (directory.idOf(symbol) == 0) {
            refuse(404, "unknown-symbol", "no instrument " + Refusal.quote(symbol) + "; see /v1/instruments");
        } else if (!entitlements.allows(channel.text(), symbol)) {
            refuseForbidden();
        }
    }

    void refuseForbidden() {
        refuse(403, "not-entitled", "your token does not allow this; /v1/instruments lists what you may see");
    }

    /** A version {@code epoch:sequence}; 0:0 if there is none. */
    Version version(String name) {
        String text = text(name);
        return text == null ? NOTHING : version(name, text);
    }

    /** @param name to be told in an error */
    Version version(String name, String text) {
        Version version = Version.parse(text);
        if (version == null) {
            refuse("bad-request", name + ": expected epoch:sequence, got " + Refusal.quote(text));
            return NOTHING;
        }
        return version;
    }

    @Nullable
    String text(String name) {
        return context.request().getParam(name);
    }

    /** Refuses a request with a parameter that nobody reads: it would be taken for done. */
    void expectOnly(Set<String> known) {
        for (String name : context.request().params().names()) {
            if (!known.contains(name) && !context.pathParams().containsKey(name)) {
                String expected = String.join(", ", new TreeSet<>(known));
                refuse("bad-request", "unknown parameter " + Refusal.quote(name) + "; there are " + expected);
            }
        }
    }

    /** Every value of a parameter that may repeat. */
    List<String> all(String name) {
        return context.request().params().getAll(name);
    }

    @Nullable
    String header(String name) {
        return context.request().getHeader(name);
    }

    int integer(String name, int defaultValue, int min, int max) {
        String text = text(name);
        if (text == null) {
            return defaultValue;
        }
        if (text.matches("[0-9]{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        }
        refuse("bad-request", name + ": expected " + min + " to " + max + ", got " + Refusal.quote(text));
        return defaultValue;
    }

    /** @param defaultText one of the keys, which counts where there is nothing else to go on with */
    <T> T oneOf(String name, String defaultText, Map<String, T> values, String code) {
        String text = text(name);
        T value = values.get(text == null ? defaultText : text);
        if (value == null) {
            String expected = String.join(", ", values.keySet());
            refuse(code, name + ": expected one of " + expected + ", got " + Refusal.quote(String.valueOf(text)));
            return Objects.requireNonNull(values.get(defaultText));
        }
        return value;
    }

    void refuse(String code, String reason) {
        refuse(400, code, reason);
    }

    private void refuse(int status, String code, String reason) {
        if (!refused) {
            refused = true;
            refusedCode = code;
            HttpError error = new HttpError(status, code, reason);
            if (isLast) {
                error.sendLast(context.request());
            } else {
                error.send(context.response());
            }
        }
    }
}
