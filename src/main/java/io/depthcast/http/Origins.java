package io.depthcast.http;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The pages that may open a WebSocket here: a browser says in {@code Origin} whose page it is and lets any page try, with
 * whatever access to this gateway its machine has. Programs send no such header and are not concerned.
 */
public final class Origins {
    /** Every page. */
    public static final Origins ANY = new Origins("any");
    /** Pages that came from the same host and port as the stream. */
    public static final Origins SAME = new Origins("same");

    /** As configured: a word, or origins with commas in between, of which one may stand for all names below a domain. */
    private final String text;

    private Origins(String text) {
        this.text = text;
    }

    /** The value of a key; null if it is none. */
    public static @Nullable Origins parse(String text) {
        boolean isWord = text.equals(ANY.text) || text.equals(SAME.text);
        boolean isList = Arrays.stream(text.split(",", -1)).allMatch(Origins::isOrigin);
        return isWord || isList ? new Origins(text) : null;
    }

    private static boolean isOrigin(String text) {
        return text.matches("https?://(\\*\\.)?[A-Za-z0-9.\\[\\]:-]+");
    }

    /** Whether a listed origin is that one, or stands with an asterisk for all names below it. */
    private static boolean covers(String listed, String origin) {
        int asterisk = listed.indexOf('*');
        if (asterisk < 0) {
            return listed.equals(origin);
        }
        String start = listed.substring(0, asterisk);
        String end = listed.substring(asterisk + 1);
        return origin.length() > start.length() + end.length()
                && origin.startsWith(start)
                && origin.endsWith(end)
                && origin.substring(start.length(), origin.length() - end.length())
                        .matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
    }

    /**
     * @param origin null from a program
     * @param host as the request names this server
     */
    boolean allow(@Nullable String origin, String host) {
        if (origin == null || equals(ANY)) {
            return true;
        }
        if (!equals(SAME)) {
            return Arrays.stream(text.split(",", -1)).anyMatch(listed -> covers(listed, origin));
        }
        String scheme = origin.startsWith("https://") ? "https" : "http";
        return isOrigin(origin) && !origin.contains("*") && place(origin).equals(place(scheme + "://" + host));
    }

    /** Host and port, without the port that the scheme implies. */
    private static String place(String origin) {
        try {
            URI uri = URI.create(origin.toLowerCase(Locale.ROOT));
            boolean implied = uri.getPort() == (origin.startsWith("https") ? 443 : 80);
            return uri.getHost() + (uri.getPort() == -1 || implied ? "" : ":" + uri.getPort());
        } catch (IllegalArgumentException notOne) {
            return "";
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Origins origins && origins.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
