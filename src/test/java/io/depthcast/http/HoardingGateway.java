package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.depthcast.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A gateway with a leak, which begins and ends when standard input says so: {@code hoard}, {@code release}. */
final class HoardingGateway {
    private static final int PIECE_BYTES = 1 << 20;
    private static final int PERCENT = 92;

    private final List<Object> hoard = new ArrayList<>();

    private HoardingGateway() {}

    public static void main(String[] arguments) {
        Thread listening = new Thread(new HoardingGateway()::listen, "hoard");
        listening.setDaemon(true);
        listening.start();
        Main.main(arguments);
    }

    private void listen() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals("hoard")) {
                    hoardHeap();
                    hoardOutside();
                    System.gc();
                } else {
                    hoard.clear();
                    // One collection may be left out, while somebody copies from the heap outside of Java.
                    do {
                        System.gc();
                    } while (usedPercent(old()) > PERCENT / 2);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void hoardHeap() {
        MemoryPoolMXBean old = old();
        while (usedPercent(old) < PERCENT) {
            hoard.add(new byte[PIECE_BYTES]);
            System.gc();
        }
    }

    private static MemoryPoolMXBean old() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().toLowerCase(Locale.ROOT).matches(".*(old|tenured).*"))
                .findFirst()
                .orElseThrow();
    }

    private static long usedPercent(MemoryPoolMXBean pool) {
        return pool.getUsage().getUsed() * 100 / pool.getUsage().getMax();
    }

    private void hoardOutside() {
        // As much as the heap, unless a flag says otherwise.
        long most = Runtime.getRuntime().maxMemory() * (PERCENT - 5) / 100;
        for (long bytes = 0; bytes < most; bytes += PIECE_BYTES) {
            hoard.add(ByteBuffer.allocateDirect(PIECE_BYTES));
        }
    }
}
