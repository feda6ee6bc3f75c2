package io.depthcast.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes that an orderly end needs. Whoever upgrades may copy the new jar over the one that runs, of which nothing can be
 * read from then on; so they are loaded when a run begins.
 */
final class EndClasses {
    private static final Logger LOG = LoggerFactory.getLogger(EndClasses.class);

    private static final String NAMES = "/end-classes.txt";

    private EndClasses() {}

    /** Has a thread of its own load them, after everything that clients wait for. */
    static void loadAside() {
        Thread loader = new Thread(
                () -> {
                    List<String> missing = load();
                    if (!missing.isEmpty()) {
                        LOG.warn("an end might need these classes, which are not there: {}", missing);
                    }
                },
                "end-classes");
        loader.setDaemon(true);
        loader.start();
    }

    /**
     * Loads them here and now; returns those that are not there. What cannot be linked, such as events of a flight recorder that this
     * Java lacks, nobody can have a need of.
     */
    static List<String> load() {
        List<String> missing = new ArrayList<>();
        for (String name : names()) {
            try {
                Class.forName(name);
            } catch (ClassNotFoundException e) {
                missing.add(name);
            } catch (LinkageError e) {
                LOG.debug("without {}", name, e);
            }
        }
        return missing;
    }

    private static List<String> names() {
        try (InputStream in = Objects.requireNonNull(EndClasses.class.getResourceAsStream(NAMES), NAMES);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
