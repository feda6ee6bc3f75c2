package io.depthcast.http;

import io.depthcast.auth.Identity;
import io.depthcast.fanout.InstrumentDirectory;
import io.depthcast.session.EventRequest;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Command;
import io.depthcast.wire.CommandParser;
import io.depthcast.wire.ParsedCommand;
import io.depthcast.wire.Refusal;
import io.depthcast.wire.Version;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the parameters of {@code /v1/sse} as the subscribe commands that they stand for, one a channel, so that both ways
 * are judged by one set of rules.
 */
final class SseQuery {
    private static final String BOOK = Channel.BOOK.text();
    private static final String CANDLES = Channel.CANDLES.text();

    private final Query query;
    private final InstrumentDirectory directory;
    private final Identity client;

    SseQuery(Query query, InstrumentDirectory directory, Identity client) {
        this.query = query;
        this.client = client;
        this.directory = directory;
    }

    /** What is asked for; of no use once the query is refused. */
    EventRequest read(int maxStreams) {
        Set<String> channels = new LinkedHashSet<>(query.all("channel"));
        if (channels.isEmpty()) {
            query.refuse("bad-request", "channel is missing: expected " + Channel.choices());
        }
        if (query.all("symbol").isEmpty()) {
            query.refuse("bad-request", "symbol is missing: expected a symbol, or * for all");
        }
        List<Command.Subscribe> commands = new ArrayList<>();
        for (String channel : channels) {
            read(channel, channels, commands);
        }
        EventRequest wanted = new EventRequest(client, commands, held());
        int streams = wanted.streams(directory);
        if (streams == 0 && !query.isRefused()) {
            query.refuseForbidden();
        }
        if (streams > maxStreams) {
            query.refuse("too-many-subscriptions", "at most " + maxStreams + " streams a connection, got " + streams);
        }
        return wanted;
    }

    private void read(String channel, Set<String> channels, List<Command.Subscribe> commands) {
        ByteBuf text =
                Unpooled.wrappedBuffer(command(channel, channels).toBuffer().getBytes());
        ParsedCommand parsed = CommandParser.parse(text);
        if (parsed instanceof Refusal refusal) {
            query.refuse(refusal.code().text(), refusal.reason());
        } else if (parsed instanceof Command.Subscribe subscribe) {
            expectKnown(subscribe);
            commands.add(subscribe);
        }
    }

    /** A parameter that belongs to one of the channels is kept from the others; one that belongs to none is a mistake. */
    private JsonObject command(String channel, Set<String> channels) {
        JsonObject command = new JsonObject()
                .put("op", "subscribe")
                .put("channel", channel)
                .put("symbols", new JsonArray(query.all("symbol")));
        if (channel.equals(BOOK) || !channels.contains(BOOK)) {
            put(command, "depth");
            put(command, "group");
        }
        String interval = query.text("interval");
        if (interval != null && (channel.equals(CANDLES) || !channels.contains(CANDLES))) {
            command.put("interval", interval);
        }
        put(command, "intervalMillis");
        return command;
    }

    private void put(JsonObject command, String name) {
        String text = query.text(name);
        if (text != null) {
            command.put(name, text.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(text) : text);
        }
    }

    private void expectKnown(Command.Subscribe command) {
        if (Command.isEverySymbol(command.symbols())) {
            return;
        }
        for (String symbol : command.symbols()) {
            query.expectVisible(command.channel(), symbol, directory, client.entitlements());
        }
    }

    /** The header is the browser's, the parameter for those that cannot set one and for the first request of a page. */
    private Version held() {
        String header = query.header("Last-Event-ID");
        if (header == null || header.isEmpty()) {
            return query.version("lastEventId");
        }
        Version held = Version.parse(header);
        // A browser sends it by itself, whatever it was given last and by whom; an error would end its EventSource for
        // good.
        return held == null ? new Version(0, 0) : held;
    }
}
