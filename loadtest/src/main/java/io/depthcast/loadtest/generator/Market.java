package io.depthcast.loadtest.generator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.depthcast.book.Instrument;
import io.depthcast.book.StepSize;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The instruments that a gateway lists, the most active first. */
public record Market(Map<String, Instrument> bySymbol, Map<Integer, String> symbols) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A peer's: nothing is known of it. */
    public static final Market UNKNOWN = new Market(Map.of(), Map.of());

    /** Asks a gateway on this machine, without TLS. */
    public static Market of(int port) throws IOException, InterruptedException {
        return of(Target.local(port, null));
    }

    /**
     * Asks a gateway.
     *
     * @throws IOException if nobody is there, or it does not answer as a gateway does; the message is fit to be read
     */
    public static Market of(Target target) throws IOException, InterruptedException {
        URI uri = target.instruments();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        if (!target.tokens().isEmpty()) {
            request.header("Authorization", "Bearer " + target.token(0));
        }
        HttpResponse<String> response = answer(target, request.build());
        int status = response.statusCode();
        if (status == 200) {
            return read(uri, response.body());
        }
        String why = status >= 500
                ? ": no gateway is ready behind it"
                : ": is this the path of a gateway, and the token one that it takes?";
        throw new IOException("expected instruments at " + uri + ", got " + status + why);
    }

    private static Market read(URI uri, String body) throws IOException {
        Map<String, Instrument> bySymbol = new LinkedHashMap<>();
        Map<Integer, String> symbols = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(body)) {
            Map<String, String> fields = new HashMap<>();
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    fields.clear();
                } else if (token.isScalarValue()) {
                    fields.put(json.currentName(), json.getText());
                } else if (token == JsonToken.END_OBJECT && fields.containsKey("symbol")) {
                    Instrument instrument = instrument(fields);
                    bySymbol.put(instrument.symbol(), instrument);
                    symbols.put(instrument.id(), instrument.symbol());
                    fields.clear();
                }
            }
        }
        if (bySymbol.isEmpty()) {
            throw new IOException("expected instruments at " + uri + ", got " + body);
        }
        return new Market(bySymbol, symbols);
    }

    private static HttpResponse<String> answer(Target target, HttpRequest request)
            throws IOException, InterruptedException {
        try {
            return target.http().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException nobody) {
            String way = target.proxy() == null
                    ? ""
                    : " by the proxy " + target.proxy().getHostString() + ":"
                            + target.proxy().getPort();
            throw new IOException("no gateway answers at " + request.uri() + way + ": " + why(nobody), nobody);
        }
    }

    /** What the JDK's client says, or means where it says nothing. */
    private static String why(IOException nobody) {
        if (nobody.getMessage() != null) {
            return nobody.getMessage();
        }
        boolean isUnknown =
                nobody.getCause() != null && nobody.getCause().getCause() instanceof UnresolvedAddressException;
        return isUnknown
                ? "unknown host"
                : nobody instanceof ConnectException
                        ? "nobody listens there"
                        : nobody.getClass().getSimpleName();
    }

    private static Instrument instrument(Map<String, String> fields) {
        return new Instrument(
                Integer.parseInt(fields.get("id")),
                fields.get("symbol"),
                StepSize.parse(fields.get("tickSize")),
                StepSize.parse(fields.get("lotSize")));
    }

    public List<String> ranked() {
        return List.copyOf(bySymbol.keySet());
    }
}
