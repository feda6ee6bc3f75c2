package io.depthcast.wire;

import io.depthcast.book.BookShapes;
import io.depthcast.book.CandleInterval;
import io.depthcast.book.Choices;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges the fields of a command together: which belong to it, and which values are in range. */
final class CommandRules {
    private static final String EXPECTED_DEPTH = "expected depth " + Choices.text(BookShapes.DEPTHS);
    private static final String EXPECTED_INTERVAL = "expected interval "
            + Choices.text(
                    Stream.of(CandleInterval.values()).map(CandleInterval::text).toList());
    private static final String EXPECTED_GROUP = "expected group " + Choices.text(BookShapes.GROUPS) + " ticks";
    private static final int MAX_INTERVAL_MILLIS = 60_000;
    private static final int MAX_WHY_LENGTH = 64;

    /** Between two tickers, where the client names no pace. */
    private static final int TICKER_MILLIS = 1_000;

    /** Less would not carry the control messages. */
    private static final int MIN_BYTES_PER_SECOND = 1_000;

    private final CommandReader fields;

    private CommandRules(CommandReader fields) {
        this.fields = fields;
    }

    static ParsedCommand judge(CommandReader fields) {
        return new CommandRules(fields).judge();
    }

    private ParsedCommand judge() {
        String text = fields.text(CommandField.OP);
        CommandOp op = text == null ? null : CommandOp.of(text);
        if (op == null && text != null) {
            return refuse(
                    ErrorCode.UNKNOWN_OP,
                    "expected op subscribe, unsubscribe, resync, limit, auth or ping, got " + Refusal.quote(text));
        }
        if (fields.mistake() != null) {
            return bad(fields.mistake());
        }
        if (op == null) {
            return bad("op is missing");
        }
        for (CommandField field : fields.present()) {
            if (!op.mayHave(field)) {
                return bad(field.text() + " does not belong to op " + op.text());
            }
        }
        return switch (op) {
            case SUBSCRIBE, UNSUBSCRIBE, RESYNC -> judgeStreams(op);
            case LIMIT -> limit();
            case AUTH -> auth();
            case PING -> ping();
        };
    }

    private ParsedCommand judgeStreams(CommandOp op) {
        String text = fields.text(CommandField.CHANNEL);
        if (text == null) {
            return bad("channel is missing: expected " + Channel.choices());
        }
        Channel channel = Channel.of(text);
        if (channel == null) {
            return refuse(
                    ErrorCode.UNKNOWN_CHANNEL,
                    "expected channel " + Channel.choices() + ", got " + Refusal.quote(text));
        }
        if (!has(CommandField.SYMBOLS)) {
            return bad("symbols is missing: expected an array of symbols, or [\"*\"]");
        }
        Refusal misplaced = misplaced(channel);
        if (misplaced != null) {
            return misplaced;
        }
        return switch (op) {
            case SUBSCRIBE -> subscribe(channel);
            case RESYNC -> resync(channel);
            default -> new Command.Unsubscribe(fields.id(), channel, fields.symbols(), books());
        };
    }

    private ParsedCommand subscribe(Channel channel) {
        View view = view(channel);
        if (view == null) {
            return refuse(ErrorCode.BAD_INTERVAL, "channel candles: " + EXPECTED_INTERVAL);
        }
        long intervalMillis =
                fields.integer(CommandField.INTERVAL_MILLIS, channel == Channel.TICKER ? TICKER_MILLIS : 0);
        if (intervalMillis < 0 || intervalMillis > MAX_INTERVAL_MILLIS) {
            return refuse(
                    ErrorCode.BAD_INTERVAL,
                    "expected intervalMillis from 0 to " + MAX_INTERVAL_MILLIS + ", got " + intervalMillis);
        }
        return new Command.Subscribe(fields.id(), view, fields.symbols(), (int) intervalMillis, fields.resume());
    }

    /** Null for candles of no interval that there is. */
    private @Nullable View view(Channel channel) {
        return switch (channel) {
            case BOOK ->
                new View.Book(
                        (int) fields.integer(CommandField.DEPTH, BookShapes.DEFAULT_DEPTH), group(BookShapes.NO_GROUP));
            case BBO -> View.Single.BBO;
            case TRADES -> View.Single.TRADES;
            case TICKER -> View.Single.TICKER;
            case CANDLES -> {
                String text = fields.text(CommandField.INTERVAL);
                CandleInterval interval = text == null ? null : CandleInterval.of(text);
                yield interval == null ? null : new View.Candles(interval);
            }
        };
    }

