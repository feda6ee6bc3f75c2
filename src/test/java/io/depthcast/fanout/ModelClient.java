package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.auth.Identity;
import io.depthcast.book.Instrument;
import io.depthcast.client.BookMessage;
import io.depthcast.client.CompactDecoder;
import io.depthcast.client.DecodeResult;
import io.depthcast.client.MarketListener;
import io.depthcast.client.ProvedBook;
import io.depthcast.client.SbeDecoder;
import io.depthcast.client.TradesMessage;
import io.depthcast.session.Session;
import io.depthcast.session.SessionContext;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.depthcast.wire.ReceivedMessage;
import io.depthcast.wire.Version;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A whole client behind a real session, which does at random what clients do and doubts every message. It has no network
 * between, so that a seed plays the same each time.
 */
final class ModelClient extends ModelSocket implements MarketListener {
    private static final Form[] FORMS = {
        Form.SBE, Form.SBE_DEFLATED, Form.SBE_DEFLATED_SMALL, Form.COMPACT, Form.COMPACT_DEFLATED
    };
    private static final int[] DEPTHS = {10, 25, 100, 500};
    private static final int[] GROUPS = {1, 2, 10, 250};
    private static final int[] INTERVALS = {0, 0, 0, 40, 100, 200};

    private final Random random;
    private final Form form;
    private final List<Instrument> instruments;
    private final Map<Wanted, Integer> depths = new HashMap<>();
    private final Map<Wanted, ProvedBook> books = new HashMap<>();
    private final Map<Integer, Long> lastTradeIds = new HashMap<>();
    private final Set<Integer> tapesOfTheOldEpoch = new HashSet<>();
    private final CompactDecoder compact = new CompactDecoder((id, depth, group) -> held(new Wanted(id, group)), this);
    private Session session;

    /** A book, of which a client has one depth at a time. */
    record Wanted(int instrumentId, int group) {}

    /** @param random its own, so that what it does does not depend on the order in which clients are served */
    ModelClient(Random random, List<Instrument> instruments, SessionContext shared, long nowNanos) {
        super(random);
        this.random = random;
        this.form = FORMS[random.nextInt(FORMS.length)];
        this.instruments = instruments;
        this.session = new Session("s", form, true, Identity.ANYONE, this, shared, nowNanos);
    }

    /** Perhaps one thing that a client may do. */
    void act(long nowNanos) {
        // As a heartbeat would.
        compact.clock(nowNanos / 1_000);
        Instrument any = instruments.get(random.nextInt(instruments.size()));
        switch (random.nextInt(60)) {
            case 0, 1, 2 -> subscribe(any, nowNanos);
            case 3 -> unsubscribe(any, nowNanos);
            case 4 -> resync(any, nowNanos);
            case 5 -> followTape(any, nowNanos);
            case 6 -> fill();
            case 7, 8 -> catchUp(nowNanos);
            case 9, 10, 11, 12, 13, 14, 15, 16 -> answerPing(session, nowNanos);
            default -> {}
        }
    }

    /** Subscribes to one book more. */
    void wantMore(long nowNanos) {
        subscribe(instruments.get(random.nextInt(instruments.size())), nowNanos);
    }

    /** Leaves as if cut off, and returns to some loop with the versions of its books. */
    void reconnect(SessionContext shared, long nowNanos) {
        session.onClosed();
        lastTradeIds.clear();
        tapesOfTheOldEpoch.clear();
        empty();
        session = new Session("s", form, true, Identity.ANYONE, this, shared, nowNanos);
        session.open();
        for (Instrument instrument : instruments) {
            for (int group : GROUPS) {
                resume(instrument, new Wanted(instrument.id(), group), nowNanos);
            }
        }
    }

    private void resume(Instrument instrument, Wanted wanted, long nowNanos) {
        Integer depth = depths.get(wanted);
        Version held = depth == null ? null : books.get(wanted).version();
        if (depth != null) {
            String resume = held == null
                    ? ""
                    : ",'resume':{'" + instrument.symbol() + "':'" + held.epoch() + ':' + held.sequence() + "'}";
            say("'op':'subscribe','channel':'book'" + terms(depth, wanted.group()) + resume, instrument, nowNanos);
        }
    }

