package io.depthcast.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of keys as an operator sees it. */
public final class KeyTable {
    /** What YAML takes for the text it is. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./-][A-Za-z0-9_./:-]*(?<!:)");

    private KeyTable() {}

    /** What {@code --help} ends with. */
    public static String[] forHelp(List<Key> keys) {
        int width = keys.stream().mapToInt(key -> key.name().length()).max().orElse(0);
        List<String> lines = new ArrayList<>(List.of("", "Keys of the configuration, with their defaults:", ""));
        for (Key key : keys) {
            lines.add(("  %-" + width + "s  %-9s  %s").formatted(key.name(), key.fallback(), key.description()));
        }
        lines.addAll(List.of(
                "",
                "A value is taken from the first that has it: --set http.port=9000, -Ddepthcast.http.port=9000,",
                "DEPTHCAST_HTTP_PORT=9000 in the environment, the file, the default.",
                "",
                "Exit codes: 0 stopped as asked, 1 cannot start, 2 wrong configuration or usage."));
        return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
    }

    /** A configuration file that gives the same values, with the origin of each as a comment. */
    public static List<String> forPrint(List<Setting> settings) {
        List<String> entries = settings.stream()
                .map(setting ->
                        setting.key().name() + ": " + plain(setting.key().shown(setting.value())))
                .toList();
        int width = entries.stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            lines.add(("%-" + width + "s  # %s")
                    .formatted(entries.get(i), settings.get(i).origin()));
        }
        return lines;
    }

    /** What is not left at its default, in one line; {@code none} if nothing is. */
    public static String changed(List<Setting> settings) {
        String changed = settings.stream()
                .filter(setting -> !setting.origin().equals(Setting.DEFAULT)
                        && !setting.value().equals(setting.key().fallback()))
                .map(setting -> setting.key().name() + "=" + setting.key().shown(setting.value()))
                .collect(Collectors.joining(" "));
        return changed.isEmpty() ? "none" : changed;
    }

    private static String plain(String value) {
        return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "''") + "'";
    }
}
