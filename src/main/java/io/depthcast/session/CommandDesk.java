package io.depthcast.session;

import io.depthcast.book.Instrument;
import io.depthcast.wire.Command;
import io.depthcast.wire.ErrorCode;
import io.depthcast.wire.ParsedCommand;
import io.depthcast.wire.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out the commands of one client. A known symbol beside an unknown one is served; the other gets an error. */
final class CommandDesk implements Desk {
    /** A client that asks for too many streams again and again is closed. */
    private static final int MAX_OVERRUNS = 3;

    private final PacedSubscriber session;
    private final SessionContext shared;
    private final Subscriptions subscriptions;
    private int overruns;

    CommandDesk(PacedSubscriber session) {
        this.session = session;
        this.shared = session.shared();
        this.subscriptions = session.subscriptions();
    }

    private void refuse(Refusal refusal, @Nullable String symbol) {
        session.tell(out -> session.dialect().error(refusal, symbol, out));
    }

    @Override
    public void carryOut(ParsedCommand command, long nowNanos) {
        if (command instanceof Command.Subscribe subscribe) {
            subscribe(subscribe, nowNanos);
        } else if (command instanceof Command.Unsubscribe unsubscribe) {
            unsubscribe(unsubscribe);
        } else if (command instanceof Command.Resync resync) {
            resync(resync, nowNanos);
        } else if (command instanceof Command.Limit limit) {
            int applies = session.outbox().limit(limit.bytesPerSecond());
            session.tell(out -> session.dialect().limited(limit, applies, out));
        } else if (command instanceof Command.Ping ping) {
            if (ping.ageMillis() != Command.Ping.NO_AGE) {
                shared.meters().clientAge(ping.ageMillis());
            }
            session.tell(out -> session.dialect().pong(ping, shared.wallMicros().getAsLong(), out));
        } else if (command instanceof Command.Auth auth) {
            new Renewal(session).authenticate(auth);
        }
    }

    private void subscribe(Command.Subscribe command, long nowNanos) {
        Map<String, Integer> subscribed = new LinkedHashMap<>();
        boolean overrun = false;
        if (Command.isEverySymbol(command.symbols())) {
            subscriptions.stand(command);
            if (shared.directory().all().isEmpty()) {
                // It follows what comes.
                Confirmation.give(session, command, subscribed);
                return;
            }
        }
        for (Instrument instrument : permitted(command)) {
            if (subscriptions.subscribe(command, instrument, nowNanos) == Subscriptions.Outcome.SUBSCRIBED) {
                subscribed.put(instrument.symbol(), instrument.id());
            } else {
                overrun = true;
                String reason =
                        "at most " + shared.limits().subscriptions() + " streams a connection; unsubscribe some";
                refuse(new Refusal(command.id(), ErrorCode.TOO_MANY_SUBSCRIPTIONS, reason), instrument.symbol());
                break;
            }
        }
        if (!subscribed.isEmpty()) {
            Confirmation.give(session, command, subscribed);
        }
        if (overrun && ++overruns > MAX_OVERRUNS) {
            session.close(CloseReason.TOO_MANY_SUBSCRIPTIONS, "asked for too many streams again and again");
        }
    }

    /** Those of the instruments named that the client may see; {@code *} names no other. */
    private List<Instrument> permitted(Command.Subscribe command) {
        boolean every = Command.isEverySymbol(command.symbols());
        List<Instrument> permitted = new ArrayList<>();
        for (Instrument instrument : find(command.id(), command.symbols())) {
            if (session.mayFollow(command.channel(), instrument)) {
                permitted.add(instrument);
            } else if (!every) {
                refuseForbidden(command, instrument.symbol());
            }
        }
        if (every && permitted.isEmpty()) {
            refuseForbidden(command, null);
        }
        return permitted;
    }

    private void refuseForbidden(Command.Subscribe command, @Nullable String symbol) {
        String reason = "your token does not allow channel " + command.channel().text() + " of "
                + (symbol == null ? "any instrument" : "this instrument");
        refuse(new Refusal(command.id(), ErrorCode.NOT_ENTITLED, reason), symbol);
    }

    private void unsubscribe(Command.Unsubscribe command) {
        List<String> ended = new ArrayList<>();
        if (Command.isEverySymbol(command.symbols())) {
            subscriptions.standNoMore(command.channel(), command.books());
        }
        for (Instrument instrument : find(command.id(), command.symbols())) {
            if (subscriptions.unsubscribe(command.channel(), instrument, command.books())) {
                ended.add(instrument.symbol());
            }
        }
        session.tell(out -> session.dialect().unsubscribed(command, ended, out));
    }

    private void resync(Command.Resync command, long nowNanos) {
        for (Instrument instrument : find(command.id(), command.symbols())) {
            if (!subscriptions.resync(instrument, command.books(), nowNanos)
                    && !Command.isEverySymbol(command.symbols())) {
                String reason = "no book of this instrument is subscribed; subscribe to it first";
                refuse(new Refusal(command.id(), ErrorCode.BAD_REQUEST, reason), instrument.symbol());
            }
        }
    }

    /** The instruments named; every unknown symbol gets an error of its own. */
    private List<Instrument> find(@Nullable Long commandId, List<String> symbols) {
        if (Command.isEverySymbol(symbols)) {
            return shared.directory().all();
        }
        List<Instrument> found = new ArrayList<>(symbols.size());
        for (String symbol : symbols) {
            Instrument instrument = shared.directory().find(symbol);
            if (instrument != null) {
                found.add(instrument);
            } else {
                String reason = "no instrument " + symbol + "; see /v1/instruments";
                refuse(new Refusal(commandId, ErrorCode.UNKNOWN_SYMBOL, reason), symbol);
            }
        }
        return found;
    }
}