    void catchUp(long nowNanos) {
        catchUp(session, nowNanos);
    }

    /** Trade ids begin anew, once in every tape. */
    void expectNewEpoch() {
        instruments.forEach(instrument -> tapesOfTheOldEpoch.add(instrument.id()));
    }

    void leave() {
        session.onClosed();
    }

    /** The books by instrument, to the depth that this client chose. */
    Map<Wanted, ProvedBook> books() {
        return books;
    }

    int depth(Wanted wanted) {
        return depths.get(wanted);
    }

    private int anyGroup() {
        return random.nextBoolean() ? 1 : GROUPS[random.nextInt(GROUPS.length)];
    }

    private static String terms(int depth, int group) {
        return ",'depth':" + depth + (group == 1 ? "" : ",'group':'" + group + "'");
    }

    private void subscribe(Instrument instrument, long nowNanos) {
        int group = anyGroup();
        // There may be one gathered book for each depth and group; here there is one for each group.
        int depth = DEPTHS[group == 1 ? random.nextInt(DEPTHS.length) : group % DEPTHS.length];
        int interval = INTERVALS[random.nextInt(INTERVALS.length)];
        Wanted wanted = new Wanted(instrument.id(), group);
        Integer before = depths.put(wanted, depth);
        if (before == null || before != depth) {
            // A version of another depth is none to resume from.
            books.put(wanted, new ProvedBook());
        }
        String command = "'op':'subscribe','channel':'book'" + terms(depth, group) + ",'intervalMillis':" + interval;
        say(command, instrument, nowNanos);
    }

    private void unsubscribe(Instrument instrument, long nowNanos) {
        int group = anyGroup();
        Wanted wanted = new Wanted(instrument.id(), group);
        depths.remove(wanted);
        books.remove(wanted);
        say("'op':'unsubscribe','channel':'book','group':'" + group + "'", instrument, nowNanos);
    }

    private void resync(Instrument instrument, long nowNanos) {
        int group = anyGroup();
        if (depths.containsKey(new Wanted(instrument.id(), group))) {
            say("'op':'resync','channel':'book','group':'" + group + "'", instrument, nowNanos);
        }
    }

    private void followTape(Instrument instrument, long nowNanos) {
        say("'op':'subscribe','channel':'trades'", instrument, nowNanos);
    }

    private void say(String fields, Instrument instrument, long nowNanos) {
        say(session, fields, instrument.symbol(), nowNanos);
    }

    @Override
    void receive(ReceivedMessage message) {
        if (message.opcode() == TEXT) {
            assertThat(message.text()).doesNotContain("error");
            return;
        }
        ByteBuf payload = Unpooled.wrappedBuffer(message.payload());
        DecodeResult result =
                form.encoding() == Encodings.SBE ? new SbeDecoder(this).decode(payload) : compact.decode(payload);
        assertThat(result).isEqualTo(DecodeResult.DECODED);
    }

    private ProvedBook held(Wanted wanted) {
        ProvedBook book = books.get(wanted);
        assertThat(book).as("a book that is not subscribed").isNotNull();
        assertThat(book.version()).as("a delta for a book without a version").isNotNull();
        return book;
    }

    @Override
    public void onBook(BookMessage message) {
        ProvedBook book = books.get(new Wanted(message.instrumentId(), message.group()));
        assertThat(book).as("a book that is not subscribed").isNotNull();
        assertThat(book.apply(message)).isEqualTo(ProvedBook.Outcome.APPLIED);
    }

    @Override
    public void onTrades(TradesMessage message) {
        int id = message.instrumentId();
        Long last = lastTradeIds.get(id);
        long first = message.trades().isEmpty() ? 0 : message.trades().get(0).id();
        long newest = first + message.trades().size() - 1;
        if (first == 0) {
            newest = last == null ? 0 : last + message.missed();
        } else if (last != null && first != last + message.missed() + 1) {
            assertThat(tapesOfTheOldEpoch.remove(id)).as("trades are missing").isTrue();
        }
        for (int i = 0; i < message.trades().size(); i++) {
            assertThat(message.trades().get(i).id()).isEqualTo(first + i);
        }
        if (newest > 0) {
            lastTradeIds.put(id, newest);
        }
    }
}
