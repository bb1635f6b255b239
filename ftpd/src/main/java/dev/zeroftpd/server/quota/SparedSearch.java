package dev.zeroftpd.server.quota;

import dev.zeroftpd.config.HomeUri;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out where all is that retention leaves alone, link by link: of what doesn't answer, it then still knows how far it got. The
 * looks may be of several threads, when one hangs.
 */
final class SparedSearch {

    private final HomeNames names;

    /** Files that the server needs: others are beside them. */
    private final Set<String> files;

    /** Without links. */
    private final Set<String> found = ConcurrentHashMap.newKeySet();

    /** By what is looked for: where it is, unless there are more links in what is not looked at yet. */
    private final Map<String, String> reached = new ConcurrentHashMap<>();

    /** Directories above homes, which thousands may have in common. */
    private final Map<Path, Path> above = new ConcurrentHashMap<>();

    SparedSearch(HomeNames names, Set<String> files) {
        this.names = names;
        this.files = files;
    }

    /** Looks at each of these now. Blocks while one doesn't answer. */
    SparedPaths all(Collection<String> paths) {
        paths.forEach(this::look);
        return new SparedPaths(found, Set.of());
    }

    /**
     * The same without waiting for those that don't answer.
     *
     * @param before how far earlier searches got with those; is added to
     * @return empty if so few answer that nothing is to be done
     */
    Optional<SparedPaths> allThatAnswer(Collection<String> paths, HomesInTurn turns, Map<String, String> before) {
        return turns.silentAmong(List.copyOf(new TreeSet<>(paths)), this::look).map(silent -> {
            before.keySet().retainAll(silent);
            Set<String> unknown = new HashSet<>();
            for (String path : silent) {
                String now = reached.get(path);
                if (now != null) {
                    before.put(path, now);
                }
                addFound(unknown, path, path);
                addFound(unknown, path, before.getOrDefault(path, path));
            }
            return new SparedPaths(found, unknown);
        });
    }

    private void addFound(Set<String> to, String written, String place) {
        to.add(place);
        if (files.contains(written)) {
            to.add(String.valueOf(Path.of(place).getParent())); // if that is the home itself, only the file is spared
        }
    }

    private void look(String written) {
        if (HomeUri.scheme(written).isPresent()) {
            found.add(names.now(written));
            return;
        }
        Path path = Path.of(written).toAbsolutePath().normalize();
        Path at = path.getRoot();
        for (int i = 1; i <= path.getNameCount(); i++) {
            Path begin = path.getRoot().resolve(path.subpath(0, i));
            Path known = above.get(begin);
            if (known == null) {
                Path next = at.resolve(path.getName(i - 1));
                Path rest = i == path.getNameCount() ? next : next.resolve(path.subpath(i, path.getNameCount()));
                reached.put(written, rest.toString());
                known = Path.of(names.now(next.toString()));
                if (i < path.getNameCount()) {
                    above.put(begin, known);
                }
            }
            at = known;
        }
        addFound(found, written, at.toString());
        reached.remove(written);
    }
}