    /** Those that an unsubscribe or resync names. */
    private BookChoice books() {
        return new BookChoice((int) fields.integer(CommandField.DEPTH, BookChoice.ANY), group(BookChoice.ANY));
    }

    /** Of the command, which is in range. */
    private int group(int absent) {
        String text = fields.text(CommandField.GROUP);
        return text == null ? absent : Views.GROUPS.getOrDefault(text, absent);
    }

    private @Nullable Refusal misplaced(Channel channel) {
        if (channel != Channel.BOOK && has(CommandField.DEPTH)) {
            return bad("depth belongs to channel book only");
        }
        if (channel != Channel.BOOK && has(CommandField.GROUP)) {
            return bad("group belongs to channel book only");
        }
        long depth = fields.integer(CommandField.DEPTH, BookShapes.DEFAULT_DEPTH);
        if (BookShapes.DEPTHS.stream().noneMatch(each -> each == depth)) {
            return refuse(ErrorCode.BAD_DEPTH, EXPECTED_DEPTH + ", got " + depth);
        }
        String group = fields.text(CommandField.GROUP);
        if (group != null && !Views.GROUPS.containsKey(group)) {
            return refuse(ErrorCode.BAD_GROUP, EXPECTED_GROUP + ", got " + Refusal.quote(group));
        }
        if (channel != Channel.CANDLES && has(CommandField.INTERVAL)) {
            return bad("interval belongs to channel candles only; for the pace of updates use intervalMillis");
        }
        Map<String, Version> resume = fields.resume();
        if (channel != Channel.BOOK && has(CommandField.RESUME)) {
            return bad("resume belongs to channel book only");
        }
        List<String> symbols = fields.symbols();
        for (String symbol : resume.keySet()) {
            if (!Command.isEverySymbol(symbols) && !symbols.contains(symbol)) {
                return bad("resume: " + Refusal.quote(symbol) + " is not among symbols");
            }
        }
        return null;
    }

    private ParsedCommand resync(Channel channel) {
        if (channel != Channel.BOOK) {
            return bad("resync belongs to channel book only");
        }
        String why = fields.text(CommandField.WHY);
        if (why != null && why.length() > MAX_WHY_LENGTH) {
            return bad("why: expected at most " + MAX_WHY_LENGTH + " characters, got " + why.length());
        }
        return new Command.Resync(fields.id(), fields.symbols(), books(), why == null ? "" : why);
    }

    private ParsedCommand limit() {
        if (!has(CommandField.BYTES_PER_SECOND)) {
            return bad("bytesPerSecond is missing: expected an integer of at least " + MIN_BYTES_PER_SECOND);
        }
        long bytesPerSecond = fields.integer(CommandField.BYTES_PER_SECOND, 0);
        if (bytesPerSecond < MIN_BYTES_PER_SECOND) {
            return bad("expected bytesPerSecond of at least " + MIN_BYTES_PER_SECOND + ", got " + bytesPerSecond);
        }
        return new Command.Limit(fields.id(), (int) Math.min(bytesPerSecond, Integer.MAX_VALUE));
    }

    private ParsedCommand auth() {
        String token = fields.text(CommandField.TOKEN);
        if (token == null || token.isEmpty()) {
            return bad("token is missing: expected a JWT");
        }
        return new Command.Auth(fields.id(), token);
    }

    private ParsedCommand ping() {
        if (!has(CommandField.AGE_MILLIS)) {
            return new Command.Ping(fields.id());
        }
        long ageMillis = fields.integer(CommandField.AGE_MILLIS, 0);
        if (ageMillis < 0 || ageMillis > Command.Ping.MAX_AGE_MILLIS) {
            return bad("expected ageMillis from 0 to " + Command.Ping.MAX_AGE_MILLIS + ", got " + ageMillis);
        }
        return new Command.Ping(fields.id(), (int) ageMillis);
    }

    private boolean has(CommandField field) {
        return fields.present().contains(field);
    }

    private Refusal bad(String reason) {
        return refuse(ErrorCode.BAD_REQUEST, reason);
    }

    private Refusal refuse(ErrorCode code, String reason) {
        return new Refusal(fields.id(), code, reason);
    }
}
