package io.depthcast.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads a configuration file into the values it gives, and the mistakes that are the file's own. */
public final class YamlFile {
    private final String name;
    private final Catalogue catalogue;
    private final List<Given> given = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private YamlFile(String name, Catalogue catalogue) {
        this.name = name;
        this.catalogue = catalogue;
    }

    public static Source read(Path file, Catalogue catalogue) {
        YamlFile reader = new YamlFile(file.toString(), catalogue);
        reader.read(file);
        return new Source(reader.given, reader.mistakes);
    }

    private void read(Path file) {
        try {
            compose(RegularFile.text(file));
        } catch (NoSuchFileException e) {
            mistakes.add(name + ": no such file");
        } catch (CharacterCodingException e) {
            mistakes.add(name + ": expected text in UTF-8");
        } catch (IOException e) {
            mistakes.add(name + ": cannot be read: " + e.getMessage());
        }
    }

    private void compose(String text) {
        try {
            new Compose(LoadSettings.builder().build())
                    .composeString(text)
                    .filter(node -> !isNothing(node))
                    .ifPresent(this::root);
        } catch (ReaderException e) {
            long line = 1
                    + text.codePoints()
                            .limit(e.getPosition())
                            .filter(c -> c == '\n')
                            .count();
            notYaml(":" + line, "the character U+%04X is not allowed".formatted(e.getCodePoint()));
        } catch (MarkedYamlEngineException e) {
            String line =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            notYaml(line, e.getProblem());
        } catch (YamlEngineException e) {
            notYaml("", String.valueOf(e.getMessage()));
        }
    }

    private void notYaml(String line, String problem) {
        mistakes.add(name + line + ": not YAML: " + problem.lines().findFirst().orElse(""));
    }

    private void root(Node node) {
        if (node instanceof MappingNode mapping) {
            entries("", mapping);
        } else {
            mistakes.add(name + ": expected keys and values, got " + describe(node));
        }
    }

    private void entries(String prefix, MappingNode mapping) {
        for (NodeTuple entry : mapping.getValue()) {
            Node key = entry.getKeyNode();
            String path = prefix + (key instanceof ScalarNode scalar ? scalar.getValue() : describe(key));
            entry(path, entry.getValueNode());
        }
    }

    /** Descends only where keys are known, so an alias that contains itself ends at once. */
    private void entry(String path, Node value) {
        boolean section = catalogue.isSection(path);
        if (section && value instanceof MappingNode mapping) {
            entries(path + ".", mapping);
        } else if (!seen.add(path)) {
            mistakes.add(name + ": " + path + ": given twice");
        } else if (!(section && isNothing(value))) {
            given.add(new Given(path, text(path, value), describe(value), name));
        }
    }

    private @Nullable String text(String path, Node value) {
        Key key = catalogue.named(path);
        if (key != null && key.kind().takesList() && value instanceof SequenceNode list) {
            return list.getValue().stream().map(YamlFile::scalar).collect(Collectors.joining(","));
        }
        return value instanceof ScalarNode scalar && !isNothing(value) ? scalar.getValue() : null;
    }

    private static String scalar(Node element) {
        return element instanceof ScalarNode scalar ? scalar.getValue() : describe(element);
    }

    private static boolean isNothing(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String describe(Node node) {
        if (isNothing(node)) {
            return "nothing";
        }
        if (node instanceof ScalarNode scalar) {
            return '"' + scalar.getValue() + '"';
        }
        return node instanceof MappingNode ? "a mapping" : "a list";
    }
}
