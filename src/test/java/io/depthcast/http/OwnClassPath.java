package io.depthcast.http;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path of the tests, with jars of its own for what the gateway is made of, so that they can be replaced. */
final class OwnClassPath {
    /** Where the others are is not touched: they are larger, and nothing at an end is in them. */
    private static final List<String> OWN =
            List.of("io.netty", "io.vertx", "picocli", "logback", "slf4j", "micrometer", "jackson", "kafka-clients");

    private final List<Path> jars = new ArrayList<>();
    private final String text;

    /** @param folder for the jars */
    OwnClassPath(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                Path jar = folder.resolve(jars.size() + ".jar");
                pack(path, jar);
                jars.add(jar);
                entries.add(jar);
            } else if (OWN.stream()
                    .anyMatch(part -> path.toString().replace('/', '.').contains(part))) {
                Path jar = folder.resolve(jars.size() + "-" + path.getFileName());
                jars.add(Files.copy(path, jar));
                entries.add(jar);
            } else {
                entries.add(path);
            }
        }
        text = entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out);
                Stream<Path> files = Files.walk(folder)) {
            packed.setLevel(0);
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    packed.putNextEntry(new JarEntry(folder.relativize(file).toString()));
                    Files.copy(file, packed);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** For {@code -cp}. */
    String text() {
        return text;
    }

    /** Writes something else into the same files, as {@code cp} does. */
    void replace() throws IOException {
        byte[] other = "a jar of another version".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        for (Path jar : jars) {
            Files.write(jar, other);
        }
    }
}
