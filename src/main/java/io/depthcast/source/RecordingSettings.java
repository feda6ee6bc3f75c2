package io.depthcast.source;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which recordings are played, and how.
 *
 * @param files paths with commas in between, played together in the order of their times
 * @param speed 1 is as it was; a decimal of at most three digits behind the point
 * @param loop whether they begin anew at their end
 * @param times {@value #SHIFTED} so that it happens now, or {@value #KEPT}
 */
public record RecordingSettings(String files, String speed, boolean loop, String times) {
    public static final String NONE = "none";
    public static final String AS_IT_WAS = "1";
    public static final String SHIFTED = "shifted";
    public static final String KEPT = "kept";

    private static final int MAX_SPEED = 1_000_000;
    private static final int PER_MILLE = 1_000;

    /** The text if it is a speed from 0.001 to 1000000, else null. */
    public static @Nullable String parseSpeed(String text) {
        Decimal decimal = new Decimal();
        boolean isOne = decimal.parse(text.toCharArray(), 0, text.length())
                && decimal.scale() <= 3
                && !decimal.isTruncated()
                && decimal.mantissa() > 0
                && decimal.mantissa() <= MAX_SPEED * (long) PER_MILLE;
        return isOne && perMille(decimal) <= MAX_SPEED * (long) PER_MILLE ? text : null;
    }

    /** The text if it names one file or several, else null. */
    public static @Nullable String parseFiles(String text) {
        return Arrays.stream(text.split(",", -1)).noneMatch(String::isBlank) ? text : null;
    }

    private static long perMille(Decimal decimal) {
        long power = PER_MILLE;
        for (int i = 0; i < decimal.scale(); i++) {
            power /= 10;
        }
        return decimal.mantissa() * power;
    }

    /** The speed in thousandths. */
    long perMille() {
        Decimal decimal = new Decimal();
        if (!decimal.parse(speed.toCharArray(), 0, speed.length())) {
            throw new IllegalArgumentException("speed: expected a decimal, got \"" + speed + "\"");
        }
        return perMille(decimal);
    }

    List<Path> paths() {
        return files.equals(NONE)
                ? List.of()
                : Arrays.stream(files.split(",")).map(Path::of).toList();
    }
}
