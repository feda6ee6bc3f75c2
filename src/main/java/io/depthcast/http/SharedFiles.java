package io.depthcast.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of the class path that are served, each read when it is first asked for and kept. Any thread. */
final class SharedFiles {
    /** No segment begins with a dot, and the last has an ending, for a folder is no file. */
    private static final Pattern PATH =
            Pattern.compile("(/[A-Za-z0-9_][A-Za-z0-9._-]*)*/[A-Za-z0-9_-]+(\\.[a-z0-9]+)+");

    private static final String BYTES = "application/octet-stream";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "md", "text/markdown; charset=utf-8",
            "yaml", "application/yaml",
            "xml", "application/xml",
            "svg", "image/svg+xml",
            "png", "image/png",
            "json", "application/json");

    /** One for the process, because the loops serve the same. */
    static final SharedFiles ALL = new SharedFiles();

    private final Map<String, SharedFile> byResource = new ConcurrentHashMap<>();

    private SharedFiles() {}

    /**
     * The file below a folder of the class path, null if there is none.
     *
     * @param path as a stranger asks for it, with its slash at the start
     */
    @Nullable
    SharedFile find(String folder, String path) {
        if (!PATH.matcher(path).matches()) {
            return null;
        }
        String resource = (folder.isEmpty() ? "" : "/" + folder) + path;
        SharedFile known = byResource.get(resource);
        return known == null ? load(resource) : known;
    }

    private @Nullable SharedFile load(String resource) {
        try (InputStream source = SharedFiles.class.getResourceAsStream(resource)) {
            return source == null ? null : keep(resource, SharedFile.of(type(resource), source.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SharedFile keep(String resource, SharedFile file) {
        SharedFile earlier = byResource.putIfAbsent(resource, file);
        return earlier == null ? file : earlier;
    }

    private static String type(String resource) {
        return TYPES.getOrDefault(resource.substring(resource.lastIndexOf('.') + 1), BYTES);
    }
}
