package io.depthcast.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody meant who typed a name that does not exist. */
final class Suggestion {
    /** One letter in three may be wrong, or two in a short name: two letters that changed places count as two. */
    private static final int LETTERS_PER_MISTAKE = 3;

    private static final int MISTAKES_IN_A_SHORT_NAME = 2;

    private Suggestion() {}

    /** The known name nearest to a mistyped one, if one is near. */
    static Optional<String> nearest(String typed, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String name) -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(typed, name)
                        <= Math.max(MISTAKES_IN_A_SHORT_NAME, name.length() / LETTERS_PER_MISTAKE));
    }

    /** Levenshtein's distance, letters of either case alike. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
