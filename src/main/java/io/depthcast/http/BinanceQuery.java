package io.depthcast.http;

import io.depthcast.auth.Entitlements;
import io.depthcast.fanout.InstrumentDirectory;
import io.depthcast.wire.BinanceBody;
import io.depthcast.wire.Channel;
import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of one request in Binance's dialect. The first that is wrong is answered; what a client may not see is
 * to it as if it were not there.
 */
final class BinanceQuery {
    private static final String SYMBOL = "^[A-Z0-9-_.]{1,20}$";
    private static final String NUMBER = "^[0-9]{1,20}$";
    private static final String SYMBOLS = "^\\[(\"[A-Z0-9-_.]{1,20}\"(,\"[A-Z0-9-_.]{1,20}\"){0,}){0,1}\\]$";

    private final RoutingContext context;
    private final InstrumentDirectory directory;
    private final Entitlements entitlements;
    private final Set<String> read = new HashSet<>();
    private @Nullable BinanceError refusal;

    BinanceQuery(RoutingContext context, InstrumentDirectory directory, Entitlements entitlements) {
        this.context = context;
        this.directory = directory;
        this.entitlements = entitlements;
    }

    /** To be called when all is read; returns whether anything was wrong, which is then answered. */
    boolean isRefused() {
        MultiMap sent = context.queryParams();
        for (String name : sent.names()) {
            if (read.contains(name) && sent.getAll(name).size() > 1) {
                refuse(BinanceError.twice(name));
            }
        }
        int known = (int) sent.names().stream().filter(read::contains).count();
        if (known < sent.names().size()) {
            refuse(BinanceError.unread(known, sent.names().size()));
        }
        if (refusal != null) {
            refusal.send(context.response());
        }
        return refusal != null;
    }

    private void refuse(BinanceError error) {
        if (refusal == null) {
            refusal = error;
        }
    }

    /** Notes parameters that change nothing here. */
    void ignore(String... names) {
        read.addAll(List.of(names));
    }

    @Nullable
    String text(String name) {
        read.add(name);
        return context.queryParams().get(name);
    }

    /** Of the instrument that must be named; 0 if it is not. */
    int instrument(Channel channel) {
        String name = text("symbol");
        if (name == null || name.isEmpty()) {
            refuse(BinanceError.missing("symbol"));
            return 0;
        }
        return find(name, channel);
    }

    /** 0 if there is none. */
    private int find(String name, Channel channel) {
        int id = directory.binanceIdOf(name, entitlements, channel);
        if (id == 0) {
            refuse(name.matches(SYMBOL) ? BinanceError.INVALID_SYMBOL : BinanceError.illegal("symbol", SYMBOL));
        }
        return id;
    }

    /** Whether it is about all instruments that there are: what others who ask so get as well. */
    boolean isOfAll() {
        return entitlements.isEverything() && text("symbol") == null && text("symbols") == null;
    }

    /** Ids of the instruments that may be named, or of all. */
    List<Integer> instruments(Channel channel) {
        String symbol = text("symbol");
        String symbols = text("symbols");
        if (symbol == null && symbols == null) {
            return directory.binanceIds(entitlements, channel);
        }
        if (symbol != null && symbols != null) {
            refuse(BinanceError.INVALID_COMBINATION);
        }
        List<Integer> found = new ArrayList<>();
        for (String name : symbols == null ? List.of(String.valueOf(symbol)) : list(symbols)) {
            found.add(find(name, channel));
        }
        return found;
    }

    private List<String> list(String symbols) {
        List<String> names = new ArrayList<>();
        try {
            new JsonArray(symbols).forEach(each -> names.add(String.valueOf(each)));
        } catch (DecodeException e) {
            refuse(BinanceError.illegal("symbols", SYMBOLS));
        }
        return names;
    }

    int limit(int usual, int most) {
        long asked = number("limit", usual);
        if (asked == 0) {
            refuse(BinanceError.invalid("limit"));
        }
        return (int) Math.min(asked, most);
    }

    long number(String name, long usual) {
        String text = text(name);
        if (text == null) {
            return usual;
        }
        if (!text.matches(NUMBER)) {
            refuse(text.isEmpty() ? BinanceError.empty(name) : BinanceError.illegal(name, NUMBER));
            return usual;
        }
        // Of twenty digits some are more than a long has.
        return text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text);
    }

    /** Candles of an interval, perhaps of a time. */
    BinanceBody klines() {
        String interval = text("interval");
        long fromMillis = number("startTime", 0);
        long toMillis = number("endTime", Long.MAX_VALUE);
        if (interval == null || interval.isEmpty()) {
            refuse(BinanceError.missing("interval"));
            return BinanceBody.of(BinanceBody.Kind.KLINES);
        }
        BinanceBody body = BinanceBody.klines(interval, fromMillis, toMillis);
        if (body == null) {
            refuse(BinanceError.INVALID_INTERVAL);
            return BinanceBody.of(BinanceBody.Kind.KLINES);
        }
        return body;
    }
}
