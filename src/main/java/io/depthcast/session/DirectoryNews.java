package io.depthcast.session;

import io.depthcast.book.Instrument;
import io.depthcast.fanout.DirectoryChange;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Command;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.ListedInstrument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A change of the instruments on its way to every client of a gateway loop. What many of them are told is encoded once. One
 * gateway loop.
 */
public final class DirectoryNews implements AutoCloseable {
    private final DirectoryChange change;
    private final Announcements announcements;
    private final long timeMicros;
    /** By instrument id, made when somebody follows it. */
    private final Map<Integer, Frame> statuses = new HashMap<>();

    /** @param timeMicros when it happened, microseconds since 1970 */
    public DirectoryNews(DirectoryChange change, Announcements announcements, long timeMicros) {
        this.change = change;
        this.announcements = announcements;
        this.timeMicros = timeMicros;
        announcements.forgetInstruments();
    }

    /** Tells one client what it may know of this, and has its subscriptions follow. */
    public void tell(PacedSubscriber client, long nowNanos) {
        if (client.isClosed()) {
            return;
        }
        client.outbox().setTime(nowNanos);
        if (change.isOfDefinitions()) {
            list(client);
        }
        for (Channel channel : Channel.values()) {
            end(client, channel);
        }
        for (Instrument removed : change.removed()) {
            endUntold(client, removed);
        }
        for (ListedInstrument listed : change.switched()) {
            tellStatus(client, listed);
        }
        for (Command.Subscribe standing : client.subscriptions().standing()) {
            follow(client, standing, nowNanos);
        }
        if (!change.added().isEmpty() && client instanceof Session session) {
            session.onListed(nowNanos);
        }
        client.askLater();
    }

    private void list(PacedSubscriber client) {
        Frame listing =
                announcements.listing(client.form(), client.access().identity().entitlements());
        client.send(listing, announcements.messages());
        listing.release();
    }

    private void end(PacedSubscriber client, Channel channel) {
        List<String> ended = new ArrayList<>();
        for (Instrument removed : change.removed()) {
            if (client.subscriptions().unsubscribe(channel, removed)) {
                ended.add(removed.symbol());
            }
        }
        if (!ended.isEmpty()) {
            client.tell(out -> client.dialect().removed(channel, ended, out));
        }
    }

    /** A book of which no end can be told would stand still unnoticed. */
    private static void endUntold(PacedSubscriber client, Instrument removed) {
        if (client.subscriptions().unsubscribeNamed(removed)) {
            client.breakOff();
        }
    }

    private void tellStatus(PacedSubscriber client, ListedInstrument listed) {
        int id = listed.instrument().id();
        if (client.subscriptions().followsAnyOf(id)) {
            client.send(
                    statuses.computeIfAbsent(id, absent -> announcements.status(listed, Form.ALL_OF_OURS, timeMicros)),
                    announcements.messages());
        }
    }

    /** Takes in what is new on the terms on which the client follows all. */
    private void follow(PacedSubscriber client, Command.Subscribe standing, long nowNanos) {
        Map<String, Integer> subscribed = new LinkedHashMap<>();
        for (ListedInstrument listed : change.added()) {
            Instrument instrument = listed.instrument();
            if (client.mayFollow(standing.channel(), instrument)
                    && client.subscriptions().subscribe(standing, instrument, nowNanos)
                            == Subscriptions.Outcome.SUBSCRIBED) {
                subscribed.put(instrument.symbol(), instrument.id());
            }
        }
        if (!subscribed.isEmpty()) {
            Confirmation.give(client, standing, subscribed);
        }
    }

    /** All have been told. */
    @Override
    public void close() {
        announcements.messages().clear();
        statuses.values().forEach(Frame::release);
        statuses.clear();
    }
}
