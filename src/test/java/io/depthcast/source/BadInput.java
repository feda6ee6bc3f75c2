package io.depthcast.source;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that a source gets wrong, and what becomes of it.
 *
 * @param objects a line each, after {@link #GOOD}
 * @param outcomes of each, {@code ok} or the code of its refusal
 * @param book of ACME afterwards
 * @param noticed what was repaired, by name
 */
public record BadInput(
        String name,
        List<String> objects,
        List<String> outcomes,
        String book,
        String noticed,
        BadInput.Recorded recorded) {
    /** When all this happens, microseconds since 1970. */
    public static final long T0 = 1_800_000_000_000_000L;

    /** Whether the book of ACME is another now where it came from. */
    boolean isInDoubt() {
        boolean isRefused = !outcomes.get(outcomes.size() - 1).equals("ok");
        boolean isOfAnother = Stream.of("NOPE", "BOLT", "CRAB")
                .anyMatch(symbol -> objects.get(objects.size() - 1).contains(symbol));
        return isRefused && !isOfAnother && !objects.get(0).contains("\"trade\"");
    }

    public static final String BOOK = "[1000x50] [1002x70]";
    private static final String LONG = "9".repeat(18);

    public static final List<String> GOOD = List.of(
            "{\"op\":\"define\",\"symbol\":\"ACME\",\"tickSize\":\"0.01\",\"lotSize\":\"0.1\"}",
            "{\"op\":\"snapshot\",\"symbol\":\"ACME\",\"bids\":[[\"10.00\",\"5\"]],\"asks\":[[\"10.02\",\"7\"]]}");

    /** What becomes of it in a recording, if not the same. */
    public enum Recorded {
        SAME,
        /** Nothing behind it is believed. */
        DAMAGED,
        /** Only told later. */
        TAKEN
    }

    @Override
    public String toString() {
        return name;
    }

    private static BadInput refused(String name, String code, Recorded recorded, String object) {
        return new BadInput(name, List.of(object), List.of(code), BOOK, "", recorded);
    }

    private static BadInput repaired(String name, String book, String noticed, String... objects) {
        List<String> taken = Arrays.stream(objects).map(object -> "ok").toList();
        return new BadInput(name, List.of(objects), taken, book, noticed, Recorded.SAME);
    }

    private static String update(String bids) {
        return "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":" + bids + "}";
    }

    private static String at(long timeMicros) {
        return "{\"op\":\"update\",\"symbol\":\"ACME\",\"bids\":[[\"9.99\",\"1\"]],\"time\":" + timeMicros + "}";
    }

    private static String trade(String id) {
        return "{\"op\":\"trade\",\"symbol\":\"ACME\",\"price\":\"10.02\",\"size\":\"1\",\"side\":\"buy\",\"id\":\""
                + id + "\"}";
    }

    public static final List<BadInput> ALL = List.of(
            refused("negative size", "bad-size", Recorded.DAMAGED, update("[[\"10.00\",\"-5\"]]")),
            refused("huge size", "bad-size", Recorded.DAMAGED, update("[[\"10.00\",\"" + LONG + "\"]]")),
            refused("price off the step", "bad-price", Recorded.DAMAGED, update("[[\"10.005\",\"1\"]]")),
            refused("huge price", "bad-price", Recorded.DAMAGED, update("[[\"" + LONG + "\",\"1\"]]")),
            refused(
                    "price that no decimal of it can write",
                    "bad-price",
                    Recorded.SAME,
                    update("[[\"" + "60000000000000000" + "\",\"1\"]]")),
            refused(
                    "level twice in a snapshot",
                    "bad-price",
                    Recorded.SAME,
                    "{\"op\":\"snapshot\",\"symbol\":\"ACME\",\"bids\":[[\"9\",\"1\"],[\"9.0\",\"2\"]],\"asks\":[]}"),
            refused(
                    "unknown symbol",
                    "unknown-symbol",
                    Recorded.DAMAGED,
                    update("[]").replace("ACME", "NOPE")),
            refused("the symbol of another", "taken", Recorded.SAME, GOOD.get(0).replace("ACME", "BOLT")),
            refused("removal of what another has", "taken", Recorded.SAME, "{\"op\":\"remove\",\"symbol\":\"BOLT\"}"),
            refused("time in milliseconds", "bad-time", Recorded.DAMAGED, at(T0 / 1_000)),
            refused("time in nanoseconds", "bad-time", Recorded.DAMAGED, at(T0 * 1_000)),
            refused("object of 1 MB", "bad-request", Recorded.DAMAGED, update("[" + " ".repeat(1_000_000) + "[]]")),
            refused("deep nesting", "bad-request", Recorded.DAMAGED, "[".repeat(100) + "]".repeat(100)),
            refused("bad UTF-8", "bad-request", Recorded.DAMAGED, update("[]").replace("ACME", "AC\u00ff")),
            refused(
                    "half an object",
                    "bad-request",
                    Recorded.DAMAGED,
                    update("[]").substring(0, 20)),
            refused("a number without quotes", "bad-request", Recorded.DAMAGED, update("[[10,1]]")),
            new BadInput(
                    "time an hour ahead",
                    List.of(at(T0 + 3_600_000_000L)),
                    List.of("bad-time"),
                    BOOK,
                    "",
                    Recorded.TAKEN),
            new BadInput(
                    "a change before the book was told whole",
                    List.of(GOOD.get(0).replace("ACME", "CRAB"), update("[]").replace("ACME", "CRAB")),
                    List.of("ok", "no-snapshot"),
                    BOOK,
                    "",
                    Recorded.SAME),
            refused(
                    "a trade of nothing",
                    "bad-size",
                    Recorded.DAMAGED,
                    trade("7").replace("\"size\":\"1\"", "\"size\":\"0\"")),
            refused("a field twice", "bad-request", Recorded.DAMAGED, update("[],\"bids\":[[\"9\",\"1\"]]")),
            refused(
                    "a symbol that is none",
                    "bad-request",
                    Recorded.DAMAGED,
                    update("[]").replace("ACME", "acme")),
            repaired("size finer than the lot", "[1000x12] [1002x70]", "rounded 1", update("[[\"10.00\",\"1.25\"]]")),
            repaired("size of less than a lot", "[1000x1] [1002x70]", "rounded 1", update("[[\"10.00\",\"0.001\"]]")),
            repaired("removal of what is not there", BOOK, "", update("[[\"9.00\",\"0\"]]")),
            repaired(
                    "level twice in an update", "[1000x20] [1002x70]", "", update("[[\"10\",\"9\"],[\"10.0\",\"2\"]]")),
            repaired("crossed", "[1003x10, 1000x50] [1002x70]", "crossed 1", update("[[\"10.03\",\"1\"]]")),
            repaired("an empty side", "[] [1002x70]", "", update("[[\"10.00\",\"0\"]]")),
            repaired("CRLF", "[1000x60] [1002x70]", "", update("[[\"10.00\",\"6\"]]") + "\r"),
            repaired("ids that repeat and go back", BOOK, "", trade("7"), trade("7"), trade("3")),
            repaired(
                    "time that goes back",
                    "[1000x50, 999x10] [1002x70]",
                    "late 2",
                    at(T0 - 1_000_000),
                    at(T0 - 2_000_000)));
}
