package dev.zeroftpd.config.reader;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which name a mistyped one was meant to be. Stateless; any thread. */
public final class NearestName {

    private NearestName() {}

    /** The name with the fewest edits; none if more than a third of the letters, or half of a short name, would have to change. */
    public static Optional<String> to(String typed, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt((String name) -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(typed, name) <= Math.min(Math.max(2, typed.length() / 3), typed.length() / 2));
    }

    /** Levenshtein's distance; two rows of the table are enough. */
    static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
