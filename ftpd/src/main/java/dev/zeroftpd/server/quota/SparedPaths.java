package dev.zeroftpd.server.quota;

import dev.zeroftpd.users.Account;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
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

    /** @param all without links in them, like the homes that are asked for */
    SparedPaths(Collection<String> all) {
        this.all = all.stream().map(SparedPaths::plain).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * All that may lie in a home and isn't its account's. Looks at each home.
     *
     * @param trees in which accounts that aren't known yet may have their homes
     * @param own files that the server needs; others are beside them, unless that directory is the home itself
     */
    static SparedPaths of(
            Collection<Account> accounts, Collection<String> trees, Path state, Collection<Path> own, HomeNames names) {
        Set<String> all = new HashSet<>();
        for (Account account : accounts) {
            all.add(names.now(account.getHomeDirectory()));
        }
        trees.forEach(tree -> all.add(names.now(tree)));
        all.add(names.now(state.toString()));
        for (Path file : own) {
            String name = names.now(file.toString());
            all.add(name);
            all.add(String.valueOf(Path.of(name).getParent()));
        }
        return new SparedPaths(all);
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
