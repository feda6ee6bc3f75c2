package io.depthcast.session;

import io.depthcast.book.Instrument;
import io.depthcast.fanout.Heard;
import io.depthcast.wire.BinanceDialect;
import io.depthcast.wire.BinanceStream;
import io.depthcast.wire.Command;
import io.depthcast.wire.ParsedCommand;
import io.depthcast.wire.StreamCommand;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.StreamMistake;
import io.depthcast.wire.Version;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what one client asks by the names of streams: {@code btcusd@depth@100ms}, {@code !ticker@arr}. A name that there
 * is not is taken, and nothing follows, as at Binance; but should its instrument come later, so does what was asked for: a client
 * may be back before the sources are.
 */
final class StreamDesk implements Desk {
    /** Characters of a symbol, and of the longest word behind it. */
    private static final int LONGEST_NAME = 64;

    private final PacedSubscriber session;
    private final SessionContext shared;
    private final Subscriptions subscriptions;
    private final Map<String, Named> followed = new LinkedHashMap<>();
    /** Names of streams of instruments that there are not. */
    private final Set<String> awaited = new LinkedHashSet<>();

    /** @param instrument null if it is all of them */
    private record Named(BinanceStream stream, @Nullable Instrument instrument) {}

    StreamDesk(PacedSubscriber session) {
        this.session = session;
        this.shared = session.shared();
        this.subscriptions = session.subscriptions();
    }

    @Override
    public void carryOut(ParsedCommand asked, long nowNanos) {
        if (asked instanceof StreamMistake mistake) {
            session.tell(out -> BinanceDialect.mistake(mistake, out));
        } else if (asked instanceof StreamCommand command) {
            switch (command.method()) {
                case SUBSCRIBE -> subscribe(command, nowNanos);
                case UNSUBSCRIBE -> unsubscribe(command);
                case LIST_SUBSCRIPTIONS ->
                    session.tell(out -> BinanceDialect.subscriptions(command.id(), followed.keySet(), out));
            }
        }
    }

    private void subscribe(StreamCommand command, long nowNanos) {
        if (hasRoom(command.names()) && follow(command.names(), shared.streams().heard(), nowNanos)) {
            session.tell(out -> BinanceDialect.done(command.id(), out));
        } else {
            StreamMistake mistake = new StreamMistake(command.id(), StreamMistake.TOO_MANY, "Too many subscriptions");
            session.tell(out -> BinanceDialect.mistake(mistake, out));
        }
    }

    /** Whether so many names may be, of which some may be of nothing that there is. */
    private boolean hasRoom(List<String> names) {
        Set<String> all = new HashSet<>(names);
        all.addAll(followed.keySet());
        all.addAll(awaited);
        return all.size() <= shared.limits().subscriptions();
    }

    /**
     * Follows these too.
     *
     * @param heard what the client may ask for from now on is not older than this
     * @return false if there are too many; some may have begun
     */
    boolean follow(List<String> names, Heard heard, long nowNanos) {
        for (String name : names) {
            if (!followed.containsKey(name) && !follow(name, heard, nowNanos)) {
                end(name);
                return false;
            }
        }
        return true;
    }

    private boolean follow(String name, Heard heard, long nowNanos) {
        Named named = find(name);
        if (named == null) {
            if (streamOfOne(name) != null && name.length() <= LONGEST_NAME) {
                awaited.add(name);
            }
            return true;
        }
        followed.put(name, named);
        return start(named, heard, nowNanos);
    }

    /** Follows what was asked for before its instrument was there. */
    void followAwaited(long nowNanos) {
        List<String> names = List.copyOf(awaited);
        awaited.clear();
        boolean unused = follow(names, shared.streams().heard(), nowNanos);
    }

    /** Null if there is none, or none that the client may see. */
    private @Nullable Named find(String name) {
        BinanceStream ofAll = BinanceStream.ofAll(name);
        if (ofAll != null) {
            return new Named(ofAll, null);
        }
        BinanceStream ofOne = streamOfOne(name);
        if (ofOne == null) {
            return null;
        }
        String symbol = name.substring(0, name.indexOf('@')).toUpperCase(Locale.ROOT);
        Instrument instrument = shared.directory().binanceNames().find(symbol);
        boolean isThere = instrument != null && session.mayFollow(ofOne.channel(), instrument);
        return isThere ? new Named(ofOne, instrument) : null;
    }

    /** What of an instrument, whether or not that is there, is called so; null if there is no such stream. */
    private static @Nullable BinanceStream streamOfOne(String name) {
        int at = name.indexOf('@');
        BinanceStream ofOne = at < 0 ? null : BinanceStream.ofOne(name.substring(at + 1));
        return ofOne != null && name.toLowerCase(Locale.ROOT).startsWith(name.substring(0, at)) ? ofOne : null;
    }

    private boolean start(Named named, Heard heard, long nowNanos) {
        if (named.instrument() != null) {
            return start(named.stream(), named.instrument(), heard, nowNanos);
        }
        for (Instrument instrument : shared.directory().all()) {
            boolean isFollowed = session.mayFollow(named.stream().channel(), instrument);
            if (isFollowed && !start(named.stream(), instrument, heard, nowNanos)) {
                return false;
            }
        }
        subscriptions.stand(command(named.stream(), Command.EVERY_SYMBOL, Map.of()));
        return true;
    }

    /** Changes begin where the client may have the book from that it asks for next. */
    private boolean start(BinanceStream stream, Instrument instrument, Heard heard, long nowNanos) {
        String symbol = instrument.symbol();
        boolean isOfChanges = stream.kind() == BinanceStream.Kind.DEPTH;
        Map<String, Version> held = isOfChanges ? Map.of(symbol, heard.of(instrument.id())) : Map.of();
        return subscriptions.subscribe(command(stream, symbol, held), instrument, nowNanos)
                == Subscriptions.Outcome.SUBSCRIBED;
    }

    private static Command.Subscribe command(BinanceStream stream, String symbol, Map<String, Version> held) {
        return new Command.Subscribe(null, stream, List.of(symbol), stream.intervalMillis(), held);
    }

    private void unsubscribe(StreamCommand command) {
        command.names().forEach(this::end);
        session.tell(out -> BinanceDialect.done(command.id(), out));
    }

    private void end(String name) {
        awaited.remove(name);
        Named named = followed.remove(name);
        if (named == null) {
            return;
        }
        if (named.instrument() != null) {
            subscriptions.unsubscribe(new StreamKey(named.instrument().id(), named.stream()));
            return;
        }
        subscriptions.standNoMore(named.stream());
        for (Instrument instrument : shared.directory().all()) {
            subscriptions.unsubscribe(new StreamKey(instrument.id(), named.stream()));
        }
    }
}
