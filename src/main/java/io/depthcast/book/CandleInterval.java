package io.depthcast.book;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The length of a candle. */
public enum CandleInterval {
    ONE_SECOND("1s", 1),
    ONE_MINUTE("1m", 60),
    FIVE_MINUTES("5m", 300),
    FIFTEEN_MINUTES("15m", 900),
    ONE_HOUR("1h", 3600),
    FOUR_HOURS("4h", 14_400),
    ONE_DAY("1d", 86_400);

    private final String text;
    private final int seconds;

    CandleInterval(String text, int seconds) {
        this.text = text;
        this.seconds = seconds;
    }

    /** The interval of that length, or null. */
    public static @Nullable CandleInterval ofSeconds(long seconds) {
        for (CandleInterval interval : values()) {
            if (interval.seconds == seconds) {
                return interval;
            }
        }
        return null;
    }

    /** As written in commands and messages: {@code 1s}, {@code 1m} and so on. */
    public String text() {
        return text;
    }

    /** The interval written so, or null. */
    public static @Nullable CandleInterval of(String text) {
        for (CandleInterval interval : values()) {
            if (interval.text.equals(text)) {
                return interval;
            }
        }
        return null;
    }

    public int seconds() {
        return seconds;
    }

    public long micros() {
        return TimeUnit.SECONDS.toMicros(seconds);
    }
}
