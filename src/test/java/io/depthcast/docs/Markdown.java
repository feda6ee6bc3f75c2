package io.depthcast.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parts of a Markdown document that tests compare with the code. */
public final class Markdown {
    private static final Pattern FENCE = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final String text;

    private Markdown(String text) {
        this.text = text;
    }

    public static Markdown of(String document) {
        return new Markdown(Documents.text(document));
    }

    /** What stands under a heading, up to the next one of any level. */
    Markdown section(String heading) {
        Matcher found = Pattern.compile(
                        "^#+ " + Pattern.quote(heading) + "\\n(.*?)(?=^#+ |\\z)", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(withoutFences());
        if (!found.find()) {
            throw new IllegalArgumentException("no heading " + heading);
        }
        return new Markdown(text.substring(found.start(1), found.end(1)));
    }

    /** The fenced blocks of a language. */
    public List<String> fenced(String language) {
        List<String> blocks = new ArrayList<>();
        for (Matcher fence = FENCE.matcher(text); fence.find(); ) {
            if (fence.group(1).equals(language)) {
                blocks.add(fence.group(2));
            }
        }
        return blocks;
    }

    /** The rows of the n-th table, from 0, without its head, as trimmed cells. */
    List<List<String>> table(int index) {
        List<List<List<String>>> tables = new ArrayList<>();
        String previous = "";
        for (String line : withoutFences().split("\n", -1)) {
            if (line.startsWith("|") && !previous.startsWith("|")) {
                tables.add(new ArrayList<>());
            }
            if (line.startsWith("|")) {
                tables.get(tables.size() - 1).add(cells(line));
            }
            previous = line;
        }
        List<List<String>> rows = tables.get(index);
        return rows.subList(2, rows.size());
    }

    /** What is set as code in a cell. */
    static List<String> code(String cell) {
        List<String> code = new ArrayList<>();
        for (Matcher found = CODE.matcher(cell); found.find(); ) {
            code.add(found.group(1));
        }
        return code;
    }

    private static List<String> cells(String row) {
        List<String> cells = new ArrayList<>();
        for (String cell : row.substring(1, row.lastIndexOf('|')).split("\\|", -1)) {
            cells.add(cell.trim());
        }
        return cells;
    }

    /** The same text, with as many dots in place of fenced blocks, in which a # is no heading. */
    private String withoutFences() {
        return FENCE.matcher(text).replaceAll(fence -> ".".repeat(fence.group().length()));
    }
}
