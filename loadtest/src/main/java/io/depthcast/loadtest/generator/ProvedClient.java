package io.depthcast.loadtest.generator;

import io.depthcast.client.BookMessage;
import io.depthcast.client.ClientContext;
import io.depthcast.client.ClientListener;
import io.depthcast.client.ClientSettings;
import io.depthcast.client.ControlMessage;
import io.depthcast.client.Disconnection;
import io.depthcast.client.MarketClient;
import io.depthcast.client.ProvedBook;
import io.depthcast.client.StreamTerms;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.Encodings;
import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A client of the gateway as programs use it, which keeps proved books, and what it adds to the tally. */
final class ProvedClient implements ClientListener {
    private static final int MAX_SHORT_LENGTH = 125;
    private static final int MAX_LENGTH_16 = 65_535;

    private final MarketClient client;
    private final Behaviour behaviour;
    private final Tally tally;
    private final long expectedIntervalMicros;
    private final Runnable onFirstSubscribed;
    private boolean everSubscribed;
    private boolean subscribed;
    private boolean asked;

    /** @param onFirstSubscribed on the event loop, once */
    ProvedClient(
            LoadSettings load,
            int number,
            Behaviour behaviour,
            List<String> symbols,
            ClientContext context,
            Tally tally,
            Runnable onFirstSubscribed) {
        this.behaviour = behaviour;
        this.tally = tally;
        this.expectedIntervalMicros = load.expectedIntervalMillis() * 1_000L;
        this.onFirstSubscribed = onFirstSubscribed;
        LoadSettings.Subscription asks = load.subscription();
        ClientSettings open = ClientSettings.of(load.target().uri())
                .withEncoding(encoding(asks.encoding()))
                .withDeflate(asks.deflate());
        String token = load.target().token(number);
        ClientSettings settings = token == null ? open : open.withTokens(use -> use.accept(token));
        this.client = new MarketClient(settings, context, this);
        StreamTerms terms = StreamTerms.book(asks.depth()).every(asks.intervalMillis());
        client.subscribe(Channel.BOOK, terms, symbols.toArray(String[]::new));
    }

    private static Encoding encoding(String name) {
        return Encodings.ALL.stream()
                .filter(encoding -> encoding.subprotocol().endsWith("." + name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no encoding " + name));
    }

    void start() {
        tally.opening++;
        client.start();
    }

    /** Drops the connection without a close frame, and comes back with the versions it has. */
    void reconnect() {
        asked = true;
        tally.reconnects++;
        client.reconnect();
    }

    /** Reads no more and says nothing. */
    void vanish() {
        client.pause();
    }

    Future<Void> close() {
        asked = true;
        return client.close();
    }

    @Override
    public void onSubscribed(ControlMessage.Subscribed answer) {
        if (subscribed) {
            return;
        }
        subscribed = true;
        tally.open++;
        tally.subscribed++;
        if (!everSubscribed) {
            everSubscribed = true;
            tally.arrived++;
            tally.opening--;
            onFirstSubscribed.run();
        }
    }

    @Override
    public void onMessage(int payloadBytes, boolean deflated) {
        int headerBytes = payloadBytes <= MAX_SHORT_LENGTH ? 2 : payloadBytes <= MAX_LENGTH_16 ? 4 : 10;
        tally.messages++;
        tally.provedMessages++;
        tally.bytes += headerBytes + payloadBytes;
        tally.deflated += deflated ? 1 : 0;
    }

    @Override
    public void onBook(BookMessage book) {
        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        tally.updates++;
        tally.snapshots += book.isSnapshot() ? 1 : 0;
        tally.age(tally.sentAge, nowMicros - book.sentMicros(), expectedIntervalMicros);
        tally.age(tally.eventAge, nowMicros - book.timeMicros(), expectedIntervalMicros);
    }

    @Override
    public void onUnproved(BookMessage message, ProvedBook.Outcome outcome) {
        tally.gaps += outcome == ProvedBook.Outcome.GAP ? 1 : 0;
        tally.badChecksums += outcome == ProvedBook.Outcome.BAD_CHECKSUM ? 1 : 0;
    }

    @Override
    public void onRefused(ControlMessage.Refused refused) {
        tally.failed++;
        System.err.println(refused);
    }

    @Override
    public void onDisconnected(Disconnection ended) {
        if (subscribed) {
            subscribed = false;
            tally.open--;
            tally.subscribed--;
        }
        if (asked) {
            asked = false;
            return;
        }
        tally.closed(ended.code());
        if (!everSubscribed && ended.isFinal()) {
            tally.opening--;
            tally.failed++;
        } else if (everSubscribed) {
            // It comes back by itself.
            tally.reconnects++;
            tally.lost += behaviour == Behaviour.SLOW || behaviour == Behaviour.VANISHING ? 0 : 1;
        }
    }
}
