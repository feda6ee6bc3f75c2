package io.depthcast.client;

import io.depthcast.wire.BookChoice;
import io.depthcast.wire.Channel;
import io.depthcast.wire.Command;
import io.depthcast.wire.Version;
import io.depthcast.wire.View;
import io.depthcast.wire.Views;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The streams that a client wants, in the order in which it asked for them, and the commands that say so: now, and again on
 * every later connection.
 */
final class WantedStreams {
    /** The gateway takes no more in one command. */
    private static final int MAX_SYMBOLS = 100;
    /** Of symbols and versions in one command, so that its frame stays below the gateway's 4 KiB. */
    private static final int MAX_TEXT_BYTES = 3_500;
    /** A version with quotation marks and separators; those of a symbol. */
    private static final int VERSION_BYTES = 38;

    private static final int SYMBOL_BYTES = 3;

    /** @param lane of the view, so that a stream on other terms takes the place of the last */
    private record Stream(View lane, String symbol) {
        Channel channel() {
            return lane.channel();
        }
    }

    /**
     * @param terms null if the symbol is to be left out of all symbols
     * @param commandId which asked for it last
     */
    private record Want(@Nullable StreamTerms terms, long commandId) {}

    private final Map<Stream, Want> wanted = new LinkedHashMap<>();
    private long lastCommandId;

    long nextCommandId() {
        return ++lastCommandId;
    }

    /** Wants these streams on these terms; the commands to send now. */
    List<Command> subscribe(Channel channel, List<String> symbols, StreamTerms terms) {
        View lane = terms.view(channel).lane();
        if (Command.isEverySymbol(symbols)) {
            wanted.keySet().removeIf(stream -> stream.lane.equals(lane));
        }
        for (String symbol : symbols) {
            put(new Stream(lane, symbol), new Want(terms, 0));
        }
        return ask(terms.view(channel), symbols, terms, Map.of());
    }

    /** Wants these streams no longer; the commands to send now. */
    List<Command> unsubscribe(Channel channel, List<String> symbols, BookChoice books) {
        boolean every = Command.isEverySymbol(symbols);
        List<View> fromAll = new ArrayList<>();
        for (Map.Entry<Stream, Want> entry : List.copyOf(wanted.entrySet())) {
            Stream stream = entry.getKey();
            if (!isAmong(entry, channel, books)) {
                continue;
            }
            if (every || symbols.contains(stream.symbol)) {
                wanted.remove(stream);
            } else if (stream.symbol.equals(Command.EVERY_SYMBOL)) {
                fromAll.add(stream.lane);
            }
        }
        for (View lane : fromAll) {
            symbols.forEach(symbol -> wanted.put(new Stream(lane, symbol), new Want(null, 0)));
        }
        return end(channel, symbols, books);
    }

    private List<Command> end(Channel channel, List<String> symbols, BookChoice books) {
        return chunks(symbols, Map.of()).stream()
                .map(chunk -> (Command) new Command.Unsubscribe(nextCommandId(), channel, chunk, books))
                .toList();
    }

    /** A book whose prices are as they are has whatever depth it was asked for last. */
    private static boolean isAmong(Map.Entry<Stream, Want> entry, Channel channel, BookChoice books) {
        StreamTerms terms = entry.getValue().terms;
        Stream stream = entry.getKey();
        return stream.channel() == channel && books.has(terms == null ? stream.lane : terms.view(channel));
    }

    /** Behind all others, because the last word on a stream is what counts. */
    private void put(Stream stream, Want want) {
        wanted.remove(stream);
        wanted.put(stream, want);
    }

    /**
     * The commands that ask for everything wanted.
     *
     * @param held the versions that the client holds of books, by symbol
     */
    List<Command> askForAll(Function<View.Book, Map<String, Version>> held) {
        List<Command> commands = new ArrayList<>();
        List<Map.Entry<Stream, Want>> entries = List.copyOf(wanted.entrySet());
        int next = 0;
        while (next < entries.size()) {
            int first = next;
            View lane = entries.get(first).getKey().lane;
            StreamTerms terms = entries.get(first).getValue().terms;
            List<String> symbols = new ArrayList<>();
            while (next < entries.size() && belongs(entries.get(next), entries.get(first))) {
                symbols.add(entries.get(next++).getKey().symbol);
            }
            if (terms == null) {
                commands.addAll(end(lane.channel(), symbols, choice(lane)));
            } else {
                View view = terms.view(lane.channel());
                commands.addAll(
                        ask(view, symbols, terms, view instanceof View.Book book ? held.apply(book) : Map.of()));
            }
        }
        return commands;
    }

