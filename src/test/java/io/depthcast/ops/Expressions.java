package io.depthcast.ops;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The PromQL that the rules and the dashboard have. */
public final class Expressions {
    public static final Path RULES = Path.of("conf/prometheus/rules.yml");
    public static final Path DASHBOARD = Path.of("conf/grafana/dashboards/depthcast.json");

    private static final Pattern ABSENT = Pattern.compile("absent\\((.*)\\)", Pattern.DOTALL);
    private static final Pattern CONDITION =
            Pattern.compile("\\s(?:(?:and|unless)(?: on \\([a-z, ]*\\))?|[<>=!]=|[<>])\\s");
    private static final Pattern NUMBER = Pattern.compile("[0-9.]+");

    private Expressions() {}

    /** The rules, each a mapping as it stands in the file. */
    public static List<Map<String, Object>> rules() throws IOException {
        return rules(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(RULES)));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rules(Object document) {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (Map<String, Object> group : ((Map<String, List<Map<String, Object>>>) document).get("groups")) {
            rules.addAll((List<Map<String, Object>>) group.get("rules"));
        }
        return rules;
    }

    /** The names of the alerts. */
    public static List<String> alerts() throws IOException {
        return rules().stream()
                .filter(rule -> rule.containsKey("alert"))
                .map(rule -> (String) rule.get("alert"))
                .toList();
    }

    /** Every expression of every panel, with its variables as Grafana fills them in. */
    public static List<String> panels() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (Object each : new JsonObject(Files.readString(DASHBOARD)).getJsonArray("panels")) {
            for (Object target : ((JsonObject) each).getJsonArray("targets", new JsonArray())) {
                expressions.add(((JsonObject) target)
                        .getString("expr")
                        .replace("$instance", ".*")
                        .replace("$__rate_interval", "1m"));
            }
        }
        return expressions;
    }

    /** The vectors of all rules and panels: what is left of an expression without its conditions. */
    public static Set<String> vectors() throws IOException {
        List<String> expressions = new ArrayList<>(panels());
        rules().forEach(rule -> expressions.add((String) rule.get("expr")));
        Set<String> vectors = new LinkedHashSet<>();
        for (String expression : expressions) {
            for (String part : CONDITION.split(ABSENT.matcher(expression).replaceAll("$1"), -1)) {
                if (!NUMBER.matcher(part.trim()).matches()) {
                    vectors.add(part.trim());
                }
            }
        }
        return vectors;
    }
}
