package io.depthcast.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks a JSON value against that part of JSON Schema which the documents use. Stricter in one thing: an object may have
 * no field that is not documented.
 */
final class SchemaCheck {
    private final List<String> violations = new ArrayList<>();

    private SchemaCheck() {}

    /** What is wrong with a value, made of maps, lists, strings, numbers and booleans; nothing if it is as documented. */
    static List<String> violations(Node schema, Object value) {
        SchemaCheck check = new SchemaCheck();
        check.check(schema, value, "$");
        return check.violations;
    }

    private void check(Node schema, Object value, String place) {
        for (String keyword : schema.keys()) {
            Node rule = schema.at(keyword);
            if (!holds(keyword, rule, value, place)) {
                violations.add(place + ": expected " + keyword + " " + rule.value() + ", got " + value);
            }
        }
    }

    private boolean holds(String keyword, Node rule, Object value, String place) {
        return switch (keyword) {
            case "type" -> isOfType(rule.text(), value);
            case "const" -> same(rule.value(), value);
            case "enum" -> rule.items().stream().anyMatch(item -> same(item.value(), value));
            case "pattern" -> String.valueOf(value).matches(rule.text());
            case "minimum" -> value instanceof Number number && number.longValue() >= integer(rule);
            case "maximum" -> value instanceof Number number && number.longValue() <= integer(rule);
            case "minItems" -> value instanceof List<?> list && list.size() >= integer(rule);
            case "maxItems" -> value instanceof List<?> list && list.size() <= integer(rule);
            case "maxLength" -> String.valueOf(value).length() <= integer(rule);
            case "required" ->
                value instanceof Map<?, ?> map && rule.items().stream().allMatch(name -> map.containsKey(name.value()));
            case "properties" -> checkFields(rule, value, place);
            case "additionalProperties" -> !(rule.value() instanceof Map) || checkEntries(rule, value, place);
            case "items" -> checkItems(rule, value, place);
            case "oneOf" ->
                rule.items().stream()
                                .filter(option -> violations(option, value).isEmpty())
                                .count()
                        == 1;
            case "description", "examples", "format", "default" -> true;
            default -> throw new IllegalArgumentException("unknown keyword " + keyword + " in " + rule.file());
        };
    }

    private boolean checkFields(Node fields, Object value, String place) {
        if (!(value instanceof Map<?, ?> map)) {
            return false;
        }
        map.forEach((name, field) -> {
            if (fields.has(name.toString())) {
                check(fields.at(name.toString()), field, place + "." + name);
            }
        });
        return fields.map().keySet().containsAll(map.keySet());
    }

    private boolean checkEntries(Node each, Object value, String place) {
        if (!(value instanceof Map<?, ?> map)) {
            return false;
        }
        map.forEach((name, entry) -> check(each, entry, place + "." + name));
        return true;
    }

    private boolean checkItems(Node each, Object value, String place) {
        if (!(value instanceof List<?> list)) {
            return false;
        }
        for (int i = 0; i < list.size(); i++) {
            check(each, list.get(i), place + "[" + i + "]");
        }
        return true;
    }

    private static boolean isOfType(String type, Object value) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "null" -> value == null;
            case "integer" -> value instanceof Integer || value instanceof Long;
            default -> throw new IllegalArgumentException("unknown type " + type);
        };
    }

    private static boolean same(Object expected, Object value) {
        if (expected instanceof Number a && value instanceof Number b) {
            return a.longValue() == b.longValue();
        }
        return expected.equals(value);
    }

    private static long integer(Node rule) {
        return ((Number) rule.value()).longValue();
    }
}