    /** The sign for all symbols stands alone in a command. */
    private static boolean belongs(Map.Entry<Stream, Want> entry, Map.Entry<Stream, Want> first) {
        return entry == first
                || (entry.getKey().lane.equals(first.getKey().lane)
                        && Objects.equals(entry.getValue().terms, first.getValue().terms)
                        && !entry.getKey().symbol.equals(Command.EVERY_SYMBOL)
                        && !first.getKey().symbol.equals(Command.EVERY_SYMBOL));
    }

    /** Of all that a client may follow at that lane; the others are not named to a gateway that knows of none. */
    private BookChoice choice(View lane) {
        boolean several = wanted.keySet().stream()
                .anyMatch(stream -> stream.channel() == lane.channel() && !stream.lane.equals(lane));
        if (!several || !(lane instanceof View.Book book)) {
            return BookChoice.ALL;
        }
        return book.isGrouped() ? BookChoice.of(book) : new BookChoice(BookChoice.ANY, book.group());
    }

    private List<Command> ask(View view, List<String> symbols, StreamTerms terms, Map<String, Version> held) {
        boolean isAll = Command.isEverySymbol(symbols);
        List<List<String>> chunks = chunks(isAll ? List.copyOf(held.keySet()) : symbols, held);
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            List<String> chunk = chunks.get(i);
            Map<String, Version> resume = new LinkedHashMap<>();
            chunk.stream().filter(held::containsKey).forEach(symbol -> resume.put(symbol, held.get(symbol)));
            // All symbols come with the last of the versions, when the other versions are known.
            List<String> named = isAll && i == chunks.size() - 1 ? List.of(Command.EVERY_SYMBOL) : chunk;
            long id = nextCommandId();
            named.forEach(symbol -> wanted.replace(new Stream(view.lane(), symbol), new Want(terms, id)));
            commands.add(new Command.Subscribe(id, view, named, terms.intervalMillis(), resume));
        }
        return commands;
    }

    /** At least one, possibly empty. */
    private static List<List<String>> chunks(List<String> symbols, Map<String, Version> held) {
        List<List<String>> chunks = new ArrayList<>();
        List<String> chunk = new ArrayList<>();
        int bytes = 0;
        for (String symbol : symbols) {
            int own = symbol.length() + SYMBOL_BYTES + (held.containsKey(symbol) ? symbol.length() + VERSION_BYTES : 0);
            if (chunk.size() == MAX_SYMBOLS || bytes + own > MAX_TEXT_BYTES) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                bytes = 0;
            }
            chunk.add(symbol);
            bytes += own;
        }
        chunks.add(chunk);
        return chunks;
    }

    /** The commands that ask for snapshots of these books. */
    List<Command> resync(List<String> symbols, BookChoice books, String why) {
        return chunks(symbols, Map.of()).stream()
                .map(chunk -> (Command) new Command.Resync(nextCommandId(), chunk, books, why))
                .toList();
    }

    /** Whether this stream is wanted, by its name or as one of all. */
    boolean covers(View view, String symbol) {
        Want want = wanted.get(new Stream(view.lane(), symbol));
        return want == null ? wanted.containsKey(new Stream(view.lane(), Command.EVERY_SYMBOL)) : want.terms != null;
    }

    /** The depth to which the book of this symbol is wanted, its prices as they are, by its name or as one of all; 0 if it is not. */
    int bookDepth(String symbol) {
        View lane = Views.lane(Channel.BOOK);
        Want own = wanted.get(new Stream(lane, symbol));
        Want want = own == null ? wanted.get(new Stream(lane, Command.EVERY_SYMBOL)) : own;
        return want == null || want.terms == null ? 0 : want.terms.depth();
    }

    /** An instrument that is no more is wanted no longer; what is wanted of all stays, and all are others now. */
    void onUnsubscribed(ControlMessage.Unsubscribed message) {
        if (message.isRemoved()) {
            wanted.entrySet()
                    .removeIf(entry -> entry.getValue().terms != null
                            && entry.getKey().channel() == message.channel()
                            && message.symbols().contains(entry.getKey().symbol));
        }
    }

    /** What was refused is wanted no longer, or every new connection would ask for it again. */
    void onRefused(ControlMessage.Refused refused) {
        Long id = refused.id();
        if (id != null) {
            wanted.entrySet()
                    .removeIf(entry -> entry.getValue().commandId == id
                            && (refused.symbol() == null
                                    || entry.getKey().symbol.equals(refused.symbol())));
        }
    }
}
