package io.depthcast.loadtest.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Shares of the parts of the gateway in collapsed stacks, and the frames with the most samples of their own. */
public final class Layers {
    private static final int FRAMES = 15;

    /** A part, known by the innermost frame that matches. */
    private record Layer(String name, Pattern frames) {
        Layer(String name, String frames) {
            this(name, Pattern.compile(frames));
        }
    }

    /** Before anything else a stack is one of these, wherever the frame stands. */
    private static final List<Layer> WHOLE = List.of(
            new Layer("collector", "^\\[?(GC|G1|VM)[ _]|G1[A-Z]|ZGC|GangWorker|WorkerThread::run|VMThread::run"),
            new Layer("compiler", "CompileBroker|C2Compiler|CompilerThread"),
            new Layer(
                    "write system call",
                    "write0|writev0|sendto|__send|__write|NativeIoUring|Socket\\.(send|write|sendAddress|writeAddress)"),
            new Layer("read system call", "read0|readv0|recv|__read|Socket\\.(recv|readAddress)"),
            new Layer("select system call", "epoll_wait|epollWait|EPoll\\.wait|epoll_ctl|EPoll\\.ctl"));
    /** Otherwise the innermost frame of any of these decides. */
    private static final List<Layer> PARTS = List.of(
            new Layer("deflate", "java/util/zip|deflate"),
            new Layer("wire", "io/depthcast/wire/"),
            new Layer("book", "io/depthcast/book/"),
            new Layer("session", "io/depthcast/session/"),
            new Layer("fanout", "io/depthcast/fanout/"),
            new Layer("feed", "io/depthcast/feed/"),
            new Layer("http", "io/depthcast/http/"),
            new Layer("metrics", "io/depthcast/metrics/|io/micrometer/"),
            new Layer("netty, vert.x", "io/netty/|io/vertx/|sun/nio/ch/"));

    private final Map<String, Long> parts = new HashMap<>();
    private final Map<String, Long> leaves = new HashMap<>();
    private long total;

    private Layers() {}

    /** @param arguments a file of collapsed stacks */
    public static void main(String[] arguments) throws IOException {
        Layers layers = new Layers();
        Files.readAllLines(Path.of(arguments[0])).forEach(layers::add);
        layers.print("part", layers.parts, Integer.MAX_VALUE);
        layers.print("frame", layers.leaves, FRAMES);
    }

    private void add(String line) {
        int space = line.lastIndexOf(' ');
        long samples = Long.parseLong(line.substring(space + 1));
        String[] frames = line.substring(0, space).split(";");
        total += samples;
        parts.merge(part(frames), samples, Long::sum);
        leaves.merge(frames[frames.length - 1], samples, Long::sum);
    }

    private static String part(String[] frames) {
        for (Layer layer : WHOLE) {
            for (String frame : frames) {
                if (layer.frames.matcher(frame).find()) {
                    return layer.name;
                }
            }
        }
        for (int i = frames.length - 1; i >= 0; i--) {
            for (Layer layer : PARTS) {
                if (layer.frames.matcher(frames[i]).find()) {
                    return layer.name;
                }
            }
        }
        return "rest";
    }

    private void print(String what, Map<String, Long> counts, int most) {
        System.out.printf("%n%6s  %s%n", "%", what);
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .forEach(entry -> System.out.printf("%6.1f  %s%n", 100.0 * entry.getValue() / total, entry.getKey()));
    }
}
