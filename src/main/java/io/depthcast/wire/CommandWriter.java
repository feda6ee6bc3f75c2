package io.depthcast.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes commands as a client sends them: the reverse of {@link CommandParser}. */
public final class CommandWriter {
    private CommandWriter() {}

    /** Writes one JSON object at the writer index. */
    public static void write(Command command, ByteBuf out) {
        JsonText.writeObject(out, json -> {
            if (command instanceof Command.Subscribe subscribe) {
                begin(json, CommandOp.SUBSCRIBE, subscribe);
                writeSubscribe(json, subscribe);
            } else if (command instanceof Command.Unsubscribe unsubscribe) {
                begin(json, CommandOp.UNSUBSCRIBE, unsubscribe);
                json.writeStringField("channel", unsubscribe.channel().text());
                writeSymbols(json, unsubscribe.symbols());
                writeChoice(json, unsubscribe.books());
            } else if (command instanceof Command.Resync resync) {
                begin(json, CommandOp.RESYNC, resync);
                json.writeStringField("channel", Channel.BOOK.text());
                writeSymbols(json, resync.symbols());
                writeChoice(json, resync.books());
                json.writeStringField("why", resync.why());
            } else if (command instanceof Command.Limit limit) {
                begin(json, CommandOp.LIMIT, limit);
                json.writeNumberField("bytesPerSecond", limit.bytesPerSecond());
            } else if (command instanceof Command.Auth auth) {
                begin(json, CommandOp.AUTH, auth);
                json.writeStringField("token", auth.token());
            } else if (command instanceof Command.Ping ping) {
                begin(json, CommandOp.PING, ping);
                if (ping.ageMillis() != Command.Ping.NO_AGE) {
                    json.writeNumberField("ageMillis", ping.ageMillis());
                }
            }
        });
    }

    private static void begin(JsonGenerator json, CommandOp op, Command command) throws IOException {
        json.writeStringField("op", op.text());
        Long id = command.id();
        if (id != null) {
            json.writeNumberField("id", id);
        }
    }

    private static void writeSubscribe(JsonGenerator json, Command.Subscribe command) throws IOException {
        json.writeStringField("channel", command.channel().text());
        writeSymbols(json, command.symbols());
        writeTerms(json, command.view());
        json.writeNumberField("intervalMillis", command.intervalMillis());
        if (!command.resume().isEmpty()) {
            json.writeObjectFieldStart("resume");
            for (Map.Entry<String, Version> held : command.resume().entrySet()) {
                json.writeStringField(held.getKey(), held.getValue().format());
            }
            json.writeEndObject();
        }
    }

    /** What distinguishes a view from others of its channel, as commands and their answers have it. */
    static void writeTerms(JsonGenerator json, View view) throws IOException {
        if (view instanceof View.Book book) {
            json.writeNumberField("depth", book.depth());
            if (book.isGrouped()) {
                json.writeStringField("group", String.valueOf(book.group()));
            }
        } else if (view instanceof View.Candles candles) {
            json.writeStringField("interval", candles.interval().text());
        }
    }

    /** What was chosen among books; nothing where all are meant. */
    static void writeChoice(JsonGenerator json, BookChoice books) throws IOException {
        if (books.depth() != BookChoice.ANY) {
            json.writeNumberField("depth", books.depth());
        }
        if (books.group() != BookChoice.ANY) {
            json.writeStringField("group", String.valueOf(books.group()));
        }
    }

    private static void writeSymbols(JsonGenerator json, List<String> symbols) throws IOException {
        json.writeArrayFieldStart("symbols");
        for (String symbol : symbols) {
            json.writeString(symbol);
        }
        json.writeEndArray();
    }
}
