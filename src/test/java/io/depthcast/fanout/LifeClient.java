package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.CandleInterval;
import io.depthcast.book.Trade;
import io.depthcast.session.Session;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Form;
import io.depthcast.wire.ListedInstrument;
import io.depthcast.wire.ReceivedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A client of any form that follows any streams of instruments that come, change and go, and moves from node to node with the
 * versions of its books.
 */
final class LifeClient extends ModelSocket {
    private static final Form[] FORMS = {
        Form.JSON,
        Form.JSON_DEFLATED,
        Form.JSON_DEFLATED_SMALL,
        Form.SBE,
        Form.SBE_DEFLATED,
        Form.SBE_DEFLATED_SMALL,
        Form.COMPACT,
        Form.COMPACT_DEFLATED,
        Form.COMPACT_DEFLATED_SMALL
    };
    private static final CandleInterval[] CANDLES = {
        CandleInterval.ONE_SECOND, CandleInterval.ONE_MINUTE, CandleInterval.FIVE_MINUTES
    };
    private static final int[] DEPTHS = {10, 25, 100, 500};
    private static final int[] INTERVALS = {0, 0, 40, 100, 200};
    private static final Channel[] CHANNELS = {Channel.BOOK, Channel.BOOK, Channel.TRADES, Channel.CANDLES, Channel.BBO
    };

    private final Random random;
    private final Form form;
    private final Set<String> happened;
    /** The channel of which it follows whatever there is; null if it names what it wants. */
    private final @Nullable Channel standing;

    private final String standingTerms;
    private final LifeHoldings holdings;
    final Map<String, ListedInstrument> listed;
    final Map<Channel, Map<String, LifeHoldings.Followed>> followed;
    ModelNode node;
    private Session session;

    /**
     * @param random its own, so that what it does does not depend on the order in which clients are served
     * @param trades all of a symbol, by their numbers
     * @param happened notes what it met
     */
    LifeClient(Random random, ModelNode node, Function<String, List<Trade>> trades, Set<String> happened) {
        super(random);
        this.random = random;
        this.form = FORMS[random.nextInt(FORMS.length)];
        this.happened = happened;
        this.node = node;
        this.holdings = new LifeHoldings(form.encoding(), trades, happened);
        this.listed = holdings.listed;
        this.followed = holdings.followed;
        this.standing = random.nextInt(3) == 0 ? CHANNELS[random.nextInt(CHANNELS.length)] : null;
        this.standingTerms = standing == null ? "" : anyTerms(standing);
        this.session = node.open(random, form, this);
        begin();
    }

    private void begin() {
        session.open();
        if (standing != null) {
            Set<String> held = followed.get(standing).keySet();
            say(session, standingTerms + resume(standing, held), "*", node.bench.nowNanos());
        }
    }

    /** Perhaps one thing that a client may do. */
    void act() {
        long nowNanos = node.bench.nowNanos();
        // As a heartbeat would.
        holdings.clock(nowNanos / 1_000);
        switch (random.nextInt(50)) {
            case 0, 1, 2, 3 -> subscribe();
            case 4 -> unsubscribe();
            case 5 -> resync();
            case 6 -> fill();
            case 7, 8 -> catchUp(session, nowNanos);
            case 9, 10, 11, 12, 13, 14, 15, 16 -> answerPing(session, nowNanos);
            default -> {}
        }
    }

    void catchUp() {
        catchUp(session, node.bench.nowNanos());
    }

    void leave() {
        node.leave(session);
    }

    private void subscribe() {
        Channel channel = CHANNELS[random.nextInt(CHANNELS.length)];
        if (channel != standing && !listed.isEmpty()) {
            say(session, anyTerms(channel), any(listed.keySet()), node.bench.nowNanos());
        }
    }

    private void unsubscribe() {
        Channel channel = CHANNELS[random.nextInt(CHANNELS.length)];
        Set<String> symbols = followed.get(channel).keySet();
        if (channel != standing && !symbols.isEmpty()) {
            say(session, "'op':'unsubscribe','channel':'" + channel.text() + "'", any(symbols), node.bench.nowNanos());
        }
    }

    private void resync() {
        Map<String, LifeHoldings.Followed> books = followed.get(Channel.BOOK);
        if (!books.isEmpty()) {
            String symbol = any(books.keySet());
            // A node that is behind has no newer one.
            books.get(symbol).toldVersion = 0;
            say(session, "'op':'resync','channel':'book'", symbol, node.bench.nowNanos());
        }
    }

    /** Leaves as if cut off, and comes to some loop of a node with the versions of its books. */
    void move(ModelNode to) {
        node.leave(session);
        empty();
        node = to;
        session = node.open(random, form, this);
        Map<Channel, Map<String, LifeHoldings.Followed>> before = new TreeMap<>(followed);
        followed.replaceAll((channel, all) -> new TreeMap<>());
        followed.put(Channel.BOOK, before.get(Channel.BOOK));
        followed.get(Channel.BOOK).values().forEach(book -> book.moves++);
        begin();
        followed.get(Channel.BOOK).keySet().retainAll(listed.keySet());
        before.forEach((channel, all) -> List.copyOf(all.entrySet()).forEach(each -> {
            String symbol = each.getKey();
            if (channel != standing && listed.containsKey(symbol)) {
                String terms = each.getValue().terms;
                say(session, terms + resume(channel, Set.of(symbol)), symbol, node.bench.nowNanos());
            }
        }));
    }

    private String resume(Channel channel, Set<String> symbols) {
        List<String> versions = new ArrayList<>();
        for (String symbol : symbols) {
            LifeHoldings.Followed held = followed.get(channel).get(symbol);
            var version = held == null ? null : held.book.version();
            if (version != null && listed.containsKey(symbol)) {
                versions.add("'" + symbol + "':'" + version.epoch() + ':' + version.sequence() + "'");
                happened.add(version.sequence() > node.sequence() ? "resumed at a node behind" : "resumed");
            }
        }
        return versions.isEmpty() ? "" : ",'resume':{" + String.join(",", versions) + '}';
    }

    private String anyTerms(Channel channel) {
        String terms = terms(channel, INTERVALS[random.nextInt(INTERVALS.length)]);
        return switch (channel) {
            case BOOK -> terms + ",'depth':" + DEPTHS[random.nextInt(DEPTHS.length)];
            case CANDLES -> terms + ",'interval':'" + CANDLES[random.nextInt(CANDLES.length)].text() + "'";
            default -> terms;
        };
    }

    static String terms(Channel channel, int intervalMillis) {
        return "'op':'subscribe','channel':'" + channel.text() + "','intervalMillis':" + intervalMillis;
    }

    private String any(Set<String> symbols) {
        return List.copyOf(symbols).get(random.nextInt(symbols.size()));
    }

    @Override
    void receive(ReceivedMessage message) {
        holdings.take(message);
    }

    /** Whatever it follows, it knows the status of. */
    void checkStatuses() {
        InstrumentDirectory directory = node.directory(session);
        for (String symbol : followedAtAll()) {
            assertThat(listed.get(symbol)).isEqualTo(directory.listed(symbol));
        }
    }

    /** Of the channel that it follows whole, if it does. */
    Set<String> followedWhole() {
        return standing == null ? listed.keySet() : followed.get(standing).keySet();
    }

    Set<String> followedAtAll() {
        return followed.values().stream().flatMap(all -> all.keySet().stream()).collect(Collectors.toSet());
    }
}
