package dev.zeroftpd.server.quota;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What retention leaves alone, though it lies within a home: other accounts' homes, which have a retention of their own or none,
 * and what the server itself needs. Immutable; any thread.
 */
final class SparedPaths {

    private static final char SLASH = '/';

    private final NavigableSet<String> all;

    /** Where something may lie that doesn't answer, with nothing known of what is below. */
    private final Set<String> unknown;

    /** @param all without links in them, like the homes that are asked for */
    SparedPaths(Collection<String> all, Collection<String> unknown) {
        this.all = all.stream().map(SparedPaths::plain).collect(Collectors.toCollection(TreeSet::new));
        this.unknown = unknown.stream().map(SparedPaths::plain).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether what is to be spared in a home is known: nothing that doesn't answer is in it, or has it in itself.
     *
     * @param names of the home, with links and without
     */
    boolean areKnownIn(String... names) {
        for (String name : names) {
            String home = plain(name);
            if (unknown.stream().anyMatch(each -> isWithin(each, home) || isWithin(home, each))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWithin(String path, String directory) {
        return path.startsWith(directory)
                && (path.length() == directory.length() || path.charAt(directory.length()) == SLASH);
    }

    private static String plain(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Those within a home, as paths of its account. */
    Set<String> within(String home) {
        String plain = plain(home);
        return all.subSet(plain + SLASH, plain + (char) (SLASH + 1)).stream()
                .map(path -> path.substring(plain.length()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
